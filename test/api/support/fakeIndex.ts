import type { IndexCheckpoint, IndexReader, RecordRow, SubjectEntryRow } from '../../../indexer/store/rows.ts';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { KIND, STATUS } from '../../../protocol/ledger/codes.ts';
import { recordId } from '../../../protocol/ledger/ids.ts';
import { emptyLaw } from './emptyLaw.ts';

const ZERO: Hex = `0x${'00'.repeat(32)}`;

/** An index held in memory, to which a test adds rows. */
export interface FakeIndex extends IndexReader {
  addRecord(row: Partial<RecordRow> & Pick<RecordRow, 'leafOrRoot' | 'issuer'>): RecordRow;
  addEntry(row: Partial<SubjectEntryRow> & Pick<SubjectEntryRow, 'subject' | 'leaf' | 'issuer' | 'record'>): void;
}

/** The block that the fake index stands on. */
export const HEAD: IndexCheckpoint = {
  ...{ height: 7, hash: `0x${'77'.repeat(32)}`, timestamp: 1_795_000_000, sequence: 3, digest: `0x${'dd'.repeat(32)}` },
  ...{ complete: true, chainId: 31337, contract: `0x${'c0'.repeat(20)}` },
};

/** Makes an index without rows. */
export function fakeIndex(): FakeIndex {
  const records: RecordRow[] = [];
  const entries: SubjectEntryRow[] = [];
  const none = async () => undefined;
  return {
    addRecord(row) {
      const word = {
        ...{ issuer: row.issuer, kind: row.kind ?? KIND.EPCIS_EVENTS, status: STATUS.ACTIVE, reason: 0, changes: 0 },
        ...TIMES,
      };
      const record: RecordRow = {
        ...{ block: 5, logIndex: records.length, sequence: records.length + 1, kind: word.kind },
        ...{
          id: recordId(row.issuer, row.leafOrRoot),
          sha256: null,
          sm3: null,
          subject: null,
          issuerHead: ZERO,
          anchored: word,
          current: word,
        },
        ...row,
      };
      records.push(record);
      return record;
    },
    addEntry(row) {
      const position = entries.length + 1;
      entries.push({
        ...{ block: 5, logIndex: position, sequence: position, position, head: ZERO, id: recordId(row.issuer, row.leaf) },
        ...row,
      });
    },
    ...emptyLaw(),
    checkpoint: async () => HEAD,
    blockAt: async (height) => (height === HEAD.height ? HEAD : undefined),
    record: async (id) => records.find((row) => row.id === id),
    records: async (ids) => ids.map((id) => records.find((row) => row.id === id)),
    recordsByRoot: async (root) => records.filter((row) => row.leafOrRoot === root),
    recordsByDigest: async (digest) => records.filter((row) => row.sha256 === digest || row.sm3 === digest),
    entriesByLeaf: async (leaf) => entries.filter((row) => row.leaf === leaf),
    statusChanges: async () => [],
    successor: none,
    member: none,
    members: async () => ({ rows: [], hasNext: false }),
    account: none,
    key: none,
    keysOf: async () => [],
    subjectEntries: async (subject) => ({ rows: entries.filter((row) => row.subject === subject), hasNext: false }),
    subjectHeads: async (subjects) =>
      new Map(
        subjects.flatMap((subject) => {
          const rows = entries.filter((row) => row.subject === subject);
          const newest = rows.at(-1);
          return newest === undefined ? [] : [[subject, { entries: rows.length, head: newest.head }] as const];
        }),
      ),
    issuerEntries: async (issuer) => ({ rows: records.filter((row) => row.issuer === issuer), hasNext: false }),
    waitForRecord: async () => false,
    waitForSequence: async () => false,
    close: async () => {},
  };
}

const TIMES = { anchoredAt: 1_794_000_000, expiresAt: 0, changedAt: 0, position: 0, size: 1 };
