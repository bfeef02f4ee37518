/** What an error was about: offending values, by name. */
export type Facts = Record<string, string | number>;

/**
 * The one error that `protocol/` throws on input it refuses.
 *
 * `code` is stable and meant for machines; `message` is for people and may change. `pointer` (RFC 6901) names the field where the input has fields.
 */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: string;
  readonly pointer?: string;
  readonly facts?: Facts;

  constructor(code: string, message: string, where: { pointer?: string; facts?: Facts } = {}) {
    super(where.pointer === undefined ? message : `${message} (at "${where.pointer}")`);
    this.code = code;
    if (where.pointer !== undefined) this.pointer = where.pointer;
    if (where.facts !== undefined) this.facts = where.facts;
  }
}
