import type { Plugin } from 'graphql-yoga';
import { limitError } from './limitError.ts';

/** Answers TIME_LIMIT where a query takes longer; what it began goes to its end unseen. */
export function timeLimit(milliseconds: number): Plugin {
  return {
    onExecute({ executeFn, setExecuteFn }) {
      setExecuteFn(async (args) => {
        const { promise, resolve } = Promise.withResolvers<unknown>();
        const timer = setTimeout(
          () => resolve({ errors: [limitError('TIME_LIMIT', `a query takes at most ${milliseconds} ms`, milliseconds)] }),
          milliseconds,
        );
        try {
          return await Promise.race([executeFn(args), promise]);
        } finally {
          clearTimeout(timer);
        }
      });
    },
  };
}
