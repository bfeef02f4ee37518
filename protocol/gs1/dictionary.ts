/**
 * Application Identifiers in the notation of the GS1 Barcode Syntax Dictionary: AI or range of AIs, `*` where the length
 * of its value is predefined, `?` where it may stand in the query of a Digital Link,
 * the parts of its value (`N` digits, `X` set 82, `Y` set 39; `..n` up to n; `[]` optional; then the linters that the part must pass), and for primary keys
 * `dlpkey` with the sequences of qualifiers that may follow it in the path.
 */
const DICTIONARY = `
00         *? N18,csum            dlpkey
01         *? N14,csum            dlpkey=22,10,21|235
02         *? N14,csum
10          ? X..20
11         *? N6,yymmd0
12         *? N6,yymmd0
13         *? N6,yymmd0
15         *? N6,yymmd0
16         *? N6,yymmd0
17         *? N6,yymmd0
20         *? N2
21            X..20
22            X..20
235           X..28
240         ? X..30
241         ? X..30
242         ? N..6
243         ? X..20
250         ? X..30
251         ? X..30
253         ? N13,csum [X..17]    dlpkey
254           X..20
255         ? N13,csum [N..12]    dlpkey
30          ? N..8
3100-3105  *? N6
3110-3115  *? N6
3120-3125  *? N6
3130-3135  *? N6
3140-3145  *? N6
3150-3155  *? N6
3160-3165  *? N6
3300-3305  *? N6
37          ? N..8
3900-3909   ? N..15
3920-3929   ? N..15
400         ? X..30
401         ? X..30               dlpkey
402         ? N17,csum            dlpkey
403         ? X..30
410        *? N13,csum
411        *? N13,csum
412        *? N13,csum
413        *? N13,csum
414        *? N13,csum            dlpkey=254|7040
415        *? N13,csum            dlpkey=8020
416        *? N13,csum
417        *? N13,csum            dlpkey=7040
422         ? N3
424         ? N3
426         ? N3
7002        ? X..30
7003        ? N6,yymmdd N4,hhmi
7005        ? X..12
7006        ? N6,yymmdd
7007        ? N6,yymmdd [N6],yymmdd
7040          N1 X1 X1 X1
8003        ? N1,zero N13,csum [X..16]  dlpkey
8004        ? X..30               dlpkey=7040
8005        ? N6
8006        ? N14,csum N4,pieceoftotal  dlpkey=22,10,21
8010        ? Y..30               dlpkey=8011
8011          N..12,nozeroprefix
8013        ? X..25,csumalpha     dlpkey
8017        ? N18,csum            dlpkey=8019
8018        ? N18,csum            dlpkey=8019
8019          N..10
8020          X..25
90          ? X..30
91-99       ? X..90
`;

/** Digits, set 82, or set 39. */
export type Charset = 'N' | 'X' | 'Y';

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

const ENTRY = /^(\d+)(?:-(\d+))?\s+(\*)?(\?)?\s*(.*?)\s*(?:dlpkey(?:=(\S+))?)?$/;
const PART = /^(\[)?([NXY])(\.\.)?(\d+)\]?((?:,\w+)*)$/;

const CLASSES: Readonly<Record<Charset, string>> = { N: '\\d', X: `[!"%&'()*+,\\-./0-9:;<=>?A-Z_a-z]`, Y: '[#\\-/0-9A-Z]' };

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
  const [, first = '', last = first, star, mark, specification = '', sequences] = ENTRY.exec(line) ?? [];
  const parts = specification.split(/\s+/).map(readPart);
  const qualifiers = line.includes('dlpkey') ? (sequences?.split('|').map((sequence) => sequence.split(',')) ?? []) : undefined;
  const entries: [string, ApplicationIdentifier][] = [];
  for (let number = Number(first); number <= Number(last); number++) {
    const ai = String(number).padStart(first.length, '0');
    entries.push([
      ai,
      {
        ai,
        predefined: star !== undefined,
        attribute: mark !== undefined,
        parts,
        pattern: patternOf(parts),
        ...(qualifiers && { qualifiers }),
      },
    ]);
  }
  return entries;
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
