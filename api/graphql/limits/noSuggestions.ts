import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Takes graphql-js' guesses ("Did you mean …?") out of validation errors: they tell a scanner the names it looks for. */
export function noSuggestions(): Plugin {
  return {
    onValidate() {
      return ({ result, setResult }) => {
        if (Array.isArray(result)) setResult(result.map(withoutSuggestion));
      };
    },
  };
}

function withoutSuggestion(error: unknown): GraphQLError {
  const { message, nodes, extensions } = error as GraphQLError;
  return new GraphQLError(message.replace(/ ?Did you mean .*$/s, ''), { nodes: nodes ?? null, extensions });
}
