import type { ReportLine } from './report.ts';
import type { TestPanel } from './testPanel.ts';

/** What is read of a laboratory report for its scope: its `credentialSubject`. */
export interface ScopedReport {
  readonly result: readonly (Pick<ReportLine, 'analyte'> & { readonly method: { readonly code: string }; readonly matrix?: string })[];
}

/**
 * Which entries of a panel a report's lines need: the scope that its laboratory must have held (ISO/IEC 17025). A line that names no matrix is of the panel's.
 *
 * @returns `bits`, one for each entry needed; `unknown`, the lines that the panel has no entry for, as `analyte: method`, each once
 *
 * @example
 * scopeOf(report, panel); // { bits: 1n, unknown: [] }
 */
export function scopeOf(report: ScopedReport, panel: TestPanel): { bits: bigint; unknown: string[] } {
  let bits = 0n;
  const unknown = new Set<string>();
  for (const { analyte, method, matrix = panel.matrix } of report.result) {
    const id = analyte.code ?? analyte.name;
    const entry = panel.entries.find((each) => each.analyte === id && each.method === method.code);
    if (entry === undefined || matrix !== panel.matrix) unknown.add(`${id}: ${method.code}`);
    else bits |= 1n << BigInt(entry.index);
  }
  return { bits, unknown: [...unknown] };
}
