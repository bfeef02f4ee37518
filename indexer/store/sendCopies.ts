import type { Client, Connection, Submittable } from 'pg';
import type { Copy } from './copyBinary.ts';

/**
 * Sends rows and the statements that are to follow them, all in one request: one transaction, unless one is open (PostgreSQL documentation, "Multiple
 * Statements in a Simple Query"). Asked one by one, the server would wait for us between them, and we for it, longer than the writing takes.
 *
 * @param after statements that answer no rows
 * @throws the server's error; then nothing was written
 */
export function sendCopies(client: Client, copies: readonly Copy[], after: readonly string[] = []): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new CopyRequest(copies, after, resolve, reject));
  });
}

/** A query in the form that `pg` calls. Rows are sent before they are asked for: the server reads them in their turn, and drops those behind an error. */
class CopyRequest implements Submittable {
  readonly #copies: readonly Copy[];
  readonly #after: readonly string[];
  readonly handleReadyForQuery: () => void;
  readonly handleError: (error: Error) => void;

  constructor(copies: readonly Copy[], after: readonly string[], done: () => void, failed: (error: Error) => void) {
    this.#copies = copies;
    this.#after = after;
    this.handleReadyForQuery = done;
    this.handleError = failed;
  }

  submit(connection: Connection): void {
    const { stream } = connection;
    stream.cork();
    connection.query([...this.#copies.map(({ statement }) => statement), ...this.#after].join(';'));
    for (const { messages } of this.#copies) stream.write(messages);
    stream.uncork();
  }

  handleCopyInResponse(): void {
    // Nothing to do: the rows are on their way.
  }

  handleCommandComplete(): void {
    // One of several; `handleReadyForQuery` comes after the last.
  }
}
