import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What came of compiling and running one test file on exactly these sources. */
export type Outcome = { readonly is: 'passed' } | { readonly is: 'failed'; readonly test: string } | { readonly is: 'not compiled' };

/** Outcomes by the digest of all that went into them, on disk: a campaign that was stopped, or follows a new test, goes on where nothing has changed. */
export class Memory {
  readonly #path: string;
  readonly #outcomes: Record<string, Outcome>;

  constructor(path: string) {
    this.#path = path;
    this.#outcomes = read(path);
  }

  get(digest: string): Outcome | undefined {
    return this.#outcomes[digest];
  }

  set(digest: string, outcome: Outcome): void {
    this.#outcomes[digest] = outcome;
  }

  save(): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(this.#path, JSON.stringify(this.#outcomes));
  }
}

function read(path: string): Record<string, Outcome> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, Outcome>;
  } catch {
    return {};
  }
}
