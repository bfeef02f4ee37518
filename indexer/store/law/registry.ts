import type { Hex } from '../../../protocol/encoding/hex.ts';
import { decodeFiling, type FilingWord } from '../../../protocol/law/words.ts';
import type { EventRow, Page, PageRequest } from '../rows.ts';
import { bytes, hexOf, type PlaceRecord, paged, pageOf, placeOf, type Select, wordOf } from '../select.ts';

/** A version of a filing. */
export interface FilingRow extends EventRow {
  /** Salted subject key of the party or product. */
  readonly subject: Hex;
  /** SHA-256 of the version's exact text. */
  readonly digest: Hex;
  /** The filing with this version as its newest. */
  readonly word: FilingWord;
}

/** Parties and products. */
export interface RegistryReader {
  /** The newest version of a filing. */
  filing(subject: Hex): Promise<FilingRow | undefined>;
  /** Many filings at once, in the order asked. */
  filings(subjects: readonly Hex[]): Promise<(FilingRow | undefined)[]>;
  /** All versions of a filing, oldest first. */
  filingVersions(subject: Hex, page: PageRequest): Promise<Page<FilingRow>>;
}

/** Reads parties and products. */
export function readRegistry(select: Select): RegistryReader {
  const reader: RegistryReader = {
    async filing(subject) {
      return (await reader.filings([subject]))[0];
    },

    async filings(subjects) {
      const rows = await select<FilingRecord>(
        'filings',
        `select newest.* from unnest($1::bytea[]) as asked(subject)
         cross join lateral (select * from projection.filing where subject = asked.subject order by version desc limit 1) newest`,
        [subjects.map(bytes)],
      );
      const found = new Map(rows.map((row) => [hexOf(row.subject), readFiling(row)]));
      return subjects.map((subject) => found.get(subject));
    },

    async filingVersions(subject, page) {
      const { block, logIndex, limit } = pageOf(page);
      const rows = await select<FilingRecord>(
        'filingVersions',
        'select * from projection.filing where subject = $1 and (block, log_index) > ($2, $3) order by version limit $4',
        [bytes(subject), block, logIndex, limit],
      );
      return paged(rows, readFiling, limit);
    },
  };
  return reader;
}

interface FilingRecord extends PlaceRecord {
  subject: Buffer;
  digest: Buffer;
  word: Buffer;
}

function readFiling(row: FilingRecord): FilingRow {
  return { ...placeOf(row), subject: hexOf(row.subject), digest: hexOf(row.digest), word: decodeFiling(wordOf(row.word)) };
}
