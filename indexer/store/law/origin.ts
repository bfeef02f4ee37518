import type { Hex } from '../../../protocol/encoding/hex.ts';
import { CERTIFICATE_FORM } from '../../../protocol/law/codes.ts';
import {
  type CertificateWord,
  decodeCertificate,
  decodeGoodsLine,
  decodeInquiry,
  decodeRegime,
  decodeTerm,
  type GoodsLineWord,
  type InquiryWord,
  type RegimeWord,
  type TermWord,
} from '../../../protocol/law/words.ts';
import type { EventRow, Page, PageRequest } from '../rows.ts';
import { bytes, hexOf, hexOrNull, MOST_ROWS, type PlaceRecord, paged, pageOf, placeOf, type Select, wordOf } from '../select.ts';

/** Terms of an agreement on origin as they stand now; its place is that of their last change. */
export interface RegimeRow extends EventRow {
  /** Code of `REGIME`. */
  readonly regime: number;
  readonly terms: RegimeWord;
}

/** A body's authorisation as it stands now; its place is that of its last change. */
export interface BodyRow extends EventRow {
  readonly member: number;
  readonly regime: number;
  readonly term: TermWord;
}

/** A certificate of origin that was registered. */
export interface CertificateRow extends EventRow {
  readonly id: Hex;
  /** Key of its number, `numberKey`. */
  readonly number: Hex;
  /** What it corrects or is a copy of. */
  readonly predecessor: Hex | null;
  /** The certificate that was registered in its place. */
  readonly correctedBy: Hex | null;
  /** Its word now. */
  readonly word: CertificateWord;
}

/** The use of a certificate, and with it of all its goods lines. */
export interface ConsumptionRow extends EventRow {
  readonly certificate: Hex;
  readonly declaration: Hex;
  readonly use: GoodsLineWord;
}

/** One step of a verification after clearance. */
export interface InquiryRow extends EventRow {
  readonly certificate: Hex;
  /** Number of the verification among the certificate's, from 1. */
  readonly number: number;
  /** Digest of the paper of this step. */
  readonly evidence: Hex;
  /** The verification after this step. */
  readonly state: InquiryWord;
}

/** Certificates of origin. */
export interface OriginReader {
  /** Agreements on origin, by their codes. */
  regimes(): Promise<RegimeRow[]>;
  /** Authorisations of a member, by agreement. */
  bodiesOf(member: number): Promise<BodyRow[]>;
  certificate(id: Hex): Promise<CertificateRow | undefined>;
  /** Many certificates at once, in the order asked. */
  certificates(ids: readonly Hex[]): Promise<(CertificateRow | undefined)[]>;
  /** The certificate that has a number now: of a corrected one, the correction. */
  certificateByNumber(numberKey: Hex): Promise<CertificateRow | undefined>;
  /** Certificates that name a goods line, oldest first. */
  certificatesByLine(line: Hex, page: PageRequest): Promise<Page<CertificateRow>>;
  /** Corrections and copies of a certificate, oldest first. */
  successorsOf(id: Hex): Promise<CertificateRow[]>;
  /** Keys of a certificate's goods lines, in its order. */
  linesOf(id: Hex): Promise<Hex[]>;
  /** The use of this very certificate. */
  consumption(id: Hex): Promise<ConsumptionRow | undefined>;
  /** The use of a goods line, under whichever certificate. */
  consumptionOfLine(line: Hex): Promise<ConsumptionRow | undefined>;
  /** All steps of a certificate's verifications, oldest first. */
  inquiries(id: Hex): Promise<InquiryRow[]>;
}

// contracts/types/Certificate.sol: `lines 160, regime 8, destination 8, form 8, …`
const FORM_BYTE = 22;
const CERTIFICATE = `select c.*, corrected.id as corrected_by from projection.certificate c
  left join lateral (select id from projection.certificate where predecessor = c.id and get_byte(word, ${FORM_BYTE}) = ${CERTIFICATE_FORM.CORRECTION}
    order by block, log_index limit 1) corrected on true`;

/** Reads certificates of origin. */
export function readOrigin(select: Select): OriginReader {
  const reader: OriginReader = {
    async regimes() {
      const rows = await select<RegimeRecord>(
        'regimes',
        'select distinct on (regime) * from projection.regime order by regime, block desc, log_index desc',
        [],
      );
      return rows.map((row) => ({ ...placeOf(row), regime: row.regime, terms: decodeRegime(wordOf(row.word)) }));
    },

    async bodiesOf(member) {
      const rows = await select<BodyRecord>(
        'bodiesOf',
        'select distinct on (regime) * from projection.body where member = $1 order by regime, block desc, log_index desc',
        [member],
      );
      return rows.map((row) => ({ ...placeOf(row), member, regime: row.regime, term: decodeTerm(wordOf(row.word)) }));
    },

    async certificate(id) {
      return (await reader.certificates([id]))[0];
    },

    async certificates(ids) {
      const rows = await select<CertificateRecord>('certificates', `${CERTIFICATE} where c.id = any($1)`, [ids.map(bytes)]);
      const found = new Map(rows.map((row) => [hexOf(row.id), readCertificate(row)]));
      return ids.map((id) => found.get(id));
    },

    async certificateByNumber(numberKey) {
      const rows = await select<CertificateRecord>(
        'certificateByNumber',
        `${CERTIFICATE} where c.number = $1 order by c.block desc, c.log_index desc limit 1`,
        [bytes(numberKey)],
      );
      return rows.map(readCertificate)[0];
    },

    async certificatesByLine(line, page) {
      const { block, logIndex, limit } = pageOf(page);
      const rows = await select<CertificateRecord>(
        'certificatesByLine',
        `${CERTIFICATE} join projection.certificate_line l on l.certificate = c.id
         where l.line = $1 and (c.block, c.log_index) > ($2, $3) order by c.block, c.log_index limit $4`,
        [bytes(line), block, logIndex, limit],
      );
      return paged(rows, readCertificate, limit);
    },

    async successorsOf(id) {
      const rows = await select<CertificateRecord>(
        'successorsOf',
        `${CERTIFICATE} where c.predecessor = $1 order by c.block, c.log_index limit ${MOST_ROWS}`,
        [bytes(id)],
      );
      return rows.map(readCertificate);
    },

    async linesOf(id) {
      const rows = await select<{ line: Buffer }>(
        'linesOf',
        `select line from projection.certificate_line where certificate = $1 order by block, log_index limit ${MOST_ROWS}`,
        [bytes(id)],
      );
      return rows.map(({ line }) => hexOf(line));
    },

    async consumption(id) {
      const rows = await select<ConsumptionRecord>('consumption', 'select * from projection.consumption where certificate = $1', [
        bytes(id),
      ]);
      return rows.map(readConsumption)[0];
    },

    async consumptionOfLine(line) {
      const rows = await select<ConsumptionRecord>(
        'consumptionOfLine',
        `select u.* from projection.certificate_line l join projection.consumption u on u.certificate = l.certificate where l.line = $1
         order by u.block, u.log_index limit 1`,
        [bytes(line)],
      );
      return rows.map(readConsumption)[0];
    },

    async inquiries(id) {
      const rows = await select<InquiryRecord>(
        'inquiries',
        `select * from projection.inquiry where certificate = $1 order by block, log_index limit ${MOST_ROWS}`,
        [bytes(id)],
      );
      return rows.map((row) => ({
        ...placeOf(row),
        ...{ certificate: id, number: row.number, evidence: hexOf(row.evidence), state: decodeInquiry(wordOf(row.word)) },
      }));
    },
  };
  return reader;
}

interface RegimeRecord extends PlaceRecord {
  regime: number;
  word: Buffer;
}

interface BodyRecord extends PlaceRecord {
  regime: number;
  word: Buffer;
}

interface CertificateRecord extends PlaceRecord {
  id: Buffer;
  number: Buffer;
  predecessor: Buffer | null;
  corrected_by: Buffer | null;
  word: Buffer;
}

interface ConsumptionRecord extends PlaceRecord {
  certificate: Buffer;
  declaration: Buffer;
  word: Buffer;
}

interface InquiryRecord extends PlaceRecord {
  number: number;
  evidence: Buffer;
  word: Buffer;
}

function readCertificate(row: CertificateRecord): CertificateRow {
  const { id, number, predecessor, corrected_by: correctedBy, word } = row;
  return {
    ...placeOf(row),
    ...{ id: hexOf(id), number: hexOf(number), predecessor: hexOrNull(predecessor), correctedBy: hexOrNull(correctedBy) },
    word: { ...decodeCertificate(wordOf(word)), corrected: correctedBy === null ? 0 : 1 },
  };
}

function readConsumption(row: ConsumptionRecord): ConsumptionRow {
  const { certificate, declaration, word } = row;
  return {
    ...placeOf(row),
    ...{ certificate: hexOf(certificate), declaration: hexOf(declaration), use: decodeGoodsLine(wordOf(word)) },
  };
}
