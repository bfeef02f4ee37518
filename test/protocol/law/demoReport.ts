import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JudgedReport } from '../../../protocol/law/report.ts';
import type { ScopedReport } from '../../../protocol/law/scopeBits.ts';

const DEMO = join(import.meta.dirname, '..', '..', '..', 'deploy', 'demo');

/** The subject of a laboratory report of the demo. */
export function demoReport(name: 'laver/lab-report-export' | 'laver/lab-report-import' | 'kimchi/lab-report'): JudgedReport & ScopedReport {
  return JSON.parse(readFileSync(join(DEMO, `${name}.json`), 'utf8')).credentialSubject;
}
