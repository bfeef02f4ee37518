import { decodeBytes32String, Interface } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { clearanceAbi } from '../../protocol/law/abi/clearance.ts';
import { councilAbi } from '../../protocol/law/abi/council.ts';
import { laboratoriesAbi } from '../../protocol/law/abi/laboratories.ts';
import { registryAbi } from '../../protocol/law/abi/registry.ts';
import { ledgerAbi } from '../../protocol/ledger/abi.ts';
import type { FastProvider } from './provider.ts';

/** A call as the chain would run it. */
export interface Call {
  from: Hex;
  to: Hex;
  data: Hex;
}

/** Errors of all contracts: a council and a companion pass on those of what they call. */
const errors = new Interface([
  ...new Set(
    [ledgerAbi, clearanceAbi, laboratoriesAbi, registryAbi, councilAbi].flat().filter((fragment) => fragment.startsWith('error ')),
  ),
]);

/** Why the ledger refuses a call at a block: the error's name with its values, such as `RecordExists(0x…)`. Empty where it does not refuse there. */
export async function revertReason(provider: FastProvider, call: Call, height: number | 'latest' | 'pending'): Promise<string> {
  const tag = typeof height === 'string' ? height : `0x${height.toString(16)}`;
  try {
    await provider.send('eth_call', [call, tag]);
    return '';
  } catch (error) {
    const data = revertData(error);
    if (data === undefined) throw error;
    return describe(data);
  }
}

/** The data of a JSON-RPC revert error, wherever the engine puts it. */
function revertData(error: unknown): string | undefined {
  const { error: inner, data } = error as { error?: { data?: unknown }; data?: unknown };
  const found = inner?.data ?? data;
  return typeof found === 'string' && found.startsWith('0x') ? found : undefined;
}

function describe(data: string): string {
  const parsed = data.length < 10 ? null : errors.parseError(data);
  if (parsed === null) return `revert ${data}`;
  const values = parsed.fragment.inputs.map(({ name }, index) =>
    name === 'field' ? decodeBytes32String(parsed.args[index]) : String(parsed.args[index]),
  );
  return `${parsed.name}(${values.join(', ')})`;
}
