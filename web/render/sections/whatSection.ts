import { wordOf } from '../../texts/texts.ts';
import { type Markup, quoted, type Tag, tag } from '../markup.ts';
import type { PageWords } from '../pageWords.ts';
import { fact, facts, standingFact } from './fact.ts';

/** What the product is, where it is from, and who had a part in it. */
export function whatSection(words: PageWords): Tag {
  const { view, texts } = words;
  const { gtin, lot, serial, sscc } = view.keys;
  return tag(
    'section',
    { id: 'what', 'aria-labelledby': 'what-title' },
    tag('h2', { id: 'what-title' }, texts.what.heading),
    facts(
      standingFact(
        'what.origin',
        texts.what.origin,
        view.origin === undefined ? texts.what.noOrigin : wordOf(texts.countries, view.origin),
      ),
      gtin === undefined ? undefined : fact('what.gtin', texts.what.gtin, quoted(gtin)),
      lot === undefined ? undefined : fact('what.lot', texts.what.lot, quoted(lot)),
      serial === undefined ? undefined : fact('what.serial', texts.what.serial, quoted(serial)),
      sscc === undefined ? undefined : fact('what.sscc', texts.what.sscc, quoted(sscc)),
      view.hsCode === undefined ? undefined : standingFact('what.hs', texts.what.hsCode, quoted(view.hsCode)),
    ),
    partyList(words),
  );
}

function partyList({ view, texts, language }: PageWords): Markup {
  if (view.parties.length === 0) return undefined;
  return [
    tag('h3', {}, texts.parties.heading),
    tag(
      'ul',
      { class: 'parties' },
      ...view.parties.map((party) =>
        tag(
          'li',
          { 'data-fact': `party.${party.member}` },
          tag('strong', {}, quoted(party.names[language])),
          ' ',
          tag(
            'span',
            { class: 'quiet deeds' },
            [wordOf(texts.countries, party.country), ...party.did.map((deed) => texts.parties.did[deed])].filter(Boolean).join(' · '),
          ),
        ),
      ),
    ),
  ];
}
