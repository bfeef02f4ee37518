import { wordOf } from '../../texts/texts.ts';
import { formatDay, formatDecimal, formatUnit } from '../format.ts';
import { statusSign } from '../icons.ts';
import { type Markup, quoted, type Tag, tag } from '../markup.ts';
import { type PageWords, partyName } from '../pageWords.ts';
import type { ReportFacts, ResultFacts } from '../view.ts';
import { fact, facts } from './fact.ts';
import { standingBadge } from './standingBadge.ts';

/** The laboratory reports, each with its results against the limits that it states. */
export function reportSection(words: PageWords): Tag {
  const { view, texts } = words;
  return tag(
    'section',
    { id: 'tests', 'aria-labelledby': 'tests-title' },
    tag('h2', { id: 'tests-title' }, texts.report.heading),
    view.reports.length === 0 ? tag('p', {}, texts.report.none) : undefined,
    ...view.reports.map((report) => card(words, report)),
  );
}

const OVERALL_COLOUR = { CONFORM: 'green', NONCONFORM: 'red', INCONCLUSIVE: 'amber', NOT_JUDGED: 'amber' } as const;
const VERDICT_COLOUR = { PASS: 'green', FAIL: 'red', INCONCLUSIVE: 'amber', NO_LIMIT: 'amber' } as const;

function card(words: PageWords, report: ReportFacts): Tag {
  const { texts, language } = words;
  const key = `report.${report.document}`;
  const day = (value: string) => formatDay(value, language);
  return tag(
    'article',
    { class: 'card', 'aria-labelledby': `${key}.title` },
    tag('h3', { id: `${key}.title`, 'data-fact': `${key}.number` }, quoted(report.number)),
    tag(
      'p',
      { class: 'badge', 'data-colour': OVERALL_COLOUR[report.overall], 'data-fact': `${key}.overall` },
      statusSign(OVERALL_COLOUR[report.overall], 'small'),
      tag('strong', {}, texts.report.overall[report.overall]),
    ),
    standingBadge(words, report),
    resultTable(words, report),
    facts(
      fact(`${key}.laboratory`, texts.report.laboratory, quoted(partyName(words, report.issuer))),
      fact(`${key}.accreditation`, texts.report.accreditation, quoted(`${report.accreditationBody} ${report.accreditationNumber}`)),
      fact(
        `${key}.sampled`,
        texts.report.sampled,
        [day(report.sampledOn), wordOf(texts.report.sampledBy, report.sampledBy), texts.report.units(report.sampleSize)].join(', '),
      ),
      fact(`${key}.analysed`, texts.report.analysed, `${day(report.analysedFrom)} – ${day(report.analysedTo)}`),
      fact(`${key}.issuedOn`, texts.report.issued, day(report.issuedOn)),
      fact(
        `${key}.profile`,
        texts.report.against,
        quoted(`${report.profile.id} ${report.profile.version}`),
        ` (${wordOf(texts.countries, report.profile.jurisdiction)})`,
      ),
    ),
  );
}

function resultTable(words: PageWords, report: ReportFacts): Tag {
  const { report: text } = words.texts;
  const head = (name: string) => tag('th', { scope: 'col', role: 'columnheader' }, name);
  // The roles say what the elements mean, as narrow screens lay the cells out below each other, which takes their meaning in some browsers.
  return tag(
    'table',
    { role: 'table' },
    tag('caption', {}, text.caption(report.number)),
    tag('thead', { role: 'rowgroup' }, tag('tr', { role: 'row' }, head(text.item), head(text.result), head(text.limit))),
    tag(
      'tbody',
      { role: 'rowgroup' },
      ...report.results.map((result, index) => resultRow(words, result, `report.${report.document}.result.${index}`)),
    ),
  );
}

function resultRow(words: PageWords, result: ResultFacts, key: string): Tag {
  const text = words.texts.report;
  return tag(
    'tr',
    { role: 'row' },
    tag(
      'th',
      { scope: 'row', role: 'rowheader', 'data-fact': `${key}.analyte` },
      quoted(analyteName(words, result)),
      tag('span', { class: 'quiet small' }, ' ', quoted(result.method), result.accredited ? undefined : ` (${text.notAccredited})`),
    ),
    tag(
      'td',
      { role: 'cell' },
      tag('span', { class: 'value', 'data-fact': `${key}.value` }, resultOf(words, result)),
      tag(
        'span',
        { class: 'outcome', 'data-colour': VERDICT_COLOUR[result.verdict], 'data-fact': `${key}.verdict` },
        statusSign(VERDICT_COLOUR[result.verdict], 'small'),
        text.verdicts[result.verdict],
      ),
    ),
    tag('td', { role: 'cell', 'data-label': text.limit, 'data-fact': `${key}.limit` }, limitOf(words, result)),
  );
}

function analyteName({ texts }: PageWords, { analyte, analyteCode }: ResultFacts): string {
  const known =
    analyteCode !== undefined && Object.hasOwn(texts.report.analytes, analyteCode) ? texts.report.analytes[analyteCode] : undefined;
  return known ?? analyte;
}

function resultOf({ texts }: PageWords, result: ResultFacts): Markup {
  const unit = formatUnit(result.unit);
  if (result.kind === 'NOT_DETECTED') return texts.report.notDetected;
  if (result.kind === 'BELOW_LOQ') return quoted(result.loq === undefined ? '< LOQ' : `< ${withUnit(result.loq, unit)} (LOQ)`);
  if (result.values.length === 0) return result.kind === 'DETECTED' ? texts.report.detected : texts.report.qualitative;
  return quoted(`${result.values.map(formatDecimal).join(' · ')} ${unit}`.trim());
}

const OPERATORS: Readonly<Record<string, string>> = { '<=': '≤', '>=': '≥' };

function limitOf({ texts }: PageWords, { plan, limit, unit: code }: ResultFacts): Markup {
  const unit = formatUnit(code);
  const source = limit === undefined ? undefined : tag('span', { class: 'quiet small' }, ' ', quoted(limit.regulation));
  if (plan !== undefined) return [texts.report.plan({ ...plan, m: formatDecimal(plan.m), M: formatDecimal(plan.M), unit }), source];
  if (limit === undefined) return texts.report.noLimit;
  if (limit.operator === 'ABSENT') return [texts.report.mustBeAbsent, source];
  return [quoted(`${wordOf(OPERATORS, limit.operator)} ${withUnit(limit.value, unit)}`), source];
}

function withUnit(value: string, unit: string): string {
  return `${formatDecimal(value)} ${unit}`.trim();
}
