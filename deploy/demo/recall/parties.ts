/** Parties of the recall and their places: fictional, under the GS1 prefix 952 (deploy/demo/members.json has their names). */
export const PARTY = {
  hanbada: 'https://id.gs1.org/417/9521001000000',
  jiaowan: 'https://id.gs1.org/417/9521005000006',
  laowan: 'https://id.gs1.org/417/9521003000008',
  haeun: 'https://id.gs1.org/417/9521004000007',
} as const;

/** Locations of readers and goods. */
export const PLACE = {
  mokpoPlant: 'https://id.gs1.org/414/9521001000017',
  bondedWarehouse: 'https://id.gs1.org/414/9521005000013',
  returnsWarehouse: 'https://id.gs1.org/414/9521005000020',
  beihaiLaboratory: 'https://id.gs1.org/414/9521007000011',
  pingduPlant: 'https://id.gs1.org/414/9521003000015',
  busanColdStore: 'https://id.gs1.org/414/9521004000014',
  mokpoPort: 'https://vocabulary.uncefact.org/unlocode#KRMOK',
  qingdaoPort: 'https://vocabulary.uncefact.org/unlocode#CNQDG',
  busanPort: 'https://vocabulary.uncefact.org/unlocode#KRPUS',
} as const;
