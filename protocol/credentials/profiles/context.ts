/** The one `@context` of every credential: W3C VCDM 2.0, UNTP 0.7.0, and this ledger's own terms. Never fetched: the JSON itself is what is signed. */
export const CONTEXT = [
  'https://www.w3.org/ns/credentials/v2',
  'https://vocabulary.uncefact.org/untp/0.7.0/context/',
  'urn:tidemark:context:1',
] as const;
