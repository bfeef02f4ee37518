import { GraphQLError, Kind, type ValueNode } from 'graphql';
import { instant } from '../../instant.ts';

/** Reads and writes `DateTime`. Two underscores: functions of the scalar itself, whose description stays that of the schema's text. */
export const DateTime = {
  __parseValue: readInstant,
  __parseLiteral: (node: ValueNode) => readInstant(node.kind === Kind.STRING ? node.value : undefined),
  __serialize: String,
};

/** Unix seconds as RFC 3339; 0 means none. */
export function instantOf(seconds: number): string | null {
  return seconds === 0 ? null : instant(seconds);
}

function readInstant(value: unknown): string {
  const isInstant =
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value) &&
    !Number.isNaN(Date.parse(value));
  if (!isInstant) throw new GraphQLError('a DateTime is RFC 3339 with offset', { extensions: { code: 'BAD_DATE' } });
  return value;
}
