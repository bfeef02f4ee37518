import { formatDigitalLink } from '../../protocol/gs1/formatDigitalLink.ts';
import { gtin14 } from '../../protocol/gs1/gtin14.ts';
import type { JsonObject, JsonValue } from '../../protocol/json/jsonValue.ts';

/**
 * The lots that a certificate of origin or laboratory report is about, as canonical Digital Links, each once: the report's product and lot, and each line of
 * the certificate that names both.
 */
export function subjectsOf(claims: JsonObject): string[] {
  const subject = asObject(claims.credentialSubject);
  const product = asObject(subject.product);
  const lines = Array.isArray(subject.lineItem) ? subject.lineItem.map(asObject) : [];
  const lots = [{ gtin: product.gtin, lot: subject.lot }, ...lines.map(({ gtin, lot }) => ({ gtin, lot }))];
  return [...new Set(lots.flatMap(({ gtin, lot }) => (typeof gtin === 'string' && typeof lot === 'string' ? [lotId(gtin, lot)] : [])))];
}

function lotId(gtin: string, lot: string): string {
  return formatDigitalLink([
    { ai: '01', value: gtin14(gtin) },
    { ai: '10', value: lot },
  ]);
}

function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
