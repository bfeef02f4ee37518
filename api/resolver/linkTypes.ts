/** Namespace of the GS1 Web vocabulary (version 1.16), as linksets spell it. */
export const VOCABULARY = 'https://ref.gs1.org/voc/';

/** Link types of the vocabulary that this node has links of, in the order in which a linkset lists them. */
export const LINK_TYPES = [
  'pip',
  'traceability',
  'epcis',
  'certificationInfo',
  'recallStatus',
  'safetyInfo',
  'verificationService',
  'masterData',
  'dpp',
] as const;

/** One of them. */
export type LinkType = (typeof LINK_TYPES)[number];

const SPELLINGS = /^(?:gs1:|https?:\/\/(?:ref\.|www\.)?gs1\.org\/voc\/)([A-Za-z]+)$/;

/** The name in the vocabulary of a link type that was asked for as CURIE or URI of any of the namespace's spellings; undefined where it is of another vocabulary. */
export function linkTypeName(asked: string): string | undefined {
  return SPELLINGS.exec(asked)?.[1];
}
