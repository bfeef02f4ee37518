import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import type { LimitItem } from '../../../protocol/law/limitProfile.ts';
import { unitOf } from '../../../protocol/law/units.ts';
import { lawNames, lawValue, panelOf, profileOf } from './lawFiles.ts';

const PROFILES = lawNames('profiles');
const PANELS = lawNames('panels');

/** The figures of domain.md part B3; `!` required, `?` unconfirmed. */
const FIGURES: Record<string, string> = {
  'cn-cosmetics':
    'Pb 10 mg/kg!, As 2 mg/kg!, Hg 1 mg/kg!, Cd 5 mg/kg!, DIOXANE 30 mg/kg!, METHANOL 2000 mg/kg, ASBESTOS ND, APC 1000 CFU/g!, YEASTMOULD 100 CFU/g, FAECALCOLI ND, PAERU ND, SAUR ND',
  'kr-cosmetics':
    'Pb 20 mg/kg!, As 10 mg/kg!, Hg 1 mg/kg!, Sb 10 mg/kg, Cd 5 mg/kg!, DIOXANE 100 mg/kg!, METHANOL 0.2 % v/v, FORMALD 2000 mg/kg, PHTHAL 100 mg/kg, APC 1000 CFU/g!, ECOLI ND, PAERU ND, SAUR ND, PH 3-9 pH, Ni unknown?',
  'cn-laver': 'APC 5 2 30000 100000 CFU/g!, Pb 1.0 mg/kg?, COLIFORM unknown?, MOULD unknown?',
  'cn-pickled-vegetables':
    'SALM 5 0 0 - 1/25!, SAUR 5 1 100 1000 CFU/g!, Pb 0.5 mg/kg?, NITRITE 20 mg/kg?, DHA 0.3 mg/g?, COLIFORM unknown?',
  'kr-kimchi': 'Pb 0.3 mg/kg!, Cd 0.2 mg/kg!, PARASITE ND!, PRESERV ND?, TAR ND?, YENT ND?',
  'kr-aquatic-rte-frozen':
    'APC 100000 /g!, COLIFORM 10 /g!, SAUR ND!, SALM ND!, VPARA ND!, LISTERIA ND!, PSP 80 µg/100 g, OTC 0.2 mg/kg, CAP ND, MALGREEN ND, NITROFURAN ND',
};

function figureOf(item: LimitItem): string {
  if (item.kind === 'maximum') return `${item.limit} ${item.unit.symbol}`;
  if (item.kind === 'range') return `${item.min}-${item.max} ${item.unit.symbol}`;
  if (item.kind === 'unknown') return 'unknown';
  const portion = item.portion === undefined ? '' : `/${item.portion.value}`;
  return item.kind === 'absent' ? `ND${portion}` : `${item.n} ${item.c} ${item.m} ${item.M ?? '-'} ${item.unit.symbol}${portion}`;
}

function figuresOf(name: string): string {
  const mark = ({ required, confidence }: LimitItem) => (required ? '!' : '') + (confidence === 'unconfirmed' ? '?' : '');
  return profileOf(name)
    .items.map((item) => `${item.analyte.id} ${figureOf(item)}${mark(item)}`)
    .join(', ');
}

function problemsOf(schema: string, name: string): unknown[] {
  const ajv = new Ajv2020({ allErrors: true, strictRequired: false });
  ajv.validate(lawValue(`schema/${schema}.schema`) as object, lawValue(name));
  return ajv.errors ?? [];
}

describe('law', () => {
  for (const name of PROFILES) {
    it(`keeps ${name} to its schema and reader`, () => {
      expect(problemsOf('limitProfile', `profiles/${name}`)).to.deep.equal([]);
      expect(profileOf(name).name.toLowerCase()).to.equal(name);
    });

    it(`states the figures of ${name}`, () => {
      expect(figuresOf(name)).to.equal(FIGURES[name]);
    });
  }
  for (const name of PANELS) {
    it(`keeps panel ${name} to its schema and reader`, () => {
      expect(problemsOf('testPanel', `panels/${name}`)).to.deep.equal([]);
      expect(panelOf(name).entries).not.to.have.length(0);
    });
  }

  it('keeps the timers to their schema', () => {
    expect(problemsOf('timers', 'timers')).to.deep.equal([]);
  });

  it('gives each profile and panel its own code', () => {
    expect(PROFILES.map((name) => profileOf(name).code).sort()).to.deep.equal([1, 2, 3, 4, 5, 6]);
    expect(PANELS.map((name) => panelOf(name).code).sort()).to.deep.equal([1, 2, 3]);
  });

  it('names one analyte alike in every profile', () => {
    const names = new Map<string, unknown>();
    for (const { analyte } of PROFILES.flatMap((name) => profileOf(name).items)) {
      if (names.has(analyte.id)) expect(analyte.name, analyte.id).to.deep.equal(names.get(analyte.id));
      names.set(analyte.id, analyte.name);
    }
    for (const language of ['zh', 'ko', 'en'])
      expect(new Set([...names.values()].map((words) => (words as Record<string, string>)[language])).size, language).to.equal(names.size);
    for (const { analyte } of PANELS.flatMap((name) => panelOf(name).entries)) expect([...names.keys()]).to.include(analyte);
  });

  it('shows each unit by its own symbol', () => {
    for (const item of PROFILES.flatMap((name) => profileOf(name).items)) {
      if ('unit' in item) expect(unitOf(item.unit.code)).to.deep.include(item.unit);
    }
  });

  it('holds every class of recall and grade of alert once', () => {
    const timers = lawValue('timers') as {
      recalls: { class: string; startHours?: number; completeDays: number; confidence: string }[];
      alerts: { grade: string }[];
    };
    const recalls = timers.recalls.map((each) => `${each.class} ${each.startHours ?? '-'} ${each.completeDays} ${each.confidence}`);
    expect(recalls).to.deep.equal([
      'CN1 24 10 confirmed',
      'CN2 48 20 confirmed',
      'CN3 72 30 confirmed',
      'KR1 - 10 unconfirmed',
      'KR2 - 12 unconfirmed',
      'KR3 - 17 unconfirmed',
    ]);
    expect(timers.alerts.map(({ grade }) => grade)).to.deep.equal(['I', 'II', 'III', 'IV']);
  });
});
