import type { LimitProfileRow, PanelRow } from '../../indexer/store/law/laboratories.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import { type LimitProfile, readLimitProfile } from '../../protocol/law/limitProfile.ts';
import { readTestPanel, type TestPanel } from '../../protocol/law/testPanel.ts';
import type { ApiNode } from '../node.ts';

/** A limit profile with its exact text. */
export interface ReadProfile {
  profile: LimitProfile;
  text: string;
}

/** The panel whose text the ledger has the digest of; undefined where this node and its peer have not the text, or it cannot be read. */
export async function panelOf(node: ApiNode, { digest }: PanelRow): Promise<TestPanel | undefined> {
  return (await readText(node, digest, readTestPanel))?.value;
}

/** The limit profile whose text the ledger has the digest of; undefined as in `panelOf`. */
export async function profileOf(node: ApiNode, { digest }: LimitProfileRow): Promise<ReadProfile | undefined> {
  const read = await readText(node, digest, readLimitProfile);
  return read === undefined ? undefined : { profile: read.value, text: read.text };
}

/** Whatever an authority published, a text that is none must not take the list with it. */
async function readText<Value>(
  node: ApiNode,
  digest: Hex,
  read: (value: unknown) => Value,
): Promise<{ value: Value; text: string } | undefined> {
  const text = await node.profiles.find(digest);
  if (text === undefined) return undefined;
  try {
    return { value: read(parseStrict(text)), text };
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}
