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
  const lots = [{ ...product, lot: subject.lot }, ...lines];
  return [...new Set(lots.flatMap((line) => lotOf(line) ?? []))];
}

/** The canonical Digital Link of a line's lot; undefined where it does not name product and lot. */
export function lotOf({ gtin, lot }: { gtin?: JsonValue | undefined; lot?: JsonValue | undefined }): string | undefined {
  if (typeof gtin !== 'string' || typeof lot !== 'string') return undefined;
  return formatDigitalLink([
    { ai: '01', value: gtin14(gtin) },
    { ai: '10', value: lot },
  ]);
}

function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
