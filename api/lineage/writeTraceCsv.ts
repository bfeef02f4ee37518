import type { TraceAnswer } from './answerTrace.ts';

const COLUMNS = [
  ...['id', 'where', 'certainty', 'depth', 'last_event', 'last_time', 'last_step', 'place', 'holder', 'captured_by', 'disposition'],
  ...['persistent_dispositions', 'entries_on_ledger', 'sealed'],
];

/** The goods of an answer as a table (RFC 4180, with the mark that tells spreadsheets that it is UTF-8): one line for each, in the order of the answer. */
export function writeTraceCsv({ trace, histories }: TraceAnswer): string {
  const lines = trace.goods.map(({ id, where, certainty, depth, lastSeen }) => {
    const history = histories.get(id);
    const last = lastSeen === undefined ? [] : [lastSeen.event, new Date(lastSeen.time).toISOString(), lastSeen.bizStep];
    const seen = [...last, ...Array(3 - last.length).fill(undefined), lastSeen?.place, lastSeen?.holder, lastSeen?.issuer];
    const standing = [lastSeen?.disposition, lastSeen?.persistentDispositions.join(' ')];
    return [id, where, certainty, depth, ...seen, ...standing, history?.entries, history?.sealed.length];
  });
  return `\uFEFF${[COLUMNS, ...lines].map((cells) => cells.map(cellOf).join(',')).join('\r\n')}\r\n`;
}

/** A text that a spreadsheet would take for a formula is made a text by a leading apostrophe. */
function cellOf(value: unknown): string {
  const text = value === undefined ? '' : String(value);
  const plain = /^[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
