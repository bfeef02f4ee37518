/**
 * Application Identifiers in the notation of the GS1 Barcode Syntax Dictionary: AIs and ranges of AIs (`310-316:0-5`: 3100 to 3105, and so
 * on to 3165), `*` where the length
 * of its value is predefined, `?` where it may stand in the query of a Digital Link,
 * the parts of its value (`N` digits, `X` set 82, `Y` set 39, `Z` set 64; `..n` up to n; `[]` optional; then the linters that the part must pass), and for primary
 * keys `dlpkey` with the sequences of qualifiers that may follow it in the path. Content that is judged by lists of codes (countries, currencies, media) or that no
 * key is made of (temperatures, coordinates, percent-encoded names) is judged by characters and length alone.
 */
const DICTIONARY = `
00 *? N18,csum dlpkey
01 *? N14,csum dlpkey=22,10,21|235
02 *? N14,csum
03 * N14,csum
10 ? X..20
11-13,15-17 *? N6,yymmd0
20 *? N2
21-22 X..20
235 X..28
240-241 ? X..30
242 ? N..6
243 ? X..20
250-251 ? X..30
253 ? N13,csum [X..17] dlpkey
254 X..20
255 ? N13,csum [N..12] dlpkey
30 ? N..8
310-316:0-5,320-337:0-5,340-357:0-5,360-369:0-5 *? N6
37 ? N..8
3900-3909 ? N..15
3910-3919 ? N3 N..15
3920-3929 ? N..15
3930-3939 ? N3 N..15
3940-3943 ? N4
3950-3955 ? N6
400 ? X..30
401 ? X..30 dlpkey
402 ? N17,csum dlpkey
403 ? X..30
410-413 *? N13,csum
414 *? N13,csum dlpkey=254|7040
415 *? N13,csum dlpkey=8020
416 *? N13,csum
417 *? N13,csum dlpkey=7040
420 ? X..20
421 ? N3 X..9
422 ? N3
423 ? N3 [N3] [N3] [N3] [N3]
424 ? N3
425 ? N3 [N3] [N3] [N3] [N3]
426 ? N3
427 ? X..3
4300-4301 ? X..35
4302-4306 ? X..70
4307 ? X2
4308 ? X..30
4309 ? N10 N10
4310-4311 ? X..35
4312-4316 ? X..70
4317 ? X2
4318 ? X..20
4319 ? X..30
4320 ? X..35
4321-4323 ? N1
4324-4325 ? N6,yymmd0 N4,hhmi
4326 ? N6,yymmdd
4330-4333 ? N6 [X1]
7001 ? N13
7002 ? X..30
7003 ? N6,yymmdd N4,hhmi
7004 ? N..4
7005 ? X..12
7006 ? N6,yymmdd
7007 ? N6,yymmdd [N6],yymmdd
7008 ? X..3
7009 ? X..10
7010 ? X..2
7011 ? N6,yymmdd [N4],hhmi
7020-7022 ? X..20
7023 ? X..30
7030-7039 ? N3 X..27
7040 N1 X1 X1 X1
7041 X..4
710-717 ? X..20
7230-7239 ? X2 X..28
7240 ? X..20
7241 ? N2
7242 ? X..25
7250 ? N8
7251 ? N8 N4,hhmi
7252 ? N1
7253-7254 ? X..40
7255 ? X..10
7256 ? X..90
7257 ? X..70
7258 ? X3
7259 ? X..40
8001 ? N4 N5 N3 N1 N1
8002 ? X..20
8003 ? N1,zero N13,csum [X..16] dlpkey
8004 ? X..30 dlpkey=7040
8005 ? N6
8006 ? N14,csum N4,pieceoftotal dlpkey=22,10,21
8007 ? X..34
8008 ? N6,yymmdd N2 [N2] [N2]
8009 ? X..50
8010 ? Y..30 dlpkey=8011
8011 N..12,nozeroprefix
8012 ? X..20
8013 ? X..25,csumalpha dlpkey
8014 X..25,csumalpha
8017 ? N18,csum dlpkey=8019
8018 ? N18,csum dlpkey=8019
8019 N..10
8020 X..25
8026 ? N14,csum N4,pieceoftotal
8030 ? Z..90
8040-8041 N15
8042 N32
8043 N18 [N..2]
8110 ? X..70
8111 ? N4
8112 ? X..70
8200 X..70
90 ? X..30
91-99 ? X..90
`;

/** Digits, set 82, set 39, or set 64 (base64url). */
export type Charset = 'N' | 'X' | 'Y' | 'Z';

/** One part of a value: its characters, least and greatest length, and the names of the linters that it must pass. */
export interface Part {
  readonly charset: Charset;
  readonly min: number;
  readonly max: number;
  readonly optional: boolean;
  readonly linters: readonly string[];
}

/** What the dictionary says of one Application Identifier. */
export interface ApplicationIdentifier {
  readonly ai: string;
  /** Its value has a length that every barcode reader knows (GS1 General Specifications figure 7.8.5-2); such go first. */
  readonly predefined: boolean;
  /** May stand in the query of a Digital Link. */
  readonly attribute: boolean;
  readonly parts: readonly Part[];
  /** The characters and lengths of `parts`, without their linters. */
  readonly pattern: RegExp;
  /** Of a primary key: the sequences of qualifiers that may follow it, each in its order. Absent: not a primary key. */
  readonly qualifiers?: readonly (readonly string[])[];
}

const ENTRY = /^(\S+) (\*)?(\?)? ?(.*?)(?: dlpkey(?:=(\S+))?)?$/;
const PART = /^(\[)?([NXYZ])(\.\.)?(\d+)\]?((?:,\w+)*)$/;

const CLASSES: Readonly<Record<Charset, string>> = { N: '\\d', X: `[!"%&'()*+,\\-./0-9:;<=>?A-Z_a-z]`, Y: '[#\\-/0-9A-Z]', Z: '[\\w\\-=]' };

const IDENTIFIERS = new Map(DICTIONARY.trim().split('\n').flatMap(readEntry));

/** What the dictionary says of an Application Identifier; undefined where it is not one that this program knows. */
export function applicationIdentifier(ai: string): ApplicationIdentifier | undefined {
  return IDENTIFIERS.get(ai);
}

/** The Application Identifiers that can begin a Digital Link. */
export function primaryKeys(): string[] {
  return [...IDENTIFIERS.values()].filter(({ qualifiers }) => qualifiers !== undefined).map(({ ai }) => ai);
}

function readEntry(line: string): [string, ApplicationIdentifier][] {
  const [, numbers = '', star, mark, specification = '', sequences] = ENTRY.exec(line) ?? [];
  const parts = specification.split(/\s+/).map(readPart);
  const qualifiers = line.includes('dlpkey') ? (sequences?.split('|').map((sequence) => sequence.split(',')) ?? []) : undefined;
  const same = {
    predefined: star !== undefined,
    attribute: mark !== undefined,
    parts,
    pattern: patternOf(parts),
    ...(qualifiers && { qualifiers }),
  };
  return numbers.split(',').flatMap((range) => aisOf(range).map((ai): [string, ApplicationIdentifier] => [ai, { ai, ...same }]));
}

function aisOf(text: string): string[] {
  const [range = '', ends] = text.split(':');
  return ends === undefined ? numbersOf(range) : numbersOf(range).flatMap((start) => numbersOf(ends).map((end) => start + end));
}

function numbersOf(range: string): string[] {
  const [first = '', last = first] = range.split('-');
  const count = Number(last) - Number(first) + 1;
  return Array.from({ length: count }, (_, index) => String(Number(first) + index).padStart(first.length, '0'));
}

function readPart(text: string): Part {
  const [, bracket, charset, upTo, length, linters = ''] = PART.exec(text) ?? [];
  const max = Number(length);
  return {
    charset: charset as Charset,
    min: upTo === undefined ? max : 1,
    max,
    optional: bracket !== undefined,
    linters: linters.split(',').filter((name) => name !== ''),
  };
}

function patternOf(parts: readonly Part[]): RegExp {
  const source = parts.map(({ charset, min, max, optional }) => `(?:${CLASSES[charset]}{${min},${max}})${optional ? '?' : ''}`);
  return new RegExp(`^${source.join('')}$`);
}
