import { formatInstant } from '../format.ts';
import { type Tag, tag } from '../markup.ts';
import type { PageWords } from '../pageWords.ts';
import { fact, facts } from './fact.ts';

/** What the answer stands on: block, time, finality, ledger, and the node that serves the page. */
export function ledgerSection({ view, texts, language, checker }: PageWords): Tag {
  const { ledger } = view;
  return tag(
    'section',
    { id: 'ledger', class: 'ledger', 'aria-labelledby': 'ledger-title' },
    tag('h2', { id: 'ledger-title' }, texts.ledger.heading),
    facts(
      fact(
        'ledger.block',
        texts.ledger.block,
        `${ledger.height} (${texts.ledger.time} `,
        tag('time', { datetime: ledger.time }, formatInstant(ledger.time, language)),
        '), ',
        tag('code', {}, ledger.blockHash),
      ),
      fact('ledger.finality', texts.ledger.sealing, texts.ledger.finality[ledger.finality]),
      fact('ledger.contract', texts.ledger.contract, tag('code', {}, ledger.contract), ` (chain ${ledger.chainId})`),
      fact('ledger.node', texts.ledger.node, checker.node),
    ),
  );
}
