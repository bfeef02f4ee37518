import type { Names, Place } from './view.ts';

/** Ports and cities of the two shores, for names and for the map: WGS 84 degrees. */
export interface KnownPlace {
  names: Names;
  latitude: number;
  longitude: number;
}

const QINGDAO_PORT: KnownPlace = { names: { zh: '青岛港', ko: '칭다오항', en: 'Qingdao port' }, latitude: 36.01, longitude: 120.22 };

// CNTAO and CNQDG are named for the same port by different carriers.
const BY_LOCODE: Readonly<Record<string, KnownPlace>> = {
  KRPUS: { names: { zh: '釜山港', ko: '부산항', en: 'Busan port' }, latitude: 35.1, longitude: 129.04 },
  KRINC: { names: { zh: '仁川港', ko: '인천항', en: 'Incheon port' }, latitude: 37.45, longitude: 126.6 },
  KRMOK: { names: { zh: '木浦港', ko: '목포항', en: 'Mokpo port' }, latitude: 34.78, longitude: 126.38 },
  KRPTK: { names: { zh: '平泽港', ko: '평택항', en: 'Pyeongtaek port' }, latitude: 36.97, longitude: 126.83 },
  CNQDG: QINGDAO_PORT,
  CNTAO: QINGDAO_PORT,
  CNQIN: { names: { zh: '青岛', ko: '칭다오', en: 'Qingdao' }, latitude: 36.07, longitude: 120.38 },
  CNWEI: { names: { zh: '威海港', ko: '웨이하이항', en: 'Weihai port' }, latitude: 37.5, longitude: 122.12 },
  CNYNT: { names: { zh: '烟台港', ko: '옌타이항', en: 'Yantai port' }, latitude: 37.54, longitude: 121.39 },
};

const BY_CITY: Readonly<Record<string, KnownPlace>> = {
  Wando: { names: { zh: '莞岛', ko: '완도', en: 'Wando' }, latitude: 34.31, longitude: 126.75 },
  Mokpo: { names: { zh: '木浦', ko: '목포', en: 'Mokpo' }, latitude: 34.81, longitude: 126.39 },
  Busan: { names: { zh: '釜山', ko: '부산', en: 'Busan' }, latitude: 35.18, longitude: 129.08 },
  Incheon: { names: { zh: '仁川', ko: '인천', en: 'Incheon' }, latitude: 37.46, longitude: 126.7 },
  Seoul: { names: { zh: '首尔', ko: '서울', en: 'Seoul' }, latitude: 37.57, longitude: 126.98 },
  Pingdu: { names: { zh: '青岛平度', ko: '칭다오 핑두', en: 'Pingdu, Qingdao' }, latitude: 36.78, longitude: 119.96 },
  Qingdao: { names: { zh: '青岛', ko: '칭다오', en: 'Qingdao' }, latitude: 36.07, longitude: 120.38 },
};

/** What is known of a place, or undefined where neither its code nor its city is in the tables. */
export function knownPlace(place: Place): KnownPlace | undefined {
  if (place.locode !== undefined && Object.hasOwn(BY_LOCODE, place.locode)) return BY_LOCODE[place.locode];
  const city = place.registered?.split(',')[0]?.trim();
  return city !== undefined && Object.hasOwn(BY_CITY, city) ? BY_CITY[city] : undefined;
}
