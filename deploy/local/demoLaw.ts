import { createHash } from 'node:crypto';
import { Interface } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { laboratoriesAbi } from '../../protocol/law/abi/laboratories.ts';
import { ARRANGEMENT_LEVEL, ARRANGEMENT_STATUS } from '../../protocol/law/codes.ts';
import { panelKey } from '../../protocol/law/ids.ts';
import { arrangementSlot, periodCountSlot } from '../../protocol/law/slots.ts';
import type { TestPanel } from '../../protocol/law/testPanel.ts';
import { SHORE } from '../../protocol/ledger/codes.ts';
import { type LedgerAt, readWord } from '../../sdk/chain/readState.ts';
import { actForBoth } from '../../sdk/govern/bothShores.ts';
import { readMember } from '../../sdk/home/home.ts';
import { accredit, designate } from '../../sdk/law/accreditation.ts';
import { companionOf } from '../../sdk/law/companions.ts';
import { readPanels } from '../../sdk/law/lawTexts.ts';
import { openMember } from '../../sdk/member/openMember.ts';
import type { DemoMember } from './demo.ts';
import { authoriseBody, type Companions, type Councils } from './law.ts';

/** Who accredits and who designates which laboratory in the demo: all of them play a role, none is the agency itself. */
const ACCREDITED = [
  { body: 'korea-accreditation', laboratory: 'namhae' },
  { body: 'china-accreditation', laboratory: 'beihai' },
] as const;
const DESIGNATED = [
  { regulator: 'qingdao-market', laboratory: 'namhae', panel: 'Cosmetics' },
  { regulator: 'korea-food-safety', laboratory: 'beihai', panel: 'Pickled vegetables' },
] as const;

/** The arrangement of scenario S2: a pilot, as no law was found by which Korean reports on cosmetics are accepted in China today. */
const PILOT = {
  number: 1,
  panel: 'Cosmetics',
  text: 'DRA-DEMO-01 (DEMO): pilot arrangement; reports on cosmetics by laboratories designated by the Chinese side make sampling rarer. Fictional.',
  maxAgeDays: 365,
};

const FROM = 1_700_000_000;
const GAS = 500_000;
const laboratories = new Interface(laboratoriesAbi);

/** Gives the demo's members their powers: certifiers, laboratories, the pilot arrangement. What is done is skipped. */
export async function empowerDemoMembers(
  home: string,
  members: readonly DemoMember[],
  councils: Councils,
  companions: Companions,
  ledger: LedgerAt,
): Promise<void> {
  for (const { slug, shore } of members.filter(({ roles }) => roles.includes('CERTIFIER')))
    await authoriseBody(councils[shore], companions, readMember(home, slug).member, ledger);
  const panels = readPanels(home);
  await agreePilot(panels, councils, companions, ledger);
  const here = new Set(members.map(({ slug }) => slug));
  for (const { body, laboratory } of ACCREDITED)
    if (here.has(body) && here.has(laboratory)) await accreditForAll(home, body, laboratory, panels);
  for (const each of DESIGNATED) if (here.has(each.regulator) && here.has(each.laboratory)) await designateOnce(home, each, panels);
}

async function accreditForAll(home: string, body: string, laboratory: string, panels: readonly TestPanel[]): Promise<void> {
  const member = openMember(home, body);
  const number = readMember(home, laboratory).member;
  try {
    const { at } = await companionOf(member.ledger, 'LABORATORIES');
    for (const { code, entries } of panels) {
      if ((await readWord(at, periodCountSlot(panelKey(number, code)))) !== 0n) continue;
      const certificate = sha256(`accreditation of ${laboratory} for panel ${code} (DEMO)`);
      await accredit(member, {
        laboratory: number,
        panel: code,
        from: FROM,
        until: 0,
        tests: (1n << BigInt(entries.length)) - 1n,
        certificate,
      });
    }
  } finally {
    member.close();
  }
}

async function designateOnce(
  home: string,
  { regulator, laboratory, panel }: (typeof DESIGNATED)[number],
  panels: readonly TestPanel[],
): Promise<void> {
  const member = openMember(home, regulator);
  try {
    await designate(member, {
      laboratory: readMember(home, laboratory).member,
      panel: panelNamed(panels, panel).code,
      from: FROM,
      until: 0,
    });
  } finally {
    member.close();
  }
}

async function agreePilot(
  panels: readonly TestPanel[],
  { CN, KR }: Councils,
  { LABORATORIES }: Companions,
  ledger: LedgerAt,
): Promise<void> {
  const { code, entries } = panelNamed(panels, PILOT.panel);
  const terms = {
    ...{
      number: PILOT.number,
      status: ARRANGEMENT_STATUS.PILOT,
      level: ARRANGEMENT_LEVEL.REDUCED_SAMPLING,
      destination: SHORE.CN,
      panel: code,
    },
    ...{ from: FROM, until: 0, maxAgeDays: PILOT.maxAgeDays, needsDesignation: true },
    ...{ tests: (1n << BigInt(entries.length)) - 1n, text: sha256(PILOT.text) },
  };
  const data = laboratories.encodeFunctionData('setArrangement', [terms]) as Hex;
  const call = {
    id: `arrangement:${PILOT.number}`,
    to: LABORATORIES,
    data,
    gasLimit: GAS,
    effect: { slot: arrangementSlot(PILOT.number) },
  };
  await actForBoth([call], [CN, KR], ledger);
}

function panelNamed(panels: readonly TestPanel[], title: string): TestPanel {
  const found = panels.find((panel) => panel.title.en.startsWith(title));
  if (found === undefined) throw new Error(`law/panels has none of the title ${title}`);
  return found;
}

function sha256(text: string): Hex {
  return `0x${createHash('sha256').update(text).digest('hex')}`;
}
