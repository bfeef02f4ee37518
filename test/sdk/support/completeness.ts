import type { Answer } from '../../../protocol/verdict/verdict.ts';
import { SdkError } from '../../../sdk/errors.ts';
import type { NodeClient } from '../../../sdk/node/client.ts';
import { type CheckedTrace, checkTrace, type TraceClaim } from '../../../sdk/trace/checkTrace.ts';
import { type Proof, proveParties, proveScope } from '../../../sdk/trace/proveGoods.ts';
import { NOW, TRUST } from '../../fixtures/ledgerFixture.ts';
import { random } from '../../protocol/lineage/randomEvents.ts';
import { honestNode } from './honestNode.ts';
import { OMISSIONS, type Omission } from './omissions.ts';
import { type SyntheticLedger, syntheticLedger } from './syntheticLedger.ts';

/** A question about goods, as a reader asks it. */
export interface Question {
  what: 'source' | 'destination' | 'scope' | 'parties';
  ids: readonly string[];
}

/** What came of checking an answer, and what it was refused for. */
export interface Checked {
  answer: Answer;
  /** Each once: the part and code of a difference, the code of an omission or doubt with its question; `BODY_WITHHELD`, `UNKNOWN_SUBJECT`. */
  codes: readonly string[];
  sealed: number;
  claim?: TraceClaim;
}

/** A lie that was told, and what the reader made of it. */
export interface ToldLie {
  kind: string;
  seed: number;
  question: Question;
  readers: 'alone' | 'both';
  checked: Checked;
}

const WHATS = ['source', 'destination', 'scope', 'parties'] as const;
const MOST_DRAWS = 5_000;

/** All questions that a test asks of a ledger: about each of its goods, two of them together, and by each number of a document. */
export function questionsOf({ newest }: SyntheticLedger): Question[] {
  const goods = [...newest.salts.keys()];
  const numbers = newest.documents.flatMap(({ number, sealed }) => (number === undefined || sealed ? [] : [number]));
  const asked = [...goods.map((id) => [id]), ...(goods.length > 1 ? [goods.slice(0, 2)] : []), ...numbers.map((number) => [number])];
  return asked.flatMap((ids) => WHATS.map((what) => ({ what, ids })));
}

/** Asks and checks as a reader does. */
export async function check({ what, ids }: Question, nodes: readonly NodeClient[]): Promise<Checked> {
  const request = { ids, trust: TRUST, nodes, clock: () => NOW, patienceMs: 0 };
  try {
    if (what === 'scope') return summed(await proveScope(request));
    if (what === 'parties') return summed(await proveParties(request));
    const checked = await checkTrace({ ...request, direction: what });
    return { ...summed(checked, checked), claim: checked.claim };
  } catch (error) {
    if (error instanceof SdkError) return { answer: 'CANNOT_CHECK', codes: [error.code], sealed: 0 };
    throw error;
  }
}

function summed({ answer, sealed, ...proof }: Proof, { differences = [], node }: Partial<CheckedTrace> = {}): Checked {
  const codes = [
    ...differences.map(({ part, code }) => `${part} ${code}`),
    ...proof.omissions.map(({ code, finding }) => [code, finding].filter(Boolean).join(' ')),
    ...proof.rejected.flatMap(({ node: by, code, finding }) => (by === node ? [[code, finding].filter(Boolean).join(' ')] : [])),
    ...proof.doubts.map(({ code, question }) => [question, code].filter(Boolean).join(' ')),
    ...(sealed > 0 ? ['BODY_WITHHELD'] : []),
    ...(proof.unknown.length > 0 ? ['UNKNOWN_SUBJECT'] : []),
  ];
  return { answer, sealed, codes: [...new Set(codes)] };
}

/** Honest answers that are not VALID although nothing in them is sealed, of as many as are asked for; answers with sealed documents are counted apart. */
export async function honestAnswers(count: number, seed: number): Promise<{ asked: number; sealed: number; alarms: ToldLie[] }> {
  const alarms: ToldLie[] = [];
  let asked = 0;
  let sealed = 0;
  for (let at = seed; asked < count; at++) {
    const ledger = syntheticLedger(at);
    const nodes = [honestNode(ledger.newest, 'korea'), honestNode(ledger.newest, 'qingdao')];
    for (const question of questionsOf(ledger)) {
      if (asked === count) break;
      const readers = asked % 2 === 0 ? 'both' : 'alone';
      const checked = await check(question, readers === 'both' ? nodes : nodes.slice(0, 1));
      if (checked.sealed > 0 && checked.answer === 'CANNOT_CHECK') {
        sealed++;
        continue;
      }
      asked++;
      if (checked.answer !== 'VALID') alarms.push({ kind: 'honest', seed: at, question, readers, checked });
    }
  }
  return { asked, sealed, alarms };
}

/** Tells so many lies, each of a kind and about a thing at random, about so many ledgers. */
export async function toldLies(count: number, seed: number, ledgers = 250): Promise<ToldLie[]> {
  const teller = new Teller(seed, ledgers);
  const told: ToldLie[] = [];
  while (told.length < count) told.push(await teller.tell());
  return told;
}

/** A question of a ledger, its honest answer, and the goods whose histories a reader asks for. */
interface Occasion {
  ledger: SyntheticLedger;
  question: Question;
  seed: number;
  claim: TraceClaim | undefined;
  reached: readonly string[];
}

class Teller {
  readonly #seed: number;
  readonly #count: number;
  readonly #next: () => number;
  /** Drawn once each: by the number of the ledger and of the question. */
  readonly #ledgers = new Map<number, SyntheticLedger>();
  readonly #occasions = new Map<string, Occasion | undefined>();

  constructor(seed: number, ledgers: number) {
    this.#seed = seed;
    this.#count = ledgers;
    this.#next = random(seed);
  }

  /** Draws ledgers and questions until there is one that the drawn kind can lie about. */
  async tell(): Promise<ToldLie> {
    const omission = this.#pick(OMISSIONS) as Omission;
    for (let draw = 0; draw < MOST_DRAWS; draw++) {
      const occasion = await this.#draw();
      const told = occasion && (await this.#tellAbout(omission, occasion));
      if (told !== undefined) return told;
    }
    throw new Error(`no ledger has what "${omission.kind}" withholds`);
  }

  async #draw(): Promise<Occasion | undefined> {
    const seed = this.#seed + Math.floor(this.#next() * this.#count);
    const ledger = this.#ledgers.get(seed) ?? syntheticLedger(seed);
    this.#ledgers.set(seed, ledger);
    const question = this.#pick(questionsOf(ledger));
    if (question === undefined) return undefined;
    const name = `${seed} ${JSON.stringify(question)}`;
    if (!this.#occasions.has(name)) this.#occasions.set(name, await occasionOf(ledger, question, seed));
    return this.#occasions.get(name);
  }

  async #tellAbout({ kind, reader, lie }: Omission, { ledger, question, seed, claim, reached }: Occasion): Promise<ToldLie | undefined> {
    const isTrace = claim !== undefined;
    if (!isTrace && (kind.startsWith('trace') || reader === 'both')) return undefined;
    const honest = honestNode(ledger.newest, 'korea');
    const lying = lie({ ledger, honest, claim, reached, pick: (items) => this.#pick(items) });
    if (lying === undefined) return undefined;
    // Where only histories are asked for, another node shows what this one withholds: the answer is whole.
    const readers = reader === 'either' ? (isTrace && this.#next() < 0.5 ? 'both' : 'alone') : reader;
    const nodes = readers === 'both' ? [lying, honestNode(ledger.newest, 'qingdao')] : [lying];
    return { kind, seed, question, readers, checked: await check(question, nodes) };
  }

  #pick<Item>(items: readonly Item[]): Item | undefined {
    return items[Math.floor(this.#next() * items.length)];
  }
}

/** Undefined where something is sealed: then the honest answer is not VALID either. */
async function occasionOf(ledger: SyntheticLedger, question: Question, seed: number): Promise<Occasion | undefined> {
  const honest = honestNode(ledger.newest, 'korea');
  const asked = new Set<string>();
  const { answer, claim } = await check(question, [{ ...honest, subject: (id) => honest.subject(asked.add(id) && id) }]);
  return answer === 'VALID' ? { ledger, question, seed, claim, reached: [...asked] } : undefined;
}
