/** What an error was about: offending values, by name. */
type Facts = Record<string, string | number>;

/**
 * The one error that `sdk/` throws where something outside failed: the chain, a node, a key file, a person's input.
 *
 * `code` is stable and meant for machines. `advice` says what to do next, in one sentence.
 */
export class SdkError extends Error {
  override readonly name = 'SdkError';
  readonly code: string;
  readonly advice?: string;
  readonly pointer?: string;
  readonly facts?: Facts;

  constructor(code: string, message: string, more: { advice?: string; pointer?: string; facts?: Facts; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? {} : { cause: more.cause });
    this.code = code;
    if (more.advice !== undefined) this.advice = more.advice;
    if (more.pointer !== undefined) this.pointer = more.pointer;
    if (more.facts !== undefined) this.facts = more.facts;
  }
}
