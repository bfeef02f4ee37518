import { createRequire } from 'node:module';
import type { JsonValue } from '../../protocol/json/jsonValue.ts';

const require = createRequire(import.meta.url);
const { eventToHashedId } = require('epcis2.js') as { eventToHashedId(event: object, context: unknown, throwError?: boolean): string };
const { DigitalLink } = require('digital-link.js') as { DigitalLink(uri: string): RivalLink };

interface RivalLink {
  isValid(): boolean;
  getIdentifier(): Record<string, string>;
  getKeyQualifiers(): Record<string, string>;
  getAttributes(): Record<string, string>;
}

/** Name and version of a package that is measured beside ours. */
export function versionOf(name: 'epcis2.js' | 'digital-link.js'): string {
  return `${name} ${(require(`${name}/package.json`) as { version: string }).version}`;
}

/** The event's hash by epcis2.js. @param context the `@context` of its document */
export function rivalHash(event: object, context: JsonValue | undefined): string {
  return eventToHashedId(event, context, false);
}

/** The element strings of a link by digital-link.js, in the order of their text; undefined where it refuses the link. */
export function rivalParse(uri: string): string | undefined {
  const link = DigitalLink(uri);
  if (!link.isValid()) return undefined;
  const attributes = Object.entries(link.getAttributes()).filter(([name]) => /^\d+$/.test(name));
  return [...Object.entries(link.getIdentifier()), ...Object.entries(link.getKeyQualifiers()), ...attributes]
    .map(([ai, value]) => ai + value)
    .sort()
    .join(' ');
}
