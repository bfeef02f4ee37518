import { type Tag, tag } from '../markup.ts';
import { exportOf } from './traceLinks.ts';
import type { TraceWords } from './traceWords.ts';

const DIRECTIONS = ['source', 'destination'] as const;

/** The answer to be taken along, in each of its forms, and how it becomes a PDF: by the reader's own printer, which has the fonts of the language. */
export function exportSection({ view, texts, lineage }: TraceWords): Tag {
  const { exports } = texts;
  const forms = [
    ['csv', exports.table],
    ['proofs', exports.proofs],
    ['json', exports.json],
    ['txt', exports.ids],
  ] as const;
  return tag(
    'section',
    { id: 'exports', 'aria-labelledby': 'exports-title' },
    tag('h2', { id: 'exports-title' }, exports.heading),
    ...DIRECTIONS.map((direction) =>
      tag(
        'div',
        {},
        tag('h3', {}, lineage.directions[direction]),
        tag(
          'ul',
          {},
          ...forms.map(([format, name]) =>
            tag(
              'li',
              {},
              tag(
                'a',
                { href: exportOf(view, direction, format) },
                name,
                tag('span', { class: 'unseen' }, ` ${lineage.directions[direction]}`),
              ),
            ),
          ),
        ),
      ),
    ),
    tag('p', { class: 'trace__hint' }, exports.print),
  );
}
