import { Interface } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { ledgerAbi } from '../../protocol/ledger/abi.ts';
import type { FastProvider } from './provider.ts';

/** A call as the chain would run it. */
export interface Call {
  from: Hex;
  to: Hex;
  data: Hex;
}

const errors = new Interface(ledgerAbi);

/** Why the ledger refuses a call at a block: the error's name with its values, such as `RecordExists(0x…)`. Empty where it does not refuse there. */
export async function revertReason(provider: FastProvider, call: Call, height: number | 'latest'): Promise<string> {
  const tag = height === 'latest' ? height : `0x${height.toString(16)}`;
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
  return parsed === null ? `revert ${data}` : `${parsed.name}(${parsed.args.map(String).join(', ')})`;
}
