import { writeFileSync } from 'node:fs';
import { type EventFragment, Interface, type ParamType } from 'ethers';
import { ledgerAbi } from '../protocol/ledger/abi.ts';

/** Writes `indexer/project/events.generated.ts` from the ledger's ABI. Run it after a change of the contract; a test fails until then. */

const TARGET = new URL('../indexer/project/events.generated.ts', import.meta.url);
const TYPES: Record<string, string> = { bytes32: 'Buffer', address: 'Buffer', uint256: 'bigint' };

/** The decoders' source text. @throws Error on an event with a type that they do not know */
export function generateDecoders(abi: readonly string[]): string {
  const events = new Interface(abi).fragments.filter((fragment): fragment is EventFragment => fragment.type === 'event');
  return [
    '/** Generated from protocol/ledger/abi.ts by scripts/generateDecoders.ts: do not edit. */',
    "import { address, type EventBytes, expectShape, uint, UnknownEvent, word } from './eventBytes.ts';",
    '',
    ...events.map(typeOf),
    '/** An event of the ledger, decoded. */',
    `export type LedgerEvent = ${events.map(({ name }) => name).join(' | ')};`,
    '',
    '/** Decodes a log of the ledger. @throws UnknownEvent, MisshapenEvent */',
    'export function decodeEvent(log: EventBytes): LedgerEvent {',
    "  switch (log.topics.toString('latin1', 0, 32)) {",
    ...events.map(({ name }) => `    case TOPIC_${name}:\n      return decode${name}(log);`),
    '    default:',
    '      throw new UnknownEvent(log);',
    '  }',
    '}',
    '',
    ...events.map(({ name, topicHash }) => `const TOPIC_${name} = Buffer.from('${topicHash.slice(2)}', 'hex').toString('latin1');`),
    '',
    ...events.map(decoderOf),
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

if (import.meta.main) writeFileSync(TARGET, generateDecoders(ledgerAbi));
