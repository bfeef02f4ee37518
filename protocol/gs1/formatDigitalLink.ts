import { ProtocolError } from '../errors.ts';
import { applicationIdentifier } from './dictionary.ts';
import { checkAttribute, type ElementString } from './elementString.ts';
import { escapeValue } from './escapes.ts';
import type { Permissions } from './parseDigitalLink.ts';

/** The stem of canonical links (GS1 Digital Link URI syntax, canonical form). */
export const CANONICAL_STEM = 'https://id.gs1.org';

/**
 * Writes element strings as a Digital Link: the first primary key among them, its qualifiers in their order, the rest in the query. An element string that is
 * there twice with one value is written once.
 *
 * @throws ProtocolError `NOT_A_DIGITAL_LINK` (no primary key), `DUPLICATE_AI` (two values), `NOT_AN_ATTRIBUTE` (what fits neither path nor query), or what
 * `checkElementString` throws
 */
export function formatDigitalLink(
  elements: readonly ElementString[],
  stem: string = CANONICAL_STEM,
  permissions: Pick<Permissions, 'unknownAttributes'> = {},
): string {
  const rest = unique(elements);
  for (const element of rest.values()) checkAttribute(element, permissions);
  const key = [...rest.values()].find(({ ai }) => applicationIdentifier(ai)?.qualifiers !== undefined);
  if (key === undefined) throw new ProtocolError('NOT_A_DIGITAL_LINK', 'no primary key among the element strings');
  const path = [key, ...qualifiersOf(key, rest)];
  for (const { ai } of path) rest.delete(ai);
  const attributes = [...rest.values()].sort((one, other) => rank(one) - rank(other));
  const wrong = attributes.find(({ ai }) => applicationIdentifier(ai)?.attribute === false);
  if (wrong !== undefined)
    throw new ProtocolError('NOT_AN_ATTRIBUTE', `(${wrong.ai}) fits neither path nor query`, { facts: { ai: wrong.ai } });
  return `${stem.replace(/\/$/, '')}${formatPath(path)}${formatQuery(attributes)}`;
}

/** Writes a key and its qualifiers as the path of a link, `/01/…/10/…`, unchecked. */
export function formatPath(path: readonly ElementString[]): string {
  let text = '';
  for (const { ai, value } of path) text += `/${ai}/${escapeValue(value)}`;
  return text;
}

function formatQuery(attributes: readonly ElementString[]): string {
  return attributes.length === 0 ? '' : `?${attributes.map(({ ai, value }) => `${ai}=${escapeValue(value)}`).join('&')}`;
}

/** Values of predefined length go first, as in a barcode; otherwise the order given stays. */
function rank({ ai }: ElementString): number {
  return applicationIdentifier(ai)?.predefined === true ? 0 : 1;
}

function unique(elements: readonly ElementString[]): Map<string, ElementString> {
  const byAi = new Map<string, ElementString>();
  for (const element of elements) {
    const other = byAi.get(element.ai);
    if (other !== undefined && other.value !== element.value)
      throw new ProtocolError('DUPLICATE_AI', `(${element.ai}) has two values`, { facts: { ai: element.ai } });
    if (other === undefined) byAi.set(element.ai, element);
  }
  return byAi;
}

/** The qualifiers present, by the key's sequence that takes most of them. */
function qualifiersOf(key: ElementString, elements: ReadonlyMap<string, ElementString>): ElementString[] {
  const choices = (applicationIdentifier(key.ai)?.qualifiers ?? []).map((sequence) => sequence.flatMap((ai) => elements.get(ai) ?? []));
  return choices.reduce((best, choice) => (choice.length > best.length ? choice : best), []);
}
