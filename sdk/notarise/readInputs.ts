import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { SdkError } from '../errors.ts';

/** One document as it was given: form data, JSON text. */
export interface Input {
  /** What its bundle will be called; for a line of a file, `file-<line>`. */
  name: string;
  /** Where it is, for messages. */
  source: string;
  text: string;
}

/**
 * Reads documents one after another: a `.json` file is one, each line of a `.jsonl` or `.ndjson` file is one, and a folder stands for all such files in it,
 * in the order of their names. Nothing is held in memory but the document at hand.
 *
 * @throws SdkError `FILE_MISSING`, `NO_INPUT`: a folder without documents
 */
export async function* readInputs(paths: readonly string[]): AsyncGenerator<Input> {
  for (const path of paths) {
    if (isFolder(path)) yield* readFolder(path);
    else yield* readFile(path);
  }
}

async function* readFolder(folder: string): AsyncGenerator<Input> {
  const names = readdirSync(folder)
    .filter((name) => isDocument(name))
    .sort();
  if (names.length === 0) throw new SdkError('NO_INPUT', `${folder} holds no .json, .jsonl or .ndjson file`);
  for (const name of names) yield* readFile(join(folder, name));
}

async function* readFile(path: string): AsyncGenerator<Input> {
  const name = basename(path, extname(path));
  if (!isLines(path)) {
    yield { name, source: path, text: readFileSync(path, 'utf8') };
    return;
  }
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() !== '') yield { name: `${name}-${number}`, source: `${path}:${number}`, text: line };
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (cause) {
    throw new SdkError('FILE_MISSING', `there is no ${path}`, { cause });
  }
}

function isDocument(name: string): boolean {
  // Bundles that an earlier run wrote here are answers, not documents.
  return (name.endsWith('.json') || isLines(name)) && !name.endsWith('.bundle.json');
}

function isLines(path: string): boolean {
  return path.endsWith('.jsonl') || path.endsWith('.ndjson');
}
