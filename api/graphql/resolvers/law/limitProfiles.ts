import type { LimitProfileRow } from '../../../../indexer/store/law/laboratories.ts';
import { SHORE, type ShoreName } from '../../../../protocol/ledger/codes.ts';
import type { ApiNode } from '../../../node.ts';

/** Newest versions of the limit profiles of one shore, or of both: by shore, then by code. */
export async function profilesOf({ index }: ApiNode, shore?: ShoreName): Promise<LimitProfileRow[]> {
  const shores = shore === undefined ? [SHORE.CN, SHORE.KR] : [SHORE[shore]];
  return (await Promise.all(shores.map((each) => index.laboratories.profiles(each)))).flat();
}
