import type { ProofReader } from '../chain/trie.ts';
import { type Hex, toHex } from '../encoding/hex.ts';
import { toUint } from '../encoding/uint.ts';
import { COMPANION_KIND, type CompanionKindName } from '../law/codes.ts';
import { periodKey } from '../law/ids.ts';
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
} from '../law/slots.ts';
import {
  type ArrangementWord,
  type CertificateWord,
  decodeArrangement,
  decodeCertificate,
  decodeCompanion,
  decodeGoodsLine,
  decodeLot,
  decodeReport,
  decodeTerm,
  type GoodsLineWord,
  type LotWord,
  type ReportWord,
  type TermWord,
} from '../law/words.ts';
import { headCount } from '../ledger/ids.ts';
import { companionSlot, newestCompanionSlot } from '../ledger/slots.ts';
import { MissingProof, present, type ReadSlot, slotReader, toWord } from './ledgerState.ts';

/** Thrown where the ledger's rules are newer than this program: what it read of them could be something else. */
export class UnknownRules extends Error {
  override readonly name = 'UnknownRules';
  readonly contract: CompanionKindName;
  readonly version: number;

  constructor(contract: CompanionKindName, version: number) {
    super(`${contract} has the version ${version}`);
    this.contract = contract;
    this.version = version;
  }
}

/** What decides whether goods pass, as far as the proofs reach. Every method throws `MissingProof` beyond that. */
export interface Clearance {
  /** Unix seconds. */
  addedAt: number;
  /** Undefined where the certificate is proven not to be registered. */
  certificate(id: Hex): CertificateWord | undefined;
  predecessor(id: Hex): Hex;
  line(key: Hex): GoodsLineWord;
  /** What stops a lot. */
  lot(subject: Hex): LotWord;
  /** How often that changed. */
  lotChanges(subject: Hex): number;
}

/** Accreditation and acceptance, as far as the proofs reach. Every method throws `MissingProof` beyond that. */
export interface Laboratories {
  /** Unix seconds. */
  addedAt: number;
  /** Undefined where the report, or batch of reports, is proven not to be registered. */
  report(id: Hex): ReportWord | undefined;
  /** SHA-256 of a panel's newest text. */
  panel(panel: number): Hex;
  period(laboratory: number, panel: number, period: number): TermWord;
  /** Bits of the panel's entries in the period's scope. */
  scope(laboratory: number, panel: number, period: number): bigint;
  arrangement(arrangement: number): ArrangementWord;
}

/**
 * The contracts beside the ledger. A contract is undefined where the ledger is proven to have none of its kind.
 *
 * Methods throw `MissingProof` and `UnknownRules`.
 */
export interface LawState {
  clearance(): Clearance | undefined;
  laboratories(): Laboratories | undefined;
}

interface Companion {
  addedAt: number;
  read: ReadSlot;
}

// Slots and words are those of the first version; a later one may keep something else in the same place.
const VERSION = 1;
const ADDRESS_BYTES = 20;

/**
 * Reads the contracts that the ledger names as the newest of their kinds: nothing is taken on trust but the ledger itself.
 *
 * @param ledger reads the ledger's own slots
 */
export function lawState(proofs: ProofReader, stateRoot: Hex, ledger: ReadSlot): LawState {
  const companion = (name: CompanionKindName) => newestCompanion(proofs, stateRoot, ledger, name);
  return {
    clearance: once(() => mapDefined(companion('CLEARANCE'), clearance)),
    laboratories: once(() => mapDefined(companion('LABORATORIES'), laboratories)),
  };
}

function newestCompanion(proofs: ProofReader, stateRoot: Hex, ledger: ReadSlot, name: CompanionKindName): Companion | undefined {
  const word = ledger('newestCompanion', newestCompanionSlot(COMPANION_KIND[name]));
  if (word === 0n) return undefined;
  const address = toHex(toUint(BigInt.asUintN(8 * ADDRESS_BYTES, word), ADDRESS_BYTES));
  const { version, addedAt } = decodeCompanion(ledger('companions', companionSlot(address)));
  if (version !== VERSION) throw new UnknownRules(name, version);
  const account = proofs.account(stateRoot, address);
  if (typeof account === 'string') throw new MissingProof(name);
  return { addedAt, read: slotReader(proofs, account.storageRoot) };
}

function clearance({ addedAt, read }: Companion): Clearance {
  return {
    addedAt,
    certificate: (id) => present(read('certificates', certificateSlot(id)), decodeCertificate),
    predecessor: (id) => toWord(read('predecessors', predecessorSlot(id))),
    line: (key) => decodeGoodsLine(read('lines', lineSlot(key))),
    lot: (subject) => decodeLot(read('lots', lotSlot(subject))),
    lotChanges: (subject) => headCount(toWord(read('lotHeads', lotHeadSlot(subject)))),
  };
}

function laboratories({ addedAt, read }: Companion): Laboratories {
  return {
    addedAt,
    report: (id) => present(read('reports', reportSlot(id)), decodeReport),
    panel: (panel) => toWord(read('panels', panelSlot(panel))),
    period: (laboratory, panel, period) => decodeTerm(read('periods', periodSlot(periodKey(laboratory, panel, period)))),
    scope: (laboratory, panel, period) => read('scopes', scopeSlot(periodKey(laboratory, panel, period))),
    arrangement: (arrangement) => decodeArrangement(read('arrangements', arrangementSlot(arrangement))),
  };
}

/** What was read once of a proven state stays so; an error is thrown anew. */
function once<Value>(read: () => Value): () => Value {
  let kept: { value: Value } | undefined;
  return () => {
    kept ??= { value: read() };
    return kept.value;
  };
}

function mapDefined<From, To>(value: From | undefined, map: (value: From) => To): To | undefined {
  return value === undefined ? undefined : map(value);
}
