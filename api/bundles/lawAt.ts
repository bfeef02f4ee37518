import { type Hex, toHex } from '../../protocol/encoding/hex.ts';
import { toUint } from '../../protocol/encoding/uint.ts';
import { CERTIFICATE_FORM, COMPANION_KIND, type CompanionKindName } from '../../protocol/law/codes.ts';
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
import { standingSlots } from './documentSlots.ts';
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

/** The newest contract of a kind, and where the bundle stands: what is newer is not proven there. */
interface Companion {
  contract: Hex;
  height: number;
}

const NO_LOT: Hex = `0x${'00'.repeat(32)}`;

/** Finds the contracts that the law consisted of at a block; where there was none, that is what is proven. */
export async function lawAt(node: ApiNode, height: number): Promise<LawAt> {
  const companions = (await node.index.companions()).filter(({ block }) => block <= height);
  const newest = (name: CompanionKindName): Companion | undefined => {
    const contract = companions.findLast(({ state }) => state.kind === COMPANION_KIND[name])?.companion;
    return contract && { contract, height };
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
        companion && (await (name === 'CLEARANCE' ? certificatePart(node, companion, location) : reportPart(node, companion, location)));
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

async function certificatePart(node: ApiNode, { contract, height }: Companion, { leaf, issuer }: Location): Promise<LawPart> {
  const { origin } = node.index;
  const id = recordId(issuer, leaf);
  const own = [certificateSlot(id), predecessorSlot(id)];
  const registered = await origin.certificate(id);
  if (registered === undefined || registered.block > height) return { slots: [[contract, own]] };
  const lines = await origin.linesOf(id);
  const slots: SlotsOf = [[contract, [...own, ...lines.map(lineSlot)]]];
  const { predecessor, word } = registered;
  // A copy stands and falls with its original.
  if (word.form === CERTIFICATE_FORM.COPY && predecessor !== null)
    slots.push([contract, [certificateSlot(predecessor)]], [node.deployment.contract, await standingSlots(node, predecessor)]);
  return { slots, told: { lines } };
}

async function reportPart(node: ApiNode, { contract, height }: Companion, { leaf, issuer, record }: Location): Promise<LawPart> {
  const { laboratories } = node.index;
  const ids = [...new Set([recordId(issuer, leaf), record.id])];
  const found = (await laboratories.reports(ids)).flatMap((row) => (row !== undefined && row.block <= height ? [row] : []));
  const decisions = await Promise.all(found.map(({ id }) => laboratories.decisions(id)));
  const own = [...ids.map(reportSlot), ...decisions.flat().map(({ word }) => arrangementSlot(word.arrangement))];
  const [registered] = found;
  if (registered === undefined) return { slots: [[contract, own]] };
  const { lot, tests, course } = registered;
  const periods = [course.sampledPeriod, course.analysedPeriod].map((period) => periodKey(issuer, course.panel, period));
  const scope = periods.flatMap((key) => [periodSlot(key), scopeSlot(key)]);
  const panel = await panelText(node, course.panel, height);
  const facts = { lot: lot ?? NO_LOT, tests: hexOf(tests), course: hexOf(encodeCourse(course)) };
  return {
    slots: [[contract, [...own, panelSlot(course.panel), ...scope]]],
    told: { facts, ...(panel !== undefined && { panel }) },
  };
}

/** The text that stood at the block; undefined where neither node has it. */
async function panelText(node: ApiNode, panel: number, height: number): Promise<string | undefined> {
  const versions = await node.index.laboratories.panelVersions(panel);
  const digest = versions.findLast(({ block }) => block <= height)?.digest;
  return digest === undefined ? undefined : node.profiles.find(digest);
}

function hexOf(word: bigint): Hex {
  return toHex(toUint(word, 32));
}
