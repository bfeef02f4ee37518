import { type ASTVisitor, type DocumentNode, NoSchemaIntrospectionCustomRule, visit } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { limitError } from './limitError.ts';

/**
 * Lets only explorers ask the schema about itself. The schema is no secret: it is served as text at `/graphql/schema`. What is refused is the machinery: queries about the
 * schema can be made to nest without end, and are the first thing that scanners send.
 */
export function introspectionPolicy(isExplorer: (context: unknown) => boolean): Plugin {
  return {
    onValidate({ params, context, addValidationRule, setResult }) {
      if (isExplorer(context)) return;
      if (asksSchema(params.documentAST as DocumentNode))
        return setResult([limitError('INTROSPECTION_OFF', 'the schema is at GET /graphql/schema')]);
      addValidationRule(NoSchemaIntrospectionCustomRule);
    },
  };
}

function asksSchema(document: DocumentNode): boolean {
  let found = false;
  const look: ASTVisitor = {
    Field({ name }) {
      found ||= name.value === '__schema' || name.value === '__type';
    },
  };
  visit(document, look);
  return found;
}
