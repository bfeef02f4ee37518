import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A member of the demo ledger, as `deploy/demo/members.json` lists it. */
export interface DemoMember {
  readonly slug: string;
  readonly shore: 'CN' | 'KR';
  readonly roles: readonly string[];
  /** Name of the node that keeps its documents. */
  readonly node: string;
  /** Public profile: what readers are shown of the member. */
  readonly profile: Record<string, unknown>;
}

/** One step of a demo scenario: what a person or a system at that member would do. */
export type DemoStep =
  | { readonly member: string; readonly do: 'notarise'; readonly file: string }
  | { readonly member: string; readonly do: 'correct'; readonly old: string; readonly file: string }
  | {
      readonly member: string;
      readonly do: 'consume';
      readonly file: string;
      readonly declaration: string;
      readonly invoices: readonly string[];
    }
  | { readonly member: string; readonly do: 'capture'; readonly file: string };

/** A scenario of the demo ledger. */
export interface DemoScenario {
  readonly name: string;
  /** Path of its consumer page. */
  readonly page: string;
  /** Node whose page is printed as the code to scan. */
  readonly node: string;
  readonly steps: readonly DemoStep[];
}

/** The scenarios, in the order in which the documents came to be. Every company, lot and number is fictional (GS1 prefix 952). */
export const SCENARIOS: readonly DemoScenario[] = [
  {
    name: 'laver',
    page: '/01/09521001001021/10/HB260914A',
    node: 'qingdao',
    steps: [
      { member: 'hanbada', do: 'capture', file: 'events-hanbada.json' },
      { member: 'namhae', do: 'notarise', file: 'lab-report-export.json' },
      { member: 'korea-chamber', do: 'notarise', file: 'certificate-of-origin.json' },
      { member: 'qingdao-customs', do: 'capture', file: 'events-qingdao-customs.json' },
      {
        member: 'qingdao-customs',
        do: 'consume',
        file: 'certificate-of-origin.json',
        declaration: '4200-2026-I-000000417 (DEMO)',
        invoices: ['HB-INV-26-1012'],
      },
      { member: 'jiaowan', do: 'capture', file: 'events-jiaowan.json' },
      { member: 'beihai', do: 'notarise', file: 'lab-report-import.json' },
    ],
  },
  {
    name: 'kimchi',
    page: '/01/09521003003023/10/LW261026K',
    node: 'korea',
    steps: [
      { member: 'laowan', do: 'capture', file: 'events-laowan.json' },
      { member: 'beihai', do: 'notarise', file: 'lab-report.json' },
      { member: 'qingdao-customs', do: 'notarise', file: 'certificate-of-origin-v1.json' },
      { member: 'qingdao-customs', do: 'correct', old: 'certificate-of-origin-v1.json', file: 'certificate-of-origin-v2.json' },
      { member: 'busan-customs', do: 'capture', file: 'events-busan-customs.json' },
      {
        member: 'busan-customs',
        do: 'consume',
        file: 'certificate-of-origin-v2.json',
        declaration: '030-26-110900231 (DEMO)',
        invoices: ['LW-INV-26-1105'],
      },
      { member: 'haeun', do: 'capture', file: 'events-haeun.json' },
    ],
  },
];

/** Reads a list from the demo's data folder. */
export function demoMembers(folder: string): DemoMember[] {
  return JSON.parse(readFileSync(join(folder, 'members.json'), 'utf8')) as DemoMember[];
}

/** Steps that were done, kept so that a second start does not do them again (and finishes what a first one left). */
export class DemoProgress {
  readonly #file: string;
  readonly #done: Set<string>;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#file = join(folder, 'progress.json');
    this.#done = new Set(read(this.#file));
  }

  isDone(step: string): boolean {
    return this.#done.has(step);
  }

  done(step: string): void {
    this.#done.add(step);
    writeFileSync(this.#file, `${JSON.stringify([...this.#done], null, 2)}\n`);
  }
}

function read(file: string): string[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as string[];
  } catch {
    return [];
  }
}
