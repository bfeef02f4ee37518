import { hasCheckDigit } from '../../gs1/checkDigit.ts';
import type { Problem } from '../schema/jsonSchema.ts';
import { addDays, oneYearAfter } from './days.ts';

/** What the rules read of a certificate of origin that satisfies its schema. */
export interface CertificateClaims {
  validFrom: string;
  validUntil: string;
  formVersion: string;
  credentialSubject: {
    regime: string;
    issuedOn: string;
    exporter: { gln?: string };
    producer?: string | { gln?: string }[];
    consignee: { gln?: string };
    transport: { departureDate: string };
    remarks?: { issuedRetroactively?: boolean };
    lineItem: { sequence: number; gtin?: string }[];
  };
}

/** Certificates issued from this day on are on the form of 2022, without a cap on lines (GACC announcement 33/2022). */
export const FORM_CUTOVER = '2022-06-12';
const OLD_FORM_LINES = 20;
const DAYS_AFTER_SHIPMENT = 7;

/** Rules of a certificate of origin beyond its schema. */
export function certificateRules(claims: CertificateClaims): Problem[] {
  return [...formRules(claims), ...dateRules(claims), ...numberRules(claims)];
}

function formRules({ formVersion, credentialSubject: { regime, issuedOn, lineItem } }: CertificateClaims): Problem[] {
  // The announcement is about the China-Korea FTA; other regimes have forms of their own.
  if (regime !== 'CK_FTA') return [];
  const isOld = issuedOn < FORM_CUTOVER;
  return [
    ...when(formVersion !== (isOld ? '2015' : '2022'), '/formVersion', 'FORM_VERSION_WRONG'),
    ...when(isOld && lineItem.length > OLD_FORM_LINES, '/credentialSubject/lineItem', 'TOO_MANY_LINES'),
  ];
}

/** China-Korea FTA article 3.15. */
function dateRules({ validFrom, validUntil, credentialSubject: { issuedOn, transport, remarks } }: CertificateClaims): Problem[] {
  const shipped = transport.departureDate;
  const retroactive = remarks?.issuedRetroactively === true;
  const late = issuedOn > addDays(shipped, DAYS_AFTER_SHIPMENT);
  return [
    // A day begins in Korea nine hours before it does in UTC, in which validFrom may be written.
    ...when(validFrom.slice(0, 10) < addDays(issuedOn, -1), '/validFrom', 'BEFORE_ISSUE'),
    ...when(validUntil.slice(0, 10) !== oneYearAfter(issuedOn), '/validUntil', 'NOT_ONE_YEAR'),
    // The treaty counts working days, which need both countries' calendars: said, not refused.
    ...when(late && !retroactive, '/credentialSubject/issuedOn', 'LATE_ISSUE', 'warning'),
    ...when(retroactive && issuedOn > oneYearAfter(shipped), '/credentialSubject/issuedOn', 'TOO_LATE_RETROACTIVE'),
  ];
}

function numberRules({ credentialSubject: { exporter, producer, consignee, lineItem } }: CertificateClaims): Problem[] {
  const producers = typeof producer === 'object' ? producer : [];
  const parties: [string, { gln?: string }][] = [
    ['exporter', exporter],
    ['consignee', consignee],
    ...producers.map((party, index): [string, { gln?: string }] => [`producer/${index}`, party]),
  ];
  return [
    ...parties.flatMap(([at, { gln }]) =>
      when(gln !== undefined && !hasCheckDigit(gln), `/credentialSubject/${at}/gln`, 'CHECK_DIGIT_WRONG'),
    ),
    ...lineItem.flatMap(({ sequence, gtin }, index) => [
      // Box 6: item numbers 1 to n without gaps.
      ...when(sequence !== index + 1, `/credentialSubject/lineItem/${index}/sequence`, 'ITEM_NUMBER_WRONG'),
      ...when(gtin !== undefined && !hasCheckDigit(gtin), `/credentialSubject/lineItem/${index}/gtin`, 'CHECK_DIGIT_WRONG'),
    ]),
  ];
}

function when(holds: boolean, pointer: string, code: string, severity: Problem['severity'] = 'error'): Problem[] {
  return holds ? [{ pointer, code, severity }] : [];
}
