import type { Hex } from '../../protocol/encoding/hex.ts';

/** A subject as documents name it: the canonical Digital Link URI and the salt under which the ledger keeps its history. */
export interface BodySubject {
  id: string;
  /** 16 bytes. */
  salt: Hex;
}

/** What the node keeps. Each says all that the catalogue needs to know of it, so that the catalogue can be made again from the store alone. */
export type Body = CredentialBody | EventBody | BatchBody | FilingBody | ReleaseBody;

/** Whoever may see a body: everybody, or, while it is not released, its issuer and the agencies of its issuer's shore. */
export type Visibility = 'PUBLIC' | 'DOMESTIC';

/** A credential: by its issuer with all its disclosures, by the other node in its public presentation. */
export interface CredentialBody {
  type: 'credential';
  sdJwt: string;
  /** Member number. */
  issuer: number;
  subjects: BodySubject[];
  /** True where this node is the one that was given it; false where it was fetched from the peer. */
  own: boolean;
  /** Of its public presentation. Absent: PUBLIC. */
  visibility?: Visibility;
}

/** An event, in its exact text. */
export interface EventBody {
  type: 'event';
  event: string;
  salt: Hex;
  issuer: number;
  subjects: BodySubject[];
  own: boolean;
  /** Absent: PUBLIC. */
  visibility?: Visibility;
}

/** The leaves of a root, in order. */
export interface BatchBody {
  type: 'batch';
  root: Hex;
  leaves: Hex[];
  own: boolean;
  /** Where the node itself anchors it: for which member, and the histories that it extends. */
  captured?: { slug: string; member: number; links: { subject: Hex; leaf: Hex }[] };
}

/** The text of a party or product, as its home shore files it. */
export interface FilingBody {
  type: 'filing';
  /** Canonical Digital Link, and the salt of its subject key. */
  id: string;
  salt: Hex;
  /** Code of `FILING_KIND`. */
  kind: number;
  /** Exact JSON text, whose SHA-256 goes to the ledger. */
  text: string;
  /** Who gave it. */
  member: number;
  own: true;
}

/** The text of a release (`protocol/access/release.ts`). */
export interface ReleaseBody {
  type: 'release';
  /** Exact JSON text, whose fingerprint goes to the ledger. */
  text: string;
  own: boolean;
}
