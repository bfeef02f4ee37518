import { type Hex, toHex } from '../../protocol/encoding/hex.ts';
import { toUtf8 } from '../../protocol/encoding/utf8.ts';
import { sha256 } from '../../protocol/hash/sha256.ts';
import { goodsLineKey } from '../../protocol/law/ids.ts';
import { lookupForm } from '../../protocol/text/lookupForm.ts';
import { SdkError } from '../errors.ts';

/** A goods line as customs and the ledger know it. */
export interface Goods {
  /** Subject key of the lot. */
  lot: Hex;
  /** Salted digest of what else makes the line. */
  detail: Hex;
}

/** What makes a goods line, whichever certificate names it. */
export interface LineFacts {
  /** Subject key of the lot, and its salt, which travels with the goods' documents. */
  lot: Hex;
  salt: Hex;
  /** As typed on the certificate or declaration. */
  invoiceNumber: string;
  /** Six digits at least; the first six count. */
  hsCode: string;
}

/**
 * The goods lines of a certificate or declaration, in the order in which the ledger wants them (docs/spec/law.md section 2). Invoice numbers are compared in
 * their lookup form, so that a full-width hyphen on one paper does not make another line.
 *
 * @throws SdkError `LINE_REPEATED`: two lines are the same to the ledger
 */
export function goodsOf(lines: readonly LineFacts[]): Goods[] {
  const goods = lines.map(({ lot, salt, invoiceNumber, hsCode }) => ({ lot, detail: detailOf(salt, invoiceNumber, hsCode) }));
  const sorted = goods.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  if (new Set(sorted.map(keyOf)).size < sorted.length)
    throw new SdkError('LINE_REPEATED', 'two lines name the same lot, invoice and HS code', { advice: 'make one line of them' });
  return sorted;
}

/** Key of a goods line. */
export function keyOf({ lot, detail }: Goods): Hex {
  return goodsLineKey(lot, detail);
}

function detailOf(salt: Hex, invoiceNumber: string, hsCode: string): Hex {
  return toHex(sha256(toUtf8(`tidemark-line/1\n${lookupForm(invoiceNumber)}\n${hsCode.slice(0, 6)}\n${salt.slice(2)}`)));
}
