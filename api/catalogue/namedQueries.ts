import type { StatementSync } from 'node:sqlite';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';

/** A query that a member gave a name. */
export interface NamedQuery {
  name: string;
  member: number;
  createdAt: string;
  query: JsonObject;
}

/** A standing query: what was agreed, and how far it is. */
export interface Subscription<Terms = unknown, State = unknown> {
  id: string;
  /** Name of the query. */
  query: string;
  member: number;
  terms: Terms;
  state: State;
}

/** Queries with names, and those who are told of their events. */
export interface NamedQueries {
  /** False where the name is taken. */
  addQuery(query: NamedQuery): boolean;
  namedQuery(name: string): NamedQuery | undefined;
  /** In the order of their names. */
  namedQueries(first: number, after?: string): NamedQuery[];
  countQueries(member: number): number;
  /** Removes a query and all its subscriptions. */
  removeQuery(name: string): void;
  addSubscription(subscription: Subscription): void;
  subscription(id: string): Subscription | undefined;
  /** A member's subscriptions of a query, in the order of their ids. */
  subscriptionsOf(query: string, member: number, first: number, after?: string): Subscription[];
  /** All, for those who serve them. */
  subscriptions(): Subscription[];
  countSubscriptions(member: number): number;
  keepSubscriptionState(id: string, state: unknown): void;
  removeSubscription(id: string): void;
}

type Row = Record<string, unknown>;

/** The statements of named queries and subscriptions. */
export function openNamedQueries(sql: (text: string) => StatementSync, atOnce: (work: () => void) => void): NamedQueries {
  const count = (table: string, member: number) =>
    Number(sql(`SELECT count(*) AS count FROM ${table} WHERE member = ?`).get(member)?.count ?? 0);
  return {
    addQuery: ({ name, member, createdAt, query }) =>
      sql('INSERT INTO named_queries VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING').run(name, member, createdAt, JSON.stringify(query))
        .changes === 1,
    namedQuery: (name) => sql('SELECT * FROM named_queries WHERE name = ?').all(name).map(queryOf)[0],
    namedQueries: (first, after = '') =>
      sql('SELECT * FROM named_queries WHERE name > ? ORDER BY name LIMIT ?').all(after, first).map(queryOf),
    countQueries: (member) => count('named_queries', member),
    removeQuery: (name) =>
      atOnce(() => {
        sql('DELETE FROM subscriptions WHERE query = ?').run(name);
        sql('DELETE FROM named_queries WHERE name = ?').run(name);
      }),
    addSubscription: ({ id, query, member, terms, state }) =>
      void sql('INSERT INTO subscriptions VALUES (?, ?, ?, ?, ?)').run(id, query, member, JSON.stringify(terms), JSON.stringify(state)),
    subscription: (id) => sql('SELECT * FROM subscriptions WHERE id = ?').all(id).map(subscriptionOf)[0],
    subscriptionsOf: (query, member, first, after = '') =>
      sql('SELECT * FROM subscriptions WHERE query = ? AND member = ? AND id > ? ORDER BY id LIMIT ?')
        .all(query, member, after, first)
        .map(subscriptionOf),
    subscriptions: () => sql('SELECT * FROM subscriptions').all().map(subscriptionOf),
    countSubscriptions: (member) => count('subscriptions', member),
    keepSubscriptionState: (id, state) => void sql('UPDATE subscriptions SET state = ? WHERE id = ?').run(JSON.stringify(state), id),
    removeSubscription: (id) => void sql('DELETE FROM subscriptions WHERE id = ?').run(id),
  };
}

function queryOf({ name, member, created_at: createdAt, query }: Row): NamedQuery {
  return {
    name: name as string,
    member: member as number,
    createdAt: createdAt as string,
    query: JSON.parse(query as string) as JsonObject,
  };
}

function subscriptionOf({ id, query, member, terms, state }: Row): Subscription {
  return {
    id: id as string,
    query: query as string,
    member: member as number,
    terms: JSON.parse(terms as string),
    state: JSON.parse(state as string),
  };
}
