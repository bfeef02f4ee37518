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
  certificate?: { leaf: Hex } | null;
  labReport?: { leaf: Hex } | null;
}

const QUERY = `query ($number: String!, $issuer: Int) {
  certificate(number: $number, issuer: $issuer) { match hints certificate { leaf } }
  labReport(number: $number, issuer: $issuer) { match hints labReport { leaf } }
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
      .map((result) => (result.certificate ?? result.labReport)?.leaf)[0];
    if (leaf !== undefined) return { leaf, match };
  }
  const hints = [...certificate.hints, ...labReport.hints];
  const looksAlike = hints.includes('LOOKALIKE_CHARACTERS');
  throw new SdkError('UNKNOWN_NUMBER', `${node.url} knows no document of the number ${number}`, {
    ...(looksAlike && { facts: { hint: 'LOOKALIKE_CHARACTERS' } }),
    advice: looksAlike
      ? 'look at the paper again: a number is known that differs only by characters that look alike, such as O and 0'
      : 'check the number; a document may also not have arrived yet',
  });
}
