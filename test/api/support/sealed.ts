import { randomBytes } from 'node:crypto';
import { issuerOf, readMemberProfile } from '../../../protocol/credentials/issuer.ts';
import { type Sealed, seal } from '../../../protocol/credentials/seal.ts';
import { generateKeyPair } from '../../../protocol/jose/jwk.ts';
import { demoClaims } from '../../fixtures/demoClaims.ts';

const random = (length: number) => randomBytes(length);
const KEY = generateKeyPair(random);
const PROFILE = '{"name":{"en":"Namhae Analysis Institute (DEMO)"},"country":"KR","gln":"9521006000005"}';

/** A sealed report of the demo, issued by a member: another one at every call. */
export function sealedReport(member = 1): Sealed {
  return seal({ claims: demoClaims('laver/lab-report-export'), issuer: issuerOf(member, readMemberProfile(PROFILE)), key: KEY, random });
}

/** A sealed certificate of the demo, with fields that its holder may hide. */
export function sealedCertificate(member = 1): Sealed {
  return seal({
    claims: demoClaims('laver/certificate-of-origin'),
    issuer: issuerOf(member, readMemberProfile(PROFILE)),
    key: KEY,
    random,
  });
}
