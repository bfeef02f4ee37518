/** How the parts of an EPC URN become a key: GS1 EPC Tag Data Standard, sections 6.3 and 6.4. */
export interface EpcScheme {
  readonly key: string;
  /** Digits of company prefix and reference together. Absent: the reference is free text, and there is no check digit. */
  readonly digits?: number;
  /** The reference's first digit goes before the company prefix (indicator or extension digit). */
  readonly leading?: boolean;
  /** A zero goes before the company prefix. */
  readonly padded?: boolean;
  /** Numbers of piece and total, two digits each, stand between reference and serial number. */
  readonly pieces?: boolean;
  /** Where the serial number goes: to a qualifier, or behind the key. Absent: there is none. */
  readonly serial?: string;
}

/** A serial number that stands in the key itself. */
export const BEHIND = 'behind the key';

/** Schemes that `urn:epc:idpat:` gives too, with `*` for the serial number. */
const WITH_PATTERN: readonly (readonly [string, EpcScheme])[] = [
  ['sgtin', { key: '01', digits: 13, leading: true, serial: '21' }],
  ['upui', { key: '01', digits: 13, leading: true, serial: '235' }],
  ['itip', { key: '8006', digits: 13, leading: true, pieces: true, serial: '21' }],
  ['grai', { key: '8003', digits: 12, padded: true, serial: BEHIND }],
  ['gdti', { key: '253', digits: 12, serial: BEHIND }],
  ['sgcn', { key: '255', digits: 12, serial: BEHIND }],
  ['cpi', { key: '8010', serial: '8011' }],
];

const WITHOUT_PATTERN: readonly (readonly [string, EpcScheme])[] = [
  ['id:sscc', { key: '00', digits: 17, leading: true }],
  ['id:sgln', { key: '414', digits: 12, serial: '254' }],
  ['id:pgln', { key: '417', digits: 12 }],
  ['id:gsrn', { key: '8018', digits: 17 }],
  ['id:gsrnp', { key: '8017', digits: 17 }],
  ['id:gsin', { key: '402', digits: 16 }],
  ['id:giai', { key: '8004' }],
  ['id:ginc', { key: '401' }],
  ['class:lgtin', { key: '01', digits: 13, leading: true, serial: '10' }],
];

/** Schemes by what stands between `urn:epc:` and the company prefix. */
export const SCHEMES: ReadonlyMap<string, EpcScheme> = new Map([
  ...WITHOUT_PATTERN,
  ...WITH_PATTERN.map(([name, scheme]) => [`id:${name}`, scheme] as const),
  // A pattern identifies as the URN does that ends before its serial number.
  ...WITH_PATTERN.map(([name, { serial: _, ...scheme }]) => [`idpat:${name}`, scheme] as const),
]);
