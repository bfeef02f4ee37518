/** The ledger's own kind among the contracts whose logs are taken: no companion has it (contracts/Companions.sol). */
const LEDGER_KIND = 0;

/** A contract beside the ledger, and the event that added it. */
export interface Companion {
  /** 20 bytes. */
  readonly address: Buffer;
  /** Code of `COMPANION_KIND`, or a later one. */
  readonly kind: number;
  readonly block: number;
  readonly logIndex: number;
}

/** Whose logs are taken: the ledger's, and those of each contract beside it from its addition on. Named by the ledger's own events alone. */
export class Emitters {
  readonly #ledger: Buffer;
  readonly #companions: Companion[];
  readonly #kinds = new Map<string, number>();
  /** Asked for last: most logs are of the same contract as the one before, and share its address's memory. */
  #last: { readonly address: Buffer; readonly kind: number } | undefined;

  /** @param ledger 20 bytes */
  constructor(ledger: Buffer, companions: readonly Companion[] = []) {
    this.#ledger = ledger;
    this.#companions = [...companions];
    for (const { address, kind } of companions) this.#kinds.set(keyOf(address), kind);
    this.#kinds.set(keyOf(ledger), LEDGER_KIND);
  }

  /** Kind of the contract at an address, 0: the ledger; undefined where its logs are not taken. */
  kindOf(address: Buffer): number | undefined {
    if (address === this.#last?.address) return this.#last.kind;
    const kind = this.#kinds.get(keyOf(address));
    this.#last = kind === undefined ? undefined : { address, kind };
    return kind;
  }

  /** Takes a contract's logs from now on. One that is known stays as it is: only its pauses changed. */
  add(companion: Companion): void {
    if (this.kindOf(companion.address) !== undefined) return;
    this.#kinds.set(keyOf(companion.address), companion.kind);
    this.#companions.push(companion);
  }

  /** Contracts beside the ledger, in the order of their addition. */
  get companions(): readonly Companion[] {
    return this.#companions;
  }

  /** All addresses whose logs are taken, in the form of JSON-RPC: the ledger's first. */
  get addresses(): [ledger: string, ...companions: string[]] {
    return [hexOf(this.#ledger), ...this.#companions.map(({ address }) => hexOf(address))];
  }
}

function keyOf(address: Buffer): string {
  return address.toString('latin1');
}

function hexOf(address: Buffer): string {
  return `0x${address.toString('hex')}`;
}
