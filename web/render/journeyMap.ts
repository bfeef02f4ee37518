import { type Markup, tag } from './markup.ts';
import type { PageWords } from './pageWords.ts';
import { type KnownPlace, knownPlace } from './places.ts';
import type { Language } from './view.ts';

/** A small map of the Yellow Sea, drawn from our own few coordinates: no tiles, no other server. Longitude and latitude in degrees. */

type Point = readonly [longitude: number, latitude: number];

const WEST = 117.6;
const NORTH = 39.1;
const SCALE = 30;
// At 36 degrees north a degree of longitude is 0.809 of a degree of latitude.
const NARROWING = 0.809;
const WIDTH = 360;
const HEIGHT = 180;

// Coasts, simplified by hand to what can be seen at this size.
const LAND: readonly (readonly Point[])[] = [
  // Shandong and Jiangsu
  [
    [117, 32.9],
    [120.7, 32.9],
    [120.3, 34.2],
    [119.3, 34.8],
    [119.5, 35.35],
    [120.2, 35.9],
    [120.1, 36.15],
    [120.4, 36.05],
    [120.9, 36.45],
    [121.6, 36.75],
    [122.4, 36.85],
    [122.7, 37.35],
    [122.1, 37.55],
    [121.4, 37.55],
    [120.75, 37.83],
    [120.1, 37.4],
    [119.5, 37.12],
    [118.95, 37.3],
    [119.2, 37.75],
    [118.2, 38.1],
    [117.6, 38.6],
    [117, 38.7],
  ],
  // Liaodong
  [
    [121.2, 39.3],
    [121.1, 38.75],
    [121.7, 38.9],
    [122.4, 39.3],
  ],
  // Korea
  [
    [124.9, 39.3],
    [125.2, 38.7],
    [124.75, 38.1],
    [125.6, 37.75],
    [126.5, 37.7],
    [126.75, 37.1],
    [126.2, 36.75],
    [126.55, 36.25],
    [126.5, 35.5],
    [126.3, 34.9],
    [126.5, 34.35],
    [126.95, 34.45],
    [127.4, 34.6],
    [127.8, 34.7],
    [128.4, 34.8],
    [128.75, 34.85],
    [128.8, 35.07],
    [129.1, 35.1],
    [129.4, 35.5],
    [129.5, 36.05],
    [129.4, 37.05],
    [128.8, 37.95],
    [128.3, 38.6],
    [127.6, 39.3],
  ],
  // Jeju
  [
    [126.15, 33.3],
    [126.4, 33.5],
    [126.8, 33.57],
    [126.95, 33.45],
    [126.6, 33.25],
  ],
  // Tsushima
  [
    [129.2, 34.1],
    [129.3, 34.65],
    [129.48, 34.65],
    [129.35, 34.15],
  ],
  // Kyushu
  [
    [129.6, 32.9],
    [129.7, 33.3],
    [130.4, 33.65],
    [130.9, 33.95],
    [132, 33.8],
    [132, 32.9],
  ],
];

// Ships go round capes: way points between a Korean port and the open Yellow Sea, seen from the port.
const SEA_LANES: Readonly<Record<string, readonly Point[]>> = {
  KRPUS: [
    [128.7, 34.5],
    [127.4, 34.05],
    [126.1, 33.85],
    [124.9, 34.3],
  ],
  KRINC: [
    [125.8, 37.15],
    [123.1, 36.55],
  ],
  KRPTK: [
    [126, 36.85],
    [123.1, 36.55],
  ],
  KRMOK: [[125.8, 34.6]],
};

interface Stop {
  place: KnownPlace;
  locode: string | undefined;
}

/** The map with the stops of the journey, or nothing where fewer than two of them are known. */
export function journeyMap({ view, texts, language }: PageWords): Markup {
  const steps = [...view.journey.filter(({ declared }) => declared !== true), ...view.meanwhile];
  const stops = stopsOf(steps.sort((a, b) => Date.parse(a.time) - Date.parse(b.time)).map((step) => step.place));
  const places = [...new Map(stops.map((stop) => [stop.place.names.en, stop.place])).values()];
  if (places.length < 2) return undefined;
  return tag(
    'svg',
    { class: 'map', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': texts.journey.map, focusable: 'false' },
    tag('rect', { class: 'map__sea', width: WIDTH, height: HEIGHT }),
    ...LAND.map((coast) => tag('path', { class: 'map__land', d: `${line(coast)}Z` })),
    tag('path', { class: 'map__route', d: routeOf(stops) }),
    ...places.map((place, index) => dot(place, index, places, language)),
  );
}

function stopsOf(places: readonly (Parameters<typeof knownPlace>[0] | undefined)[]): Stop[] {
  const stops: Stop[] = [];
  for (const place of places) {
    const known = place === undefined ? undefined : knownPlace(place);
    if (known !== undefined && known !== stops.at(-1)?.place) stops.push({ place: known, locode: place?.locode });
  }
  return stops;
}

function routeOf(stops: readonly Stop[]): string {
  const points = stops.flatMap((stop, index) => {
    const before = stops[index - 1];
    return [...(before === undefined ? [] : crossing(before, stop)), pointOf(stop.place)];
  });
  return line(points);
}

/** Way points of a leg that changes shores. */
function crossing(from: Stop, to: Stop): readonly Point[] {
  if (isKorean(from) === isKorean(to)) return [];
  const lane = SEA_LANES[(isKorean(from) ? from : to).locode ?? ''] ?? [];
  return isKorean(from) ? lane : lane.toReversed();
}

function isKorean(stop: Stop): boolean {
  return stop.place.longitude > 124;
}

function pointOf(place: KnownPlace): Point {
  return [place.longitude, place.latitude];
}

function line(points: readonly Point[]): string {
  return points.map((point, index) => `${index === 0 ? 'M' : 'L'}${x(point)} ${y(point)}`).join('');
}

function dot(place: KnownPlace, index: number, all: readonly KnownPlace[], language: Language): Markup {
  const point = pointOf(place);
  const crowded = all.slice(0, index).some((other) => isNear(place, other));
  const leftward = place.longitude > 128;
  return [
    tag('circle', { class: index === 0 ? 'map__dot map__dot--first' : 'map__dot', cx: x(point), cy: y(point), r: 4.5 }),
    // Of places that lie together only the first is named; the list names all.
    crowded
      ? undefined
      : tag(
          'text',
          { class: 'map__name', x: x(point) + (leftward ? -8 : 8), y: y(point) - 6, 'text-anchor': leftward ? 'end' : 'start' },
          place.names[language],
        ),
  ];
}

function isNear(a: KnownPlace, b: KnownPlace): boolean {
  return Math.hypot(a.longitude - b.longitude, a.latitude - b.latitude) < 0.7;
}

function x([longitude]: Point): number {
  return round((longitude - WEST) * NARROWING * SCALE);
}

function y([, latitude]: Point): number {
  return round((NORTH - latitude) * SCALE);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
