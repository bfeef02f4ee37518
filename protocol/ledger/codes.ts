/** The code tables of docs/spec/ledger.md section 2. */

/** Kinds of what is anchored. */
export const KIND = { CERTIFICATE_OF_ORIGIN: 1, LABORATORY_REPORT: 2, EPCIS_EVENTS: 3, PRODUCT_PASSPORT: 4, RELEASE: 5 } as const;
/** Name of a kind. */
export type KindName = keyof typeof KIND;

/** Standing of a record; REVOKED and SUPERSEDED are final. */
export const STATUS = { NONE: 0, ACTIVE: 1, SUSPENDED: 2, REVOKED: 3, SUPERSEDED: 4 } as const;
/** Name of a status. */
export type StatusName = keyof typeof STATUS;

/** Roles of members and accounts, as bits. */
export const ROLE = { CERTIFIER: 1, LABORATORY: 2, OPERATOR: 4, CUSTOMS: 8, REGULATOR: 16, NODE: 32, ACCREDITOR: 64 } as const;
/** Name of a role. */
export type RoleName = keyof typeof ROLE;

/** Why a standing was changed. */
export const REASON = {
  NONE: 0,
  ISSUED_IN_ERROR: 1,
  DATA_INCORRECT: 2,
  FRAUD: 3,
  KEY_COMPROMISED: 4,
  WITHDRAWN_BY_HOLDER: 5,
  UNDER_INVESTIGATION: 6,
  REPLACED: 7,
  INVESTIGATION_CLOSED: 8,
  ADMINISTRATIVE: 9,
} as const;
/** Name of a reason. */
export type ReasonName = keyof typeof REASON;

/** Shores, by ISO 3166-1 code, as bits: BOTH is an authority of the two together, and no member's shore. */
export const SHORE = { CN: 1, KR: 2, BOTH: 3 } as const;
/** Name of one shore. */
export type ShoreName = Exclude<keyof typeof SHORE, 'BOTH'>;
/** The shores, without the authority of both. */
export const SHORES = ['CN', 'KR'] as const satisfies readonly ShoreName[];

/** Name of a kind's code, or undefined where no kind has it. */
export function kindName(code: number): KindName | undefined {
  return nameOf(KIND, code);
}

/** Name of a status' code, or undefined where no status has it. */
export function statusName(code: number): StatusName | undefined {
  return nameOf(STATUS, code);
}

/** Name of a reason's code, or undefined where no reason has it. */
export function reasonName(code: number): ReasonName | undefined {
  return nameOf(REASON, code);
}

/** Name of a shore's code, or undefined where no one shore has it. */
export function shoreName(code: number): ShoreName | undefined {
  const name = nameOf(SHORE, code);
  return name === 'BOTH' ? undefined : name;
}

/** Names of the roles whose bits are set, in the order of the bits; unknown bits are left out. */
export function roleNames(bits: number): RoleName[] {
  return (Object.keys(ROLE) as RoleName[]).filter((name) => (bits & ROLE[name]) !== 0);
}

function nameOf<Name extends string>(table: Readonly<Record<Name, number>>, code: number): Name | undefined {
  return (Object.keys(table) as Name[]).find((name) => table[name] === code);
}
