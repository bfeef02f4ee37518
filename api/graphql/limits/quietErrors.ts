import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Where graphql-js guesses a name, or quotes what was sent, in its own messages; and what is left of it. */
const QUOTES: readonly (readonly [RegExp, string])[] = [
  [/ ?Did you mean .*$/s, ''],
  [/ (got|has) (an )?invalid value .*$/s, ' has a value that its type cannot have'],
  [/(cannot represent [^:]*): .*$/s, '$1'],
  [/, found .*$/s, ''],
  [/^(Syntax Error: Unexpected \w+) .*$/s, '$1'],
  [/^Value .* does not exist/s, 'The value does not exist'],
];

/** Takes guesses at names out of errors, which tell a scanner what it looks for, and values, which may be somebody's name or number. */
export function quietErrors(): Plugin {
  return {
    onResultProcess({ result, setResult }) {
      if (Array.isArray(result) || !('errors' in result) || result.errors === undefined) return;
      setResult({ ...result, errors: result.errors.map(quiet) });
    },
  };
}

function quiet(error: GraphQLError): GraphQLError {
  const message = QUOTES.reduce((text, [quote, left]) => text.replace(quote, left), error.message);
  const { nodes, source, positions, path, originalError, extensions } = error;
  const rest = {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    path: path ?? null,
    originalError: originalError ?? null,
  };
  return message === error.message ? error : new GraphQLError(message, { ...rest, extensions });
}
