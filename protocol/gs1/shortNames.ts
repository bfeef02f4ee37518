/** The names that EPCIS documents and early Digital Links use in place of numbers (GS1 Digital Link URI syntax, release 1.0; dropped since 1.2). */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  sscc: '00',
  gtin: '01',
  lot: '10',
  ser: '21',
  cpv: '22',
  gdti: '253',
  gcn: '255',
  ginc: '401',
  gsin: '402',
  gln: '414',
  party: '417',
  grai: '8003',
  giai: '8004',
  itip: '8006',
  cpid: '8010',
  cpsn: '8011',
  gmn: '8013',
  gsrnp: '8017',
  gsrn: '8018',
  srin: '8019',
};

/** The Application Identifier that a short name stands for. */
export function keyOfShortName(name: string): string | undefined {
  return Object.hasOwn(SHORT_NAMES, name) ? SHORT_NAMES[name] : undefined;
}
