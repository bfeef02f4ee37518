// Longer runs of marks are no writing, and normalising them takes time that grows with the square of their length (UAX #15 section 13).
const MARKS = /(\p{Mark}{30})\p{Mark}+/gu;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu;
const DASHES = /\p{Dash}/gu;

/**
 * The form under which typed text is looked up: compatibility characters as plain ones (full width as half), no spaces and invisible characters, every dash a
 * hyphen, no difference of case. For lookup only: what is hashed or shown is never changed, and a match under this form is said to be one (`compareTyped`).
 *
 * @example
 * lookupForm(' ｋｒ－001\u200b 25 '); // 'KR-00125'
 */
export function lookupForm(text: string): string {
  const visible = plain(text).replace(INVISIBLE, '').replace(DASHES, '-').replace(/\s/gu, '');
  return plain(visible.toUpperCase());
}

/** The lookup form with characters that are easily mistyped for another folded together: O and 0; I, L and 1. Equal forms are a hint, never a match. */
export function lookalikeForm(text: string): string {
  return lookupForm(text).replace(/O/g, '0').replace(/[IL]/g, '1');
}

function plain(text: string): string {
  return text.replace(MARKS, '$1').normalize('NFKC');
}
