import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What came of compiling and running one test file on exactly these sources. */
export type Outcome = { readonly is: 'passed' } | { readonly is: 'failed'; readonly test: string } | { readonly is: 'not compiled' };

/** Outcomes by the digest of all that went into them, on disk: a campaign that was stopped, or follows a new test, goes on where nothing has changed. */
export class Memory {
  readonly #path: string;
  readonly #outcomes: Map<string, Outcome>;
  readonly #made = new Set<string>();
  readonly #remembered = new Set<string>();

  constructor(path: string) {
    this.#path = path;
    this.#outcomes = new Map(Object.entries(read(path)));
  }

  /** How many outcomes of earlier runs were used. */
  get remembered(): number {
    return this.#remembered.size;
  }

  get(digest: string): Outcome | undefined {
    const outcome = this.#outcomes.get(digest);
    if (outcome !== undefined && !this.#made.has(digest)) this.#remembered.add(digest);
    return outcome;
  }

  set(digest: string, outcome: Outcome): void {
    this.#outcomes.set(digest, outcome);
    this.#made.add(digest);
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(this.#path, JSON.stringify(Object.fromEntries(this.#outcomes)));
  }
}

function read(path: string): Record<string, Outcome> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, Outcome>;
  } catch {
    return {};
  }
}
