import type { JsonObject } from '../../../protocol/json/jsonValue.ts';
import { aggregationEvent, at, inside, objectEvent, passing, pieces, sold, transaction } from './events.ts';
import { PARTY, PLACE } from './parties.ts';

/** The kimchi's lot of the mirror: made in Pingdu, found bad in Busan. */
export const KIMCHI_LOT = 'https://id.gs1.org/01/09521003003023/10/LW261109K';

const PALLETS = ['https://id.gs1.org/00/095210030000004013', 'https://id.gs1.org/00/095210030000004020'];
const BOXES = 180;
const A_PALLET = BOXES / PALLETS.length;
const CONSIGNMENT = { type: 'desadv', bizTransaction: transaction('9521003000008', 'LW-DA-26-1113') };
const REPORT = transaction('9521013000005', 'FS-26-1120');
const THE_PALLETS = { epcList: [...PALLETS] };

/** Laowan makes the lot and sells it to Haeun. */
export function kimchiShipment(): JsonObject[] {
  return [
    objectEvent('ADD', at('2026-11-09', '08:00', 'CN'), {
      bizStep: 'commissioning',
      disposition: 'active',
      ...inside(PLACE.pingduPlant),
      quantityList: pieces(KIMCHI_LOT, BOXES),
      ilmd: {
        'cbvmda:lotNumber': 'LW261109K',
        'cbvmda:countryOfOrigin': 'CN',
        'gs1:productName': [
          { '@language': 'en', '@value': 'Cabbage kimchi 10 kg (DEMO)' },
          { '@language': 'ko', '@value': '배추김치 10 kg (DEMO)' },
          { '@language': 'zh', '@value': '辣白菜 10 千克 (DEMO)' },
        ],
      },
    }),
    ...PALLETS.map((pallet, index) =>
      aggregationEvent('ADD', at('2026-11-12', `15:${index}5`, 'CN'), {
        ...{ bizStep: 'packing', disposition: 'in_progress' },
        ...inside(PLACE.pingduPlant),
        parentID: pallet,
        childQuantityList: pieces(KIMCHI_LOT, A_PALLET),
      }),
    ),
    objectEvent('OBSERVE', at('2026-11-13', '03:10', 'CN'), {
      ...{ bizStep: 'shipping', disposition: 'in_transit' },
      ...passing(PLACE.pingduPlant),
      ...THE_PALLETS,
      ...sold(PARTY.laowan, PARTY.haeun),
      bizTransactionList: [CONSIGNMENT],
    }),
    objectEvent('OBSERVE', at('2026-11-13', '19:50', 'CN'), {
      ...{ bizStep: 'departing', disposition: 'in_transit' },
      ...passing(PLACE.qingdaoPort),
      ...THE_PALLETS,
    }),
  ];
}

/** Haeun takes it in. */
export function kimchiEntry(): JsonObject[] {
  return [
    objectEvent('OBSERVE', at('2026-11-15', '07:40', 'KR'), {
      ...{ bizStep: 'arriving', disposition: 'in_transit' },
      ...passing(PLACE.busanPort),
      ...THE_PALLETS,
    }),
    objectEvent('OBSERVE', at('2026-11-16', '15:30', 'KR'), {
      ...{ bizStep: 'receiving', disposition: 'in_progress' },
      ...inside(PLACE.busanColdStore),
      ...THE_PALLETS,
      ...sold(PARTY.laowan, PARTY.haeun),
      bizTransactionList: [CONSIGNMENT],
    }),
  ];
}

/** The authority of Korea finds Yersinia enterocolitica in one of five boxes. */
export function kimchiInspection(): JsonObject[] {
  return [
    objectEvent('OBSERVE', at('2026-11-17', '10:00', 'KR'), {
      ...{ bizStep: 'sampling', disposition: 'in_progress' },
      ...inside(PLACE.busanColdStore),
      quantityList: pieces(KIMCHI_LOT, 5),
    }),
    objectEvent('OBSERVE', at('2026-11-20', '11:30', 'KR'), {
      ...{ bizStep: 'inspecting', disposition: 'non_conformant' },
      ...inside(PLACE.busanColdStore),
      quantityList: pieces(KIMCHI_LOT, 5),
      certificationInfo: REPORT,
      bizTransactionList: [{ type: 'testres', bizTransaction: REPORT }],
    }),
  ];
}

/** Haeun sets it aside: none was sold. */
export function kimchiHolding(): JsonObject[] {
  return [
    objectEvent('OBSERVE', at('2026-11-20', '13:00', 'KR'), {
      ...{ bizStep: 'holding', disposition: 'non_sellable_other' },
      ...inside(PLACE.busanColdStore),
      ...THE_PALLETS,
      quantityList: pieces(KIMCHI_LOT, BOXES),
    }),
  ];
}
