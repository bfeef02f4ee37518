import { openCredential } from '../../protocol/credentials/openCredential.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import { type DeclaredFields, type Examination, examine } from '../../protocol/law/examine.ts';
import type { Bundle } from '../../protocol/verdict/bundle.ts';
import type { Trust, Verdict } from '../../protocol/verdict/verdict.ts';
import { SdkError } from '../errors.ts';
import type { NodeClient } from '../node/client.ts';
import { type Found, findByNumber } from '../node/findByNumber.ts';
import { verifyOnline } from '../verify/verifyOnline.ts';

/** What to examine, against what, and by whose words. */
export interface ExaminationRequest {
  /** As typed or read off the paper; or the holder's bundle, which shows more than a node gives to everybody. */
  target: { number: string } | { bundle: Bundle };
  declared: DeclaredFields;
  trust: Trust;
  nodes: readonly NodeClient[];
  clock: () => string;
}

/** An examination and what it stands on. */
export interface ExaminedCertificate extends Examination {
  verdict?: Verdict;
  /** What a person should know besides. */
  notes: string[];
}

/** Finds a certificate by its number, or takes the holder's, judges it on the newest state, and examines it. @throws SdkError where no node answers */
export async function examineCertificate({ target, declared, trust, nodes, clock }: ExaminationRequest): Promise<ExaminedCertificate> {
  const found = 'bundle' in target ? shownBy(target.bundle) : await findOn(nodes, target.number);
  if (!('bundle' in found)) return { ...examine(undefined, undefined, declared), notes: found.notes };
  const { verdict } = await verifyOnline({ bundle: found.bundle, trust, nodes, clock });
  const number = 'number' in target ? { certificateNumber: target.number } : {};
  const examination = examine(found.claims, verdict, { ...number, ...declared });
  const written = examination.normalised.map((pointer) => `${pointer} is not written as on the certificate, and means the same`);
  return { ...examination, verdict, notes: written };
}

interface FoundCertificate {
  bundle: Bundle;
  claims: JsonObject;
}

/** A node that has not heard of a certificate yet does not speak for the other. */
async function findOn(nodes: readonly NodeClient[], number: string): Promise<FoundCertificate | { notes: string[] }> {
  const notes = new Set<string>();
  let answered = false;
  let failure: unknown;
  for (const node of nodes) {
    try {
      return await read(node, await findByNumber(node, number));
    } catch (error) {
      failure = error;
      if (!(error instanceof SdkError && error.code === 'UNKNOWN_NUMBER')) continue;
      answered = true;
      if (error.facts?.hint === 'LOOKALIKE_CHARACTERS')
        notes.add('a number is known that differs only by characters that look alike, such as O and 0');
    }
  }
  if (!answered) throw failure;
  return { notes: [...notes] };
}

async function read(node: NodeClient, { leaf }: Found): Promise<FoundCertificate> {
  return shownBy(parseStrict(await node.bundle(leaf)) as unknown as Bundle);
}

function shownBy(bundle: Bundle): FoundCertificate {
  const [document] = bundle.documents;
  if (document?.type !== 'credential')
    throw new SdkError('BODY_WITHHELD', 'the node does not give the certificate itself', { advice: "ask the issuer's node" });
  return { bundle, claims: openCredential(document.sdJwt).claims.credentialSubject as JsonObject };
}
