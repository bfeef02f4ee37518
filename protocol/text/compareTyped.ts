import { lookalikeForm, lookupForm } from './lookupForm.ts';

/** How typed text stands to stored text. */
export interface Comparison {
  match: 'EXACT' | 'NORMALIZED_MATCH' | 'NOT_FOUND';
  /** Only beside NOT_FOUND: the two differ in nothing but characters that look alike, as O and 0. */
  hint?: 'LOOKALIKE_CHARACTERS';
}

/**
 * Compares what somebody typed with what is stored.
 *
 * @example
 * compareTyped('KR-OO1', 'KR-001'); // { match: 'NOT_FOUND', hint: 'LOOKALIKE_CHARACTERS' }
 */
export function compareTyped(typed: string, stored: string): Comparison {
  if (typed === stored) return { match: 'EXACT' };
  if (lookupForm(typed) === lookupForm(stored)) return { match: 'NORMALIZED_MATCH' };
  return lookalikeForm(typed) === lookalikeForm(stored) ? { match: 'NOT_FOUND', hint: 'LOOKALIKE_CHARACTERS' } : { match: 'NOT_FOUND' };
}
