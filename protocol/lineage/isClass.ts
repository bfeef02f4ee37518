/**
 * What names a class and not one thing, among canonical Digital Links: products and lots (01, 8006, 8010 without serial number), and coupons, assets and
 * documents of keys whose serial number stands behind the key (255, 8003, 253) where it does not. EPC patterns come out as these.
 */
const CLASS =
  /^https:\/\/id\.gs1\.org\/(?:01\/\d{14}(?:\/10\/[^/]+)?|8006\/\d{18}(?:\/10\/[^/]+)?|8010\/[^/]+|8003\/\d{14}|25[35]\/\d{13})$/;

/** Whether an identifier names a class of goods (product, lot, pattern) rather than one thing. */
export function isClass(id: string): boolean {
  return CLASS.test(id);
}
