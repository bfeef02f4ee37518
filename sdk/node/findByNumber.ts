import type { Hex } from '../../protocol/encoding/hex.ts';
import { SdkError } from '../errors.ts';
import type { NodeClient } from './client.ts';

/** A document that a number led to. */
export interface Found {
  leaf: Hex;
  /** How the number was written: as issued, or alike after normalisation. */
  match: 'EXACT' | 'NORMALIZED_MATCH';
}

interface Result {
  match: Found['match'] | 'NOT_FOUND';
  hints: string[];
  certificate?: { fingerprint: Hex } | null;
  labReport?: { fingerprint: Hex } | null;
}

const QUERY = `query ($number: String!, $issuer: Int) {
  certificate(number: $number, issuer: $issuer) { match hints certificate { fingerprint } }
  labReport(number: $number, issuer: $issuer) { match hints labReport { fingerprint } }
}`;

/**
 * Asks a node which document has a number: a certificate of origin or a laboratory report.
 *
 * @throws SdkError `UNKNOWN_NUMBER`, with the node's hint where a number alike is known; those of the client
 */
export async function findByNumber(node: NodeClient, number: string, issuer?: number): Promise<Found> {
  const { certificate, labReport } = await node.query<{ certificate: Result; labReport: Result }>(QUERY, { number, issuer });
  for (const match of ['EXACT', 'NORMALIZED_MATCH'] as const) {
    const leaf = [certificate, labReport]
      .filter((result) => result.match === match)
      .map((result) => (result.certificate ?? result.labReport)?.fingerprint)[0];
    if (leaf !== undefined) return { leaf, match };
  }
  const hints = [...certificate.hints, ...labReport.hints];
  throw new SdkError('UNKNOWN_NUMBER', `${node.url} knows no document of the number ${number}`, {
    advice: hints.length > 0 ? `did you mean ${hints.join(' or ')}?` : 'check the number; a document may also not have arrived yet',
  });
}
