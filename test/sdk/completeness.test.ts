import { expect } from 'chai';
import { honestAnswers, toldLies } from './support/completeness.ts';

/** What CI does of `npm run campaign:completeness`. */
const LIES = 60;
const HONEST = 300;
const LEDGERS = 40;

describe('answers about goods', () => {
  it('that withhold one thing are caught', async () => {
    const missed = (await toldLies(LIES, 7, LEDGERS)).filter(({ checked }) => checked.answer === 'VALID' || checked.codes.length === 0);
    expect(missed.map(({ kind, seed, question }) => ({ kind, seed, question }))).to.deep.equal([]);
  }).timeout(300_000);

  it('that are honest raise no alarm', async () => {
    const { asked, alarms } = await honestAnswers(HONEST, 7);
    expect(alarms.map(({ seed, question, checked }) => ({ seed, question, codes: checked.codes }))).to.deep.equal([]);
    expect(asked).to.equal(HONEST);
  }).timeout(300_000);
});
