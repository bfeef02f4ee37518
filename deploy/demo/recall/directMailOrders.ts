/** One order of the direct mail: a household's, of which nothing is known here but a token. */
export interface DirectMailOrder {
  /** `urn:uuid:…`. The shop knows whose it is, and nobody else; it is drawn at random, so nothing can be guessed from it. */
  token: string;
  /** Day on which it left the plant. */
  day: string;
  packs: number;
  /** Packs that came back after the recall, and the day on which they did; none: the order is open. */
  returned: number;
  returnedOn: string;
}

const FIRST_DAY = Date.UTC(2026, 9, 20);
const DAYS = 17;
const ORDERS = 287;
const PACKS = 310;
const MOST_PACKS = 3;
const FIRST_RETURN = Date.UTC(2026, 10, 13);
const RETURN_DAYS = 8;
const RETURNED = 264;
const DAY_MS = 86_400_000;

/**
 * The 287 orders over 310 packs, shipped from 2026-10-20 to 2026-11-05, of which 264 packs are back by 2026-11-20: 46 stay open. One household sends back only a
 * part of its packs, as households do. Pure: the same seed is the same orders, so a second start writes the same events.
 */
export function directMailOrders(seed: number): DirectMailOrder[] {
  const random = generator(seed);
  const below = (limit: number) => random() % limit;
  const orders = Array.from({ length: ORDERS }, () => ({
    token: `urn:uuid:${uuid(random)}`,
    packs: 1,
    day: dayFrom(FIRST_DAY, below(DAYS)),
  }));
  for (let more = PACKS - ORDERS; more > 0; ) {
    const order = orders[below(ORDERS)] as (typeof orders)[number];
    if (order.packs === MOST_PACKS) continue;
    order.packs += 1;
    more -= 1;
  }
  const back = returnsOf(orders, below);
  return orders.map((order, index) => ({
    ...order,
    returned: back[index] as number,
    returnedOn: dayFrom(FIRST_RETURN, below(RETURN_DAYS)),
  }));
}

/** How many packs of each order come back: of one with several all but one, of others all, until the sum is reached. */
function returnsOf(orders: readonly { packs: number }[], below: (limit: number) => number): number[] {
  const back = orders.map(() => 0);
  const partial = orders.findIndex(({ packs }) => packs > 1);
  back[partial] = (orders[partial] as { packs: number }).packs - 1;
  const others = orders.map((_, index) => index).filter((index) => index !== partial);
  for (let left = RETURNED - (back[partial] as number); left > 0; ) {
    const [index] = others.splice(below(others.length), 1) as [number];
    const { packs } = orders[index] as { packs: number };
    // The last one must fit: an order that is too large for what is left stays open.
    if (packs > left) continue;
    back[index] = packs;
    left -= packs;
  }
  return back;
}

function dayFrom(first: number, days: number): string {
  return new Date(first + days * DAY_MS).toISOString().slice(0, 10);
}

/** RFC 9562 section 5.4, from 16 bytes of the generator. */
function uuid(random: () => number): string {
  const hex = Array.from({ length: 4 }, () => random().toString(16).padStart(8, '0')).join('');
  const variant = '89ab'[random() % 4];
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, variant + hex.slice(17, 20), hex.slice(20)].join('-');
}

/** Whole numbers below 2^32 (mulberry32): even enough for a demo, and never used where a guess would matter. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
