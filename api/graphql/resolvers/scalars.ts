import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

/** An instant in RFC 3339; in answers from milliseconds or Unix seconds already written as text. */
export const DateTime = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  parseValue: readInstant,
  parseLiteral: (node: ValueNode) => readInstant(node.kind === Kind.STRING ? node.value : undefined),
  serialize: (value) => String(value),
});

/** Any JSON value. Only answered, never taken. */
export const JSONValue = new GraphQLScalarType({ name: 'JSON' });

/** Unix seconds as RFC 3339; 0 means none. */
export function instantOf(seconds: number): string | null {
  return seconds === 0 ? null : new Date(seconds * 1000).toISOString();
}

function readInstant(value: unknown): string {
  const isInstant =
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value) &&
    !Number.isNaN(Date.parse(value));
  if (!isInstant) throw new GraphQLError('a DateTime is RFC 3339 with offset', { extensions: { code: 'BAD_DATE' } });
  return value;
}
