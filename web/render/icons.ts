import { type Tag, tag } from './markup.ts';

/** Strokes of the status signs on a 24 by 24 field: each differs in shape, so that none depends on colour. */
const SIGNS = {
  green: ['M12 2.5l8 3v6c0 5-3.4 8.6-8 10-4.6-1.4-8-5-8-10v-6z', 'M8.2 12.2l2.7 2.7 5-5.6'],
  amber: ['M12 3.5L22 20.5H2z', 'M12 10v5', 'M12 17.6v.2'],
  red: ['M8 2.5h8l5.5 5.5v8L16 21.5H8L2.5 16V8z', 'M8.5 8.5l7 7', 'M15.5 8.5l-7 7'],
} as const;

/** A status sign; it says nothing alone, words always stand beside it. */
export function statusSign(colour: keyof typeof SIGNS, size: 'large' | 'small'): Tag {
  return tag(
    'svg',
    { class: `sign sign--${size}`, viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
    ...SIGNS[colour].map((d, index) => tag('path', { d, class: index === 0 ? 'sign__shape' : 'sign__mark' })),
  );
}

/** The colour in which an answer is drawn. */
export function colourOf(answer: 'VALID' | 'INVALID' | 'CANNOT_CHECK'): keyof typeof SIGNS {
  return answer === 'VALID' ? 'green' : answer === 'INVALID' ? 'red' : 'amber';
}
