import { Lexer, Source, TokenKind } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { limitError } from './limitError.ts';

/** Refuses a query of more tokens, before it is parsed. */
export function tokenLimit(most: number): Plugin {
  return {
    onParams({ params, setResult }) {
      if (typeof params.query !== 'string' || !hasMore(params.query, most)) return;
      setResult({ errors: [limitError('QUERY_TOO_LONG', `a query has at most ${most} tokens`, most)] });
    },
  };
}

function hasMore(query: string, most: number): boolean {
  const lexer = new Lexer(new Source(query));
  try {
    for (let count = 0; count <= most; count++) if (lexer.advance().kind === TokenKind.EOF) return false;
    return true;
  } catch {
    // No token: for the parser to say where.
    return false;
  }
}
