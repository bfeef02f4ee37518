import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Permissions } from '../../../protocol/gs1/parseDigitalLink.ts';

/** The GS1 Syntax Engine's own tests of Digital Links. */
export const SYNTAX_ENGINE = 'gs1/gs1-syntax-engine';

/** A link to read. */
export interface ParseVector {
  uri: string;
  valid: boolean;
  /** Element strings, each behind a caret. */
  unbracketedAI: string | null;
  flags: Flags;
}

/** Element strings to write as a link. */
export interface GenerateVector {
  bracketedAI: string;
  stem: string | null;
  uri: string | null;
  flags: Flags;
}

/** What of the engine's settings is not as by default. */
export type Flags = Readonly<Record<string, string>>;

const UNKNOWN_ATTRIBUTES = 'ValidationEnabled:gs1_encoder_vUNKNOWN_AI_NOT_DL_ATTR';

/** Reads a file of vectors. */
export function readVectors<Vector>(corpora: string, file: string): Vector[] {
  return JSON.parse(readFileSync(join(corpora, SYNTAX_ENGINE, file), 'utf8')) as Vector[];
}

/** The same settings in this program's words. An unknown Application Identifier may be an attribute only where the engine does not check that either. */
export function permissionsOf(flags: Flags): Permissions {
  return {
    zeroSuppressedGtin: flags.PermitZeroSuppressedGTINinDLuris === 'true',
    shortNames: flags.permitConvenienceAlphas === 'true',
    unknownAttributes: flags.PermitUnknownAIs === 'true' && flags[UNKNOWN_ATTRIBUTES] === 'false',
  };
}

/** What an action answers; undefined where it refuses. */
export function attempt(action: () => string): string | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
