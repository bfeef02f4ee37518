import { type Hex, toHex } from '../../protocol/encoding/hex.ts';
import { toUint } from '../../protocol/encoding/uint.ts';
import { COMPANION_KIND, type CompanionKindName } from '../../protocol/law/codes.ts';
import { periodKey } from '../../protocol/law/ids.ts';
import {
  arrangementSlot,
  certificateSlot,
  lineSlot,
  lotHeadSlot,
  lotSlot,
  panelSlot,
  periodSlot,
  predecessorSlot,
  reportSlot,
  scopeSlot,
} from '../../protocol/law/slots.ts';
import { encodeCourse } from '../../protocol/law/words.ts';
import { KIND } from '../../protocol/ledger/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import { companionSlot, newestCompanionSlot } from '../../protocol/ledger/slots.ts';
import type { RegisteredLines, RegisteredReport } from '../../protocol/verdict/bundle.ts';
import type { ApiNode } from '../node.ts';
import type { LawRows } from './lawRows.ts';
import type { Location } from './locate.ts';

/** Slots by contract. */
export type SlotsOf = [contract: Hex, slots: Hex[]][];

/** The law's part of a bundle about one document or lot: the slots that prove it, and what the bundle tells of a registration. */
export interface LawPart {
  slots: SlotsOf;
  told?: RegisteredLines | RegisteredReport;
}

/** What the law said at one block. */
export interface LawAt {
  ofDocument(location: Location): Promise<LawPart>;
  /** What stops a lot. */
  ofLot(subject: Hex): LawPart;
}

/** The newest contract of a kind, the rows about it, and where the bundle stands: what is newer is not proven there. */
interface Companion {
  rows: LawRows;
  contract: Hex;
  height: number;
}

const NO_LOT: Hex = `0x${'00'.repeat(32)}`;

/** Finds the contracts that the law consisted of at a block; where there was none, that is what is proven. */
export async function lawAt(node: ApiNode, height: number): Promise<LawAt> {
  const rows = node.law;
  const companions = (await rows.companions()).filter(({ block }) => block <= height);
  const newest = (name: CompanionKindName): Companion | undefined => {
    const contract = companions.findLast(({ state }) => state.kind === COMPANION_KIND[name])?.companion;
    return contract === undefined ? undefined : { rows, contract, height };
  };
  const named = (name: CompanionKindName, contract: Hex | undefined): SlotsOf => [
    [node.deployment.contract, [newestCompanionSlot(COMPANION_KIND[name]), ...(contract === undefined ? [] : [companionSlot(contract)])]],
  ];
  return {
    async ofDocument(location) {
      const name = CONTRACT_OF[location.record.kind];
      if (name === undefined) return { slots: [] };
      const companion = newest(name);
      const part =
        companion && (await (name === 'CLEARANCE' ? certificatePart(companion, location) : reportPart(node, companion, location)));
      return { ...part, slots: [...named(name, companion?.contract), ...(part?.slots ?? [])] };
    },
    ofLot(subject) {
      const contract = newest('CLEARANCE')?.contract;
      const slots: SlotsOf = contract === undefined ? [] : [[contract, [lotSlot(subject), lotHeadSlot(subject)]]];
      return { slots: [...named('CLEARANCE', contract), ...slots] };
    },
  };
}

const CONTRACT_OF: Readonly<Partial<Record<number, 'CLEARANCE' | 'LABORATORIES'>>> = {
  [KIND.CERTIFICATE_OF_ORIGIN]: 'CLEARANCE',
  [KIND.LABORATORY_REPORT]: 'LABORATORIES',
};

async function certificatePart({ rows: { origin }, contract, height }: Companion, { leaf, issuer }: Location): Promise<LawPart> {
  const id = recordId(issuer, leaf);
  const own = [certificateSlot(id), predecessorSlot(id)];
  const registered = await origin.certificate(id);
  if (registered === undefined || registered.block > height) return { slots: [[contract, own]] };
  const lines = await origin.linesOf(id);
  return { slots: [[contract, [...own, ...lines.map(lineSlot)]]], told: { lines } };
}

async function reportPart(node: ApiNode, companion: Companion, { leaf, issuer, record }: Location): Promise<LawPart> {
  const { rows, contract, height } = companion;
  const ids = [...new Set([recordId(issuer, leaf), record.id])];
  const found = (await rows.laboratories.reports(ids)).flatMap((row) => (row !== undefined && row.block <= height ? [row] : []));
  const decisions = await Promise.all(found.map(({ id }) => rows.laboratories.decisions(id)));
  const own = [...ids.map(reportSlot), ...decisions.flat().map(({ word }) => arrangementSlot(word.arrangement))];
  const [registered] = found;
  if (registered === undefined) return { slots: [[contract, own]] };
  const { lot, tests, course } = registered;
  const periods = [course.sampledPeriod, course.analysedPeriod].map((period) => periodKey(issuer, course.panel, period));
  const scope = periods.flatMap((key) => [periodSlot(key), scopeSlot(key)]);
  const panel = await panelText(node, companion, course.panel);
  const facts = { lot: lot ?? NO_LOT, tests: hexOf(tests), course: hexOf(encodeCourse(course)) };
  return {
    slots: [[contract, [...own, panelSlot(course.panel), ...scope]]],
    told: { facts, ...(panel !== undefined && { panel }) },
  };
}

/** The text that stood at the block; undefined where neither node has it. */
async function panelText(node: ApiNode, { rows, height }: Companion, panel: number): Promise<string | undefined> {
  const versions = await rows.laboratories.panelVersions(panel);
  const digest = versions.findLast(({ block }) => block <= height)?.digest;
  return digest === undefined ? undefined : node.profiles.find(digest);
}

function hexOf(word: bigint): Hex {
  return toHex(toUint(word, 32));
}
