import { type LimitItem, type LimitProfile, readLimitProfile } from '../../../protocol/law/limitProfile.ts';
import type { ReportLine } from '../../../protocol/law/report.ts';

/** A required, confirmed item about an analyte, with what a test says of it. */
export function itemOf(id: string, rest: Record<string, unknown>): LimitItem {
  const name = { zh: `zh ${id}`, ko: `ko ${id}`, en: `name of ${id}` };
  return {
    analyte: { id, name },
    required: true,
    source: { standard: 'TEST 1', via: 'this test' },
    confidence: 'confirmed',
    ...rest,
  } as unknown as LimitItem;
}

/** A line about an item's analyte. */
export function lineOf({ analyte }: LimitItem, rest: Partial<ReportLine>): ReportLine {
  return { analyte: { name: analyte.name.en, code: analyte.id }, kind: 'NUMERIC', unit: 'mg/kg', ...rest };
}

/** A profile of these items, in force all through 2026. */
export function profileWith(...items: LimitItem[]): LimitProfile {
  const title = { zh: '试', ko: '시험', en: 'Test' };
  return readLimitProfile({
    code: 1,
    name: 'CN-TEST',
    title,
    destination: 'CN',
    product: { hs: ['20'], description: title },
    version: 1,
    effectiveFrom: '2026-01-01',
    effectiveUntil: '2026-12-31',
    items,
  });
}
