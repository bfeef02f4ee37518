import { Lexer, Source, TokenKind } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { limitError } from './limitError.ts';

/** Refuses a query of more tokens, before it is parsed. */
export function tokenLimit(most: number): Plugin {
  return {
    onParse({ params, parseFn, setParseFn }) {
      setParseFn((source, options) => {
        if (hasMore(params.source, most)) throw limitError('QUERY_TOO_LONG', `a query has at most ${most} tokens`, most);
        return parseFn(source, options);
      });
    },
  };
}

function hasMore(source: string | Source, most: number): boolean {
  const lexer = new Lexer(typeof source === 'string' ? new Source(source) : source);
  for (let count = 0; count <= most; count++) if (lexer.advance().kind === TokenKind.EOF) return false;
  return true;
}
