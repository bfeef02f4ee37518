import { writeFileSync } from 'node:fs';
import { type EventFragment, Interface, type ParamType } from 'ethers';
import { clearanceAbi } from '../protocol/law/abi/clearance.ts';
import { laboratoriesAbi } from '../protocol/law/abi/laboratories.ts';
import { registryAbi } from '../protocol/law/abi/registry.ts';
import { COMPANION_KIND } from '../protocol/law/codes.ts';
import { ledgerAbi } from '../protocol/ledger/abi.ts';

/** Writes `indexer/project/events.generated.ts` from the contracts' ABIs. Run it after a change of a contract; a test fails until then. */

const TARGET = new URL('../indexer/project/events.generated.ts', import.meta.url);
const TYPES: Record<string, string> = { bytes32: 'Buffer', address: 'Buffer', uint256: 'bigint' };

/** A contract whose events are decoded. */
export interface Emitter {
  readonly name: string;
  /** Its kind as a companion; 0: the ledger itself, since no companion has that kind. */
  readonly kind: number;
  readonly abi: readonly string[];
}

/** The ledger, and the contracts beside it. */
export const EMITTERS: readonly Emitter[] = [
  { name: 'Ledger', kind: 0, abi: ledgerAbi },
  { name: 'Clearance', kind: COMPANION_KIND.CLEARANCE, abi: clearanceAbi },
  { name: 'Laboratories', kind: COMPANION_KIND.LABORATORIES, abi: laboratoriesAbi },
  { name: 'Registry', kind: COMPANION_KIND.REGISTRY, abi: registryAbi },
];

/** The decoders' source text. @throws Error on an event with a type that they do not know */
export function generateDecoders(emitters: readonly Emitter[]): string {
  const events = emitters.flatMap(eventsOf);
  return [
    '/** Generated from protocol/ledger/abi.ts and protocol/law/abi by scripts/generateDecoders.ts: do not edit. */',
    "import { address, type EventBytes, expectShape, uint, UnknownEvent, word } from './eventBytes.ts';",
    '',
    ...events.map(typeOf),
    ...emitters.map(unionOf),
    '/** An event of the ledger or of a contract beside it, decoded. */',
    `export type IndexedEvent = ${emitters.map(({ name }) => `${name}Event`).join(' | ')};`,
    '',
    '/**',
    ' * Decodes a log.',
    ' *',
    ' * @param kind of the companion that emitted it, 0: the ledger itself',
    ' * @throws UnknownEvent, MisshapenEvent',
    ' */',
    'export function decodeEvent(kind: number, log: EventBytes): IndexedEvent {',
    '  switch (kind) {',
    ...emitters.map(({ name, kind }) => `    case ${kind}:\n      return decodeOf${name}(log);`),
    '    default:',
    '      throw new UnknownEvent(log);',
    '  }',
    '}',
    '',
    ...emitters.map(switchOf),
    ...events.map(({ name, topicHash }) => `const TOPIC_${name} = Buffer.from('${topicHash.slice(2)}', 'hex').toString('latin1');`),
    '',
    ...events.map(decoderOf),
  ].join('\n');
}

function eventsOf({ abi }: Emitter): EventFragment[] {
  return new Interface(abi).fragments.filter((fragment): fragment is EventFragment => fragment.type === 'event');
}

function unionOf(emitter: Emitter): string {
  const union = eventsOf(emitter).map(({ name }) => name);
  return `/** An event of the contract ${emitter.name}. */\nexport type ${emitter.name}Event = ${union.join(' | ')};\n`;
}

function switchOf(emitter: Emitter): string {
  return [
    `function decodeOf${emitter.name}(log: EventBytes): ${emitter.name}Event {`,
    "  switch (log.topics.toString('latin1', 0, 32)) {",
    ...eventsOf(emitter).map(({ name }) => `    case TOPIC_${name}:\n      return decode${name}(log);`),
    '    default:',
    '      throw new UnknownEvent(log);',
    '  }',
    '}',
    '',
  ].join('\n');
}

function typeOf(event: EventFragment): string {
  const fields = event.inputs.map((input) => `  readonly ${input.name}: ${typeScriptOf(input)};`);
  return [
    `/** \`${event.format('full')}\` */`,
    `export interface ${event.name} {`,
    `  readonly name: '${event.name}';`,
    ...fields,
    '}',
    '',
  ].join('\n');
}

function decoderOf(event: EventFragment): string {
  const indexed = event.inputs.filter((input) => input.indexed === true);
  const plain = event.inputs.filter((input) => input.indexed !== true);
  const fields = event.inputs.map((input) => `    ${input.name}: ${readerOf(input)}(${placeOf(input, indexed, plain)}),`);
  return [
    `function decode${event.name}(log: EventBytes): ${event.name} {`,
    `  expectShape(log, ${1 + indexed.length}, ${plain.length});`,
    '  return {',
    `    name: '${event.name}',`,
    ...fields,
    '  };',
    '}',
    '',
  ].join('\n');
}

function placeOf(input: ParamType, indexed: ParamType[], plain: ParamType[]): string {
  return input.indexed === true ? `log.topics, ${32 * (1 + indexed.indexOf(input))}` : `log.data, ${32 * plain.indexOf(input)}`;
}

function readerOf(input: ParamType): string {
  return { bytes32: 'word', address: 'address', uint256: 'uint' }[input.type] ?? unsupported(input);
}

function typeScriptOf(input: ParamType): string {
  return TYPES[input.type] ?? unsupported(input);
}

function unsupported(input: ParamType): never {
  throw new Error(`no decoder for ${input.type} ${input.name}`);
}

if (import.meta.main) writeFileSync(TARGET, generateDecoders(EMITTERS));
