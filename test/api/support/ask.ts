import type { TestNode } from './testNode.ts';

/** What GraphQL answers. */
export interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Asks a node. */
export async function ask<Data>(node: TestNode, query: string, variables: Record<string, unknown> = {}): Promise<Answer<Data>> {
  return (await (await node.post('/graphql', { query, variables })).json()) as Answer<Data>;
}

/** The data that a node answers; fails where it answers errors. */
export async function dataOf<Data>(node: TestNode, query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const { data, errors } = await ask<Data>(node, query, variables);
  if (errors !== undefined || data === undefined || data === null) throw new Error(JSON.stringify(errors));
  return data;
}

/** Code of the first error that a node answers. */
export async function codeOf(node: TestNode, query: string, variables: Record<string, unknown> = {}): Promise<string | undefined> {
  return (await ask(node, query, variables)).errors?.[0]?.extensions?.code;
}
