import { fromHex } from '../../../protocol/encoding/hex.ts';
import { mappingSlot } from '../../../protocol/ledger/slots.ts';
import type { FastProvider } from '../../../sdk/chain/provider.ts';
import { compileYul } from '../../fixtures/compileYul.ts';

const NOWHERE = `0x${'f0'.repeat(20)}`;
/** As many as the chain takes in one request. */
const AT_ONCE = 20_000;
const WORD = 64;

/** Words that are keys of a mapping (of the first fifteen variables of a contract) whose value's slot is among `slots`. All without 0x. */
export async function wordsThatAreKeys(provider: FastProvider, slots: ReadonlySet<string>, words: Iterable<string>): Promise<string[]> {
  const code = compileYul(new URL('mappingKeys.yul', import.meta.url));
  const known = slots.size.toString(16).padStart(WORD, '0') + [...slots].join('');
  const found: string[] = [];
  for (const some of piecesOf(words)) {
    const call = { to: NOWHERE, data: `0x${known}${some.join('')}` };
    const answer = (await provider.send('eth_call', [call, 'latest', { [NOWHERE]: { code } }])) as string;
    for (let at = 2; at < answer.length; at += 2 * WORD) {
      const word = some[Number.parseInt(answer.slice(at, at + WORD), 16)] as string;
      const mapping = Number.parseInt(answer.slice(at + WORD, at + 2 * WORD), 16);
      if (slots.has(mappingSlot(mapping, fromHex(`0x${word}`)).slice(2))) found.push(word);
    }
  }
  return found;
}

function* piecesOf(words: Iterable<string>): Generator<string[]> {
  let piece: string[] = [];
  for (const word of words) {
    piece.push(word);
    if (piece.length < AT_ONCE) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}
