import type { JsonObject } from '../../json/jsonValue.ts';
import { expandPattern } from '../pointers.ts';
import { type JsonSchema, type Problem, validateSchema } from '../schema/jsonSchema.ts';

/** How claims are looked at: `issued` with everything in them, `presented` with what the holder chose to show. */
type View = 'issued' | 'presented';

/** One kind of credential: what it must say, what its holder may hide, and what follows from its contents. */
export interface Profile {
  name: 'certificateOfOrigin' | 'laboratoryReport';
  /** The credential's `type`, exactly. */
  type: readonly string[];
  /** Code of `KIND` under which it is anchored. */
  kind: number;
  /** Patterns of what the holder may hide. All else is always shown. */
  mayHide: readonly string[];
  /** Fills in what the profile fixes or derives, where the issuer left it out. */
  complete(claims: JsonObject): JsonObject;
  /** Every problem of the claims, with pointers; errors make a credential unacceptable, warnings do not. */
  validate(claims: JsonObject, view?: View): Problem[];
}

/** The parts that a profile is made of. */
export interface ProfileParts extends Omit<Profile, 'validate'> {
  schema: JsonSchema;
  /** Pointers, or patterns below a list, that may be hidden and yet must be there when the credential is issued. */
  requiredAtIssue: readonly string[];
  /** Rules beyond the schema; only asked where the schema is satisfied. */
  rules(claims: JsonObject): Problem[];
}

/** Makes a profile of its parts. */
export function defineProfile({ schema, requiredAtIssue, rules, ...profile }: ProfileParts): Profile {
  return {
    ...profile,
    validate(claims, view = 'issued') {
      const problems = validateSchema(schema, claims);
      if (view === 'issued') problems.push(...requiredAtIssue.flatMap((pattern) => missing(claims, pattern)));
      return problems.length > 0 ? problems : rules(claims);
    },
  };
}

/** The last part of the pattern must be in everything that the part before it names. */
function missing(claims: JsonObject, pattern: string): Problem[] {
  const cut = pattern.lastIndexOf('/');
  const found = new Set(expandPattern(claims, pattern));
  return expandPattern(claims, pattern.slice(0, cut))
    .map((holder) => holder + pattern.slice(cut))
    .filter((pointer) => !found.has(pointer))
    .map((pointer) => ({ pointer, code: 'REQUIRED', severity: 'error' }));
}
