import type { Wallet } from 'ethers';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import type { ShoreName } from '../../../protocol/ledger/codes.ts';
import { ROLE } from '../../../protocol/ledger/codes.ts';
import type { Act } from '../../../sdk/govern/councilCalls.ts';
import type { Random } from '../../indexer/support/random.ts';
import { accountOf, type Call, DELAY, proposalAt, signApproval } from '../../ledger/support/newCouncils.ts';
import { anyAddress, type Deed, type Deeds, deedsAgainst } from './deeds.ts';
import { accountAt, type Known, ROLES, type Scene, type Seen } from './scene.ts';

/** Takes what is sent; nothing is answered, as every call is tried whether it can succeed or not. */
export interface Sending {
  send(from: string, call: Call, note: string): void;
  /** Lets time pass, after what was sent. */
  pass(seconds: number): Promise<void>;
  now(): number;
}

const COUNCILS = ['CN', 'KR', 'BOTH'] as const;
const DAY = 86_400;
const MOST_KNOWN = 60;

/**
 * Attacks a shore: with some keys of its officials, all keys of the other shore's, an account of every role on both shores, and an account that is nobody's. It
 * knows all acts, and the signatures of all officials, that were ever published.
 */
export class Attacker {
  readonly #scene: Scene;
  readonly #shore: ShoreName;
  readonly #other: ShoreName;
  readonly #random: Random;
  readonly #sending: Sending;
  readonly #against: Deeds;
  readonly #atHome: Deeds;
  /** Keys of the attacked shore's council. */
  readonly #seats: readonly Wallet[];
  /** Keys of the other shore's council. */
  readonly #own: readonly Wallet[];
  readonly #outsiders: readonly Wallet[];
  readonly #known: Known[];
  readonly #signatures: readonly Seen[];
  /** How often it called each function, by name of contract and function. */
  readonly tried = new Map<string, number>();
  #salt = 0;

  constructor(scene: Scene, { shore, keys }: { shore: ShoreName; keys: number }, random: Random, sending: Sending) {
    const { world } = scene;
    [this.#scene, this.#shore, this.#random, this.#sending] = [scene, shore, random, sending];
    this.#other = shore === 'CN' ? 'KR' : 'CN';
    [this.#against, this.#atHome] = [deedsAgainst(world, shore), deedsAgainst(world, this.#other)];
    this.#seats = world.officials[shore].slice(0, keys);
    this.#own = world.officials[this.#other];
    const members = (['CN', 'KR'] as const).flatMap((of) => ROLES.map((role) => accountAt(of, role)));
    this.#outsiders = [...members, accountOf('intruder')];
    this.#known = [...scene.acts.CN, ...scene.acts.KR];
    this.#signatures = [...scene.signatures.CN, ...scene.signatures.KR];
  }

  /** Names of all privileged functions that it tries against the shore. */
  get names(): readonly string[] {
    return this.#against.names;
  }

  /** All addresses whose keys it has. */
  get accounts(): readonly Wallet[] {
    return [...this.#seats, ...this.#own, ...this.#outsiders];
  }

  /** One sequence of actions. */
  async attack(): Promise<void> {
    const actions = [
      ...[this.#callDirectly, this.#callDirectly, this.#propose, this.#approve, this.#withdraw, this.#execute, this.#executeOther],
      ...[this.#present, this.#forge, this.#wait, this.#decideAlone, this.#decideAtHome, this.#speakForBoth, this.#write],
    ];
    for (let left = 4 + this.#random.below(9); left > 0; left--) await this.#random.of(actions).call(this);
  }

  /** A privileged function, called by somebody who may not. */
  #callDirectly(): void {
    const deed = this.#deed();
    this.#send(this.#random.of(this.accounts), deed, `${deed.name} directly`);
  }

  #propose(): void {
    const council = this.#random.of(COUNCILS);
    this.#know(council, this.#deed(), this.#somebodyAt(council));
  }

  #approve(): void {
    const { council, act } = this.#random.of(this.#known);
    this.#say(this.#somebodyAt(council), council, 'approve', [this.#proposal(council, act)]);
  }

  #withdraw(): void {
    const { council, act } = this.#random.of(this.#known);
    this.#say(this.#somebodyAt(council), council, 'withdrawApproval', [this.#proposal(council, act)]);
  }

  #execute(): void {
    const { council, act } = this.#random.of(this.#known);
    this.#say(this.#random.of(this.accounts), council, 'execute', [act]);
  }

  /** An act that was approved, but with something else in it, or in another council. */
  #executeOther(): void {
    const { council, act } = this.#random.of(this.#known);
    const deed = this.#deed();
    const changed = this.#random.of<Act>([
      { ...act, target: deed.to },
      { ...act, data: deed.data },
      { target: deed.to, data: deed.data, salt: act.salt, expiresAt: act.expiresAt },
      { ...act, expiresAt: act.expiresAt + 1 + this.#random.below(DAY) },
      { ...act, salt: this.#random.hex(32) },
    ]);
    const at = this.#random.chance(0.8) ? council : this.#random.of(COUNCILS);
    this.#say(this.#random.of(this.accounts), at, 'execute', [this.#random.chance(0.8) ? changed : act]);
  }

  /** An official's signature again, or changed, or for another act or seat or council. */
  #present(): void {
    const seen = this.#random.of(this.#signatures);
    const other = this.#random.of(this.#known);
    const council = this.#random.chance(0.8) ? seen.council : this.#random.of(COUNCILS);
    const proposal = this.#random.chance(0.6) ? seen.proposal : this.#proposal(other.council, other.act);
    const seat = this.#random.chance(0.8) ? seen.seat : this.#random.of(this.accounts).address;
    const deadline = this.#random.chance(0.7) ? seen.deadline : this.#sending.now() + this.#random.below(DAY);
    this.#say(this.#random.of(this.accounts), council, 'approveBySignature', [proposal, seat, deadline, this.#mangled(seen.signature)]);
  }

  /** A signature by a key that the attacker has, in the name of any official. */
  async #forge(): Promise<void> {
    const { world } = this.#scene;
    const { council, act } = this.#random.of(this.#known);
    const proposal = this.#proposal(council, act);
    const deadline = this.#sending.now() + DAY;
    const signer = this.#random.of(this.accounts);
    const signature = await signApproval(signer, { chainId: world.chainId, council: world.places[council] }, proposal, deadline);
    const seat = this.#random.chance(0.5) ? signer : this.#random.of(world.officials[this.#random.of([this.#shore, this.#other])]);
    this.#say(this.#random.of(this.accounts), council, 'approveBySignature', [proposal, seat.address, deadline, signature]);
  }

  async #wait(): Promise<void> {
    await this.#sending.pass(this.#random.of([1, 3_600, DAY, DELAY - 1, DELAY, 10 * DAY]));
  }

  /** Everything that the stolen keys can do in the attacked shore's council. */
  async #decideAlone(): Promise<void> {
    await this.#decide(this.#shore, this.#seats, this.#deed());
  }

  /** An act of the other shore's council, against the attacked one or in the council of both. */
  async #decideAtHome(): Promise<void> {
    await this.#decide(this.#other, this.#own, this.#deed());
  }

  /** The other shore's council proposes an act of both, the stolen keys try to have the attacked shore's approve it. */
  async #speakForBoth(): Promise<void> {
    const { world } = this.#scene;
    const deed = this.#deed();
    const act = this.#actOf(deed);
    this.#keep({ council: 'BOTH', act });
    await this.#decide(this.#other, this.#own, { ...world.call('BOTH', 'propose', [act]), name: `BOTH.propose of ${deed.name}` });
    const approval = world.call('BOTH', 'approve', [this.#proposal('BOTH', act)]);
    await this.#decide(this.#shore, this.#seats, { ...approval, name: `BOTH.approve of ${deed.name}` });
    await this.#sending.pass(DELAY);
    this.#say(this.#random.of(this.accounts), 'BOTH', 'execute', [act]);
  }

  /** What members write every day. */
  #write(): void {
    const { world } = this.#scene;
    const [shore, lot] = [this.#random.of(['CN', 'KR'] as const), this.#random.hex(32)];
    const customs = accountAt(shore, ROLE.CUSTOMS);
    this.#send(customs, world.call('clearance', this.#random.of(['hold', 'lift']), [lot, 1]), 'clearance.hold or lift');
    this.#send(customs, world.call('registry', 'file', [lot, 1, this.#random.hex(32)]), 'registry.file');
  }

  async #decide(council: ShoreName, seats: readonly Wallet[], deed: Call & { readonly name: string }): Promise<void> {
    const act = this.#know(council, deed, seats[0] ?? accountOf('intruder'));
    for (const seat of seats.slice(1)) this.#say(seat, council, 'approve', [this.#proposal(council, act)]);
    if (this.#random.chance(0.7)) await this.#sending.pass(DELAY);
    this.#say(this.#random.of(this.accounts), council, 'execute', [act]);
  }

  #know(council: ShoreName | 'BOTH', deed: Call & { readonly name: string }, by: Wallet): Act {
    const act = this.#actOf(deed);
    this.#keep({ council, act });
    this.#say(by, council, 'propose', [act], ` of ${deed.name}`);
    return act;
  }

  #keep(known: Known): void {
    this.#known.push(known);
    if (this.#known.length > MOST_KNOWN) this.#known.splice(this.#random.below(this.#known.length), 1);
  }

  /** Mostly against the attacked shore; the other may have its own done. */
  #deed(): Deed {
    return (this.#random.chance(0.85) ? this.#against : this.#atHome).draw(this.#random);
  }

  #actOf({ to, data }: Call): Act {
    const target = this.#random.chance(0.95) ? to : anyAddress(this.#random);
    const expiresAt = this.#sending.now() + (this.#random.chance(0.9) ? 100 * DAY : this.#random.below(3 * DAY));
    return { target, data, salt: `0x${(++this.#salt).toString(16).padStart(64, '0')}`, expiresAt };
  }

  /** Mostly somebody who has a seat there. */
  #somebodyAt(council: ShoreName | 'BOTH'): Wallet {
    const seats = council === this.#shore ? this.#seats : council === this.#other ? this.#own : [];
    return seats.length > 0 && this.#random.chance(0.85) ? this.#random.of(seats) : this.#random.of(this.accounts);
  }

  #proposal(council: ShoreName | 'BOTH', act: Act): Hex {
    return proposalAt(this.#scene.world, council, act);
  }

  #mangled(signature: Hex): Hex {
    if (this.#random.chance(0.5)) return signature;
    const bytes = Buffer.from(signature.slice(2), 'hex');
    const at = this.#random.below(bytes.length);
    bytes[at] = (bytes[at] as number) ^ (1 << this.#random.below(8));
    const length = this.#random.chance(0.7) ? bytes.length : this.#random.below(bytes.length + 1);
    return `0x${bytes.subarray(0, length).toString('hex')}`;
  }

  #say(by: Wallet, council: ShoreName | 'BOTH', name: string, args: readonly unknown[], about = ''): void {
    this.#send(by, this.#scene.world.call(council, name, args), `${council}.${name}${about}`);
  }

  #send(by: Wallet, call: Call, note: string): void {
    const name = note.split(' ')[0] as string;
    this.tried.set(name, (this.tried.get(name) ?? 0) + 1);
    this.#sending.send(by.address, call, note);
  }
}
