import { GraphQLError } from 'graphql';

/** Greatest page. */
export const MOST_ON_A_PAGE = 100;

/** A Relay connection (GraphQL Cursor Connections Specification). */
export interface Connection<Node> {
  edges: { cursor: string; node: Node }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: false; startCursor: string | null; endCursor: string | null };
}

/** Makes a connection of rows and their places; a cursor is a place, so it stays good while the ledger grows. */
export function connectionOf<Row, Node>(
  rows: readonly Row[],
  hasNextPage: boolean,
  placeOf: (row: Row) => readonly (string | number)[],
  nodeOf: (row: Row) => Node,
): Connection<Node> {
  const edges = rows.map((row) => ({ cursor: writeCursor(placeOf(row)), node: nodeOf(row) }));
  const [startCursor, endCursor] = [edges[0]?.cursor ?? null, edges.at(-1)?.cursor ?? null];
  return { edges, pageInfo: { hasNextPage, hasPreviousPage: false, startCursor, endCursor } };
}

/** A page of rows that are all there, in the order of their places. Cursors are places, so they stay good when rows are added. */
export function pageOfAll<Row, Place extends readonly (string | number)[]>(
  rows: readonly Row[],
  { first, after }: { first: number; after?: string | null },
  shape: { readonly [Index in keyof Place]: 'number' | 'string' },
  placeOf: (row: Row) => Place,
): Connection<Row> {
  const size = pageSize(first);
  const from = after === undefined || after === null ? undefined : readCursor(after, shape);
  const rest = from === undefined ? rows : rows.filter((row) => isAfter(placeOf(row), from));
  return connectionOf(rest.slice(0, size), rest.length > size, placeOf, (row) => row);
}

/** The size of a page, 1 to 100. @throws GraphQLError `BAD_PAGE_SIZE` */
export function pageSize(first: number): number {
  if (first >= 1 && first <= MOST_ON_A_PAGE) return first;
  throw badInput('BAD_PAGE_SIZE', `first is 1 to ${MOST_ON_A_PAGE}`);
}

/** Reads a cursor that `connectionOf` wrote with places of this shape. @throws GraphQLError `BAD_CURSOR` */
export function readCursor<Shape extends readonly ('number' | 'string')[]>(cursor: string, shape: Shape): (string | number)[] {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(place) && place.length === shape.length && place.every((part, index) => typeof part === shape[index])) return place;
  } catch {
    // Answered below.
  }
  throw badInput('BAD_CURSOR', 'the cursor is not one of this list');
}

/** An error in an argument. */
export function badInput(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

function isAfter(place: readonly (string | number)[], from: readonly (string | number)[]): boolean {
  const at = place.findIndex((part, index) => part !== from[index]);
  return at !== -1 && (place[at] as string | number) > (from[at] as string | number);
}

function writeCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}
