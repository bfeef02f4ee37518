import type { LimitProfileRow } from '../../../../indexer/store/law/laboratories.ts';
import { openCredential } from '../../../../protocol/credentials/openCredential.ts';
import { publicPresentation } from '../../../../protocol/credentials/present.ts';
import type { Hex } from '../../../../protocol/encoding/hex.ts';
import type { JudgedReport } from '../../../../protocol/law/report.ts';
import { KIND } from '../../../../protocol/ledger/codes.ts';
import { decideOn } from '../../../../sdk/law/acceptance.ts';
import { findBody } from '../../../bundles/bodies.ts';
import { hexOf, leafOf } from '../../../catalogue/fingerprint.ts';
import { ApiError } from '../../../errors.ts';
import { profileOf, type ReadProfile } from '../../../law/lawTexts.ts';
import type { ApiNode } from '../../../node.ts';
import type { GraphqlContext } from '../../context.ts';
import { profilesOf } from './limitProfiles.ts';

/** Judges a report as it is shown to everybody. */
export async function judgeReport(_: unknown, asked: { report: string; profile: string }, context: GraphqlContext) {
  const { node } = context;
  const leaf = await leafOf(node, hexOf(asked.report, '/report'));
  const { laboratory, claims } = await shownReport(context, leaf);
  const { row, read } = await limitsOf(node, asked.profile);
  const { judgement, digest } = decideOn({ laboratory, leaf, claims, facts: undefined }, read.profile, read.text);
  return { ...judgement, digest, profile: row, report: node.catalogue.document(leaf) };
}

async function shownReport({ node, reader, locations }: GraphqlContext, leaf: Hex): Promise<{ laboratory: number; claims: JudgedReport }> {
  const location = await locations.load(leaf);
  if (location === undefined) throw new ApiError('UNKNOWN_DOCUMENT', 'no document with this fingerprint is on the ledger');
  if (location.record.kind !== KIND.LABORATORY_REPORT) throw new ApiError('NOT_A_REPORT', 'only laboratory reports are judged');
  const body = await findBody(node, leaf, location.record, reader);
  if (body === 'UNAVAILABLE') throw new ApiError('BODY_NOT_KEPT', 'neither this node nor its peer gives the report now');
  if (body === 'NOT_RELEASED' || body.type !== 'credential') throw new ApiError('NOT_RELEASED', 'the report stays with its issuer');
  // On the public presentation, whoever asks: others must come to what a decision rests on.
  const claims = openCredential(publicPresentation(body.sdJwt)).claims.credentialSubject as unknown as JudgedReport;
  if (!Array.isArray(claims.result)) throw new ApiError('NOT_RELEASED', 'the results of the report are hidden');
  return { laboratory: location.issuer, claims };
}

/** By name or digest, among those that the ledger has. */
async function limitsOf(node: ApiNode, asked: string): Promise<{ row: LimitProfileRow; read: ReadProfile }> {
  for (const row of await profilesOf(node)) {
    const read = await profileOf(node, row);
    if (read !== undefined && [read.profile.name.toLowerCase(), row.digest].includes(asked.toLowerCase())) return { row, read };
  }
  throw new ApiError('UNKNOWN_PROFILE', 'no limit profile on the ledger, whose text is here, has this name or digest', {
    pointer: '/profile',
  });
}
