import { GraphQLError } from 'graphql';

/** Codes of queries that are refused before any resolver runs. */
export type LimitCode =
  | 'BODY_TOO_LARGE'
  | 'QUERY_TOO_LONG'
  | 'QUERY_TOO_DEEP'
  | 'TOO_MANY_ALIASES'
  | 'TOO_MANY_DIRECTIVES'
  | 'QUERY_TOO_COSTLY'
  | 'TIME_LIMIT'
  | 'TOO_MANY_SUBSCRIBERS'
  | 'CSRF_HEADER_MISSING'
  | 'INTROSPECTION_OFF';

/** An error that is answered with status 400, also to clients that ask for `application/json` (`spec: false`), which could be answered 200. */
export function limitError(code: LimitCode, message: string, limit?: number): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...(limit !== undefined && { limit }), http: { status: 400, spec: false } } });
}
