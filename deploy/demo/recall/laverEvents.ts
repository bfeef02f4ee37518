import type { JsonObject } from '../../../protocol/json/jsonValue.ts';
import type { DirectMailOrder } from './directMailOrders.ts';
import { aggregationEvent, at, inside, objectEvent, passing, pieces, sold, transaction } from './events.ts';
import { PARTY, PLACE } from './parties.ts';

/** The laver's lot, whose second test in Qingdao is bad. */
export const LAVER_LOT = 'https://id.gs1.org/01/09521001001021/10/HB260921B';
/** The pallet on which the bonded part of it travels. */
export const LAVER_PALLET = 'https://id.gs1.org/00/095210010000004015';

const MADE = 2_400;
const BONDED = 2_090;
const SAMPLED = 5;
const HANBADA = '9521001000000';
const INVOICE = { type: 'inv', bizTransaction: transaction(HANBADA, 'HB-INV-26-1102') };
const BONDED_CONSIGNMENT = { type: 'desadv', bizTransaction: transaction(HANBADA, 'HB-DA-26-1102') };
const REPORT = transaction('9521007000004', 'BT-26-1112');
const RECALL = { bizTransaction: transaction('9521014000004', '2026-17-R1') };
const RETURN = { type: 'rma', bizTransaction: transaction(HANBADA, 'HB-RMA-26-17') };
const RECALLED = { disposition: 'recalled', persistentDisposition: { set: ['recalled'] }, bizTransactionList: [RECALL] };

/** The bonded part as it travels: what is on the pallet, its packing says. */
const THE_PALLET = { epcList: [LAVER_PALLET] };
/** The bonded part as it stands: seen, not moved, so the lot may be named and its page tells it. */
const STANDING = { epcList: [LAVER_PALLET], quantityList: pieces(LAVER_LOT, BONDED) };

/** Hanbada makes the lot, sells 310 packs to households and 2,090 to Jiaowan. */
export function shipments(orders: readonly DirectMailOrder[]): JsonObject[] {
  return [
    objectEvent('ADD', at('2026-09-21', '10:10', 'KR'), {
      bizStep: 'commissioning',
      disposition: 'active',
      ...inside(PLACE.mokpoPlant),
      quantityList: pieces(LAVER_LOT, MADE),
      ilmd: {
        'cbvmda:lotNumber': 'HB260921B',
        'cbvmda:countryOfOrigin': 'KR',
        'gs1:productName': [
          { '@language': 'en', '@value': 'Roasted seasoned laver 12 x 4 g (DEMO)' },
          { '@language': 'ko', '@value': '조미김 12×4 g (DEMO)' },
          { '@language': 'zh', '@value': '调味海苔 12×4 克 (DEMO)' },
        ],
      },
    }),
    ...inTime(orders).map(shipOrder),
    aggregationEvent('ADD', at('2026-11-02', '14:05', 'KR'), {
      bizStep: 'packing',
      disposition: 'in_progress',
      ...inside(PLACE.mokpoPlant),
      parentID: LAVER_PALLET,
      childQuantityList: pieces(LAVER_LOT, BONDED),
    }),
    objectEvent('OBSERVE', at('2026-11-03', '09:30', 'KR'), {
      ...{ bizStep: 'shipping', disposition: 'in_transit' },
      ...passing(PLACE.mokpoPlant),
      ...THE_PALLET,
      ...sold(PARTY.hanbada, PARTY.jiaowan),
      bizTransactionList: [INVOICE, BONDED_CONSIGNMENT],
    }),
    objectEvent('OBSERVE', at('2026-11-03', '20:40', 'KR'), {
      ...{ bizStep: 'departing', disposition: 'in_transit' },
      ...passing(PLACE.mokpoPort),
      ...THE_PALLET,
    }),
  ];
}

/** Customs look through each day's parcels and let them pass, see the pallet arrive, and take samples. */
export function arrivals(orders: readonly DirectMailOrder[]): JsonObject[] {
  const days = [...new Set(orders.map(({ day }) => day))].sort();
  return [
    ...days.map((day) =>
      objectEvent('OBSERVE', at(next(day), '07:20', 'CN'), {
        ...{ bizStep: 'inspecting', disposition: 'in_transit' },
        ...passing(PLACE.qingdaoPort),
        quantityList: pieces(LAVER_LOT, packsOf(orders.filter((order) => order.day === day))),
        bizTransactionList: [parcelsOf(day)],
      }),
    ),
    objectEvent('OBSERVE', at('2026-11-05', '06:40', 'CN'), {
      ...{ bizStep: 'arriving', disposition: 'in_transit' },
      ...passing(PLACE.qingdaoPort),
      ...THE_PALLET,
      bizTransactionList: [BONDED_CONSIGNMENT],
    }),
    objectEvent('OBSERVE', at('2026-11-09', '10:15', 'CN'), {
      ...{ bizStep: 'sampling', disposition: 'in_progress' },
      ...inside(PLACE.bondedWarehouse),
      quantityList: pieces(LAVER_LOT, SAMPLED),
    }),
  ];
}

/** Jiaowan takes the pallet in. */
export function entry(): JsonObject[] {
  return [
    objectEvent('OBSERVE', at('2026-11-05', '15:20', 'CN'), {
      ...{ bizStep: 'receiving', disposition: 'in_progress' },
      ...inside(PLACE.bondedWarehouse),
      ...THE_PALLET,
      ...sold(PARTY.hanbada, PARTY.jiaowan),
      bizTransactionList: [INVOICE, BONDED_CONSIGNMENT],
    }),
    objectEvent('OBSERVE', at('2026-11-05', '16:30', 'CN'), {
      ...{ bizStep: 'storing', disposition: 'sellable_not_accessible' },
      ...inside(PLACE.bondedWarehouse),
      ...STANDING,
    }),
  ];
}

/** The laboratory finds a plate count above M. */
export function inspection(): JsonObject[] {
  return [
    objectEvent('OBSERVE', at('2026-11-12', '16:00', 'CN'), {
      ...{ bizStep: 'inspecting', disposition: 'non_conformant' },
      ...inside(PLACE.beihaiLaboratory),
      quantityList: pieces(LAVER_LOT, SAMPLED),
      certificationInfo: REPORT,
      bizTransactionList: [{ type: 'testres', bizTransaction: REPORT }],
    }),
  ];
}

/** Jiaowan sets the pallet aside, by order of the authority. */
export function holding(): JsonObject[] {
  return [
    objectEvent('OBSERVE', at('2026-11-12', '16:45', 'CN'), {
      ...{ bizStep: 'holding', disposition: 'non_sellable_other' },
      ...inside(PLACE.bondedWarehouse),
      ...STANDING,
    }),
  ];
}

/** From 18:05 on the pallet is recalled where it stands. */
export function recallOfStock(): JsonObject[] {
  return [
    objectEvent('OBSERVE', at('2026-11-12', '18:20', 'CN'), {
      bizStep: 'holding',
      ...inside(PLACE.bondedWarehouse),
      ...STANDING,
      ...RECALLED,
    }),
  ];
}

/** Hanbada calls back what it sold to households: where the packs are, it does not say. */
export function recallOfSales(orders: readonly DirectMailOrder[]): JsonObject[] {
  return [objectEvent('OBSERVE', at('2026-11-12', '19:30', 'KR'), { quantityList: pieces(LAVER_LOT, packsOf(orders)), ...RECALLED })];
}

/** Jiaowan receives, order by order, what comes back. */
export function returns(orders: readonly DirectMailOrder[]): JsonObject[] {
  const back = orders.filter(({ returned }) => returned > 0).map((order) => ({ ...order, day: order.returnedOn }));
  return inTime(back).map(({ token, day, time, returned }) =>
    objectEvent('OBSERVE', at(day, time, 'CN'), {
      ...{ bizStep: 'receiving', disposition: 'returned' },
      ...inside(PLACE.returnsWarehouse),
      quantityList: pieces(LAVER_LOT, returned),
      sourceList: [{ type: 'owning_party', source: token }],
      destinationList: [
        { type: 'owning_party', destination: PARTY.hanbada },
        { type: 'possessing_party', destination: PARTY.jiaowan },
      ],
      bizTransactionList: [{ type: 'po', bizTransaction: token }, RETURN],
    }),
  );
}

/** Jiaowan destroys the bonded packs, then those that came back, under the eyes of customs. */
export function destruction(orders: readonly DirectMailOrder[]): JsonObject[] {
  const back = orders.reduce((sum, { returned }) => sum + returned, 0);
  const destroyed = (day: string, time: string, place: string, quantity: number, certificate: string) =>
    objectEvent('DELETE', at(day, time, 'CN'), {
      ...{ bizStep: 'destroying', disposition: 'destroyed' },
      ...passing(place),
      quantityList: pieces(LAVER_LOT, quantity),
      bizTransactionList: [{ type: 'cert', bizTransaction: transaction('9521009000002', certificate) }, RECALL],
    });
  return [
    aggregationEvent('DELETE', at('2026-11-19', '09:10', 'CN'), {
      ...{ bizStep: 'unpacking', disposition: 'recalled' },
      ...inside(PLACE.bondedWarehouse),
      parentID: LAVER_PALLET,
      childQuantityList: pieces(LAVER_LOT, BONDED),
    }),
    destroyed('2026-11-19', '14:00', PLACE.bondedWarehouse, BONDED, 'DESTR-26-1119'),
    destroyed('2026-11-20', '17:30', PLACE.returnsWarehouse, back, 'DESTR-26-1120'),
  ];
}

function shipOrder({ token, day, time, packs }: DirectMailOrder & { time: string }): JsonObject {
  return objectEvent('OBSERVE', at(day, time, 'KR'), {
    ...{ bizStep: 'shipping', disposition: 'in_transit' },
    ...passing(PLACE.mokpoPlant),
    quantityList: pieces(LAVER_LOT, packs),
    ...sold(PARTY.hanbada, token),
    bizTransactionList: [{ type: 'po', bizTransaction: token }, parcelsOf(day)],
  });
}

/** A day's parcels travel as one consignment. */
function parcelsOf(day: string): JsonObject {
  return { type: 'desadv', bizTransaction: transaction(HANBADA, `HB-DM-${day.slice(2).replaceAll('-', '')}`) };
}

function packsOf(orders: readonly DirectMailOrder[]): number {
  return orders.reduce((sum, { packs }) => sum + packs, 0);
}

/** Orders by day, those of one day two minutes after one another. */
function inTime<Order extends { day: string }>(orders: readonly Order[]): (Order & { time: string })[] {
  const sorted = [...orders].sort((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)));
  let [day, minutes] = ['', 0];
  return sorted.map((order) => {
    minutes = order.day === day ? minutes + 2 : 10 * 60;
    day = order.day;
    return { ...order, time: `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}` };
  });
}

function next(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
