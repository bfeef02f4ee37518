import { ProtocolError } from '../../protocol/errors.ts';

/** Runs a function that must throw a ProtocolError, and answers its code and pointer. */
export function refusalOf(run: () => unknown): { code: string; pointer?: string } {
  try {
    run();
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return error.pointer === undefined ? { code: error.code } : { code: error.code, pointer: error.pointer };
  }
  throw new Error('nothing was refused');
}

/** Runs a function that must throw a ProtocolError, and answers its code. */
export function codeOf(run: () => unknown): string {
  return refusalOf(run).code;
}
