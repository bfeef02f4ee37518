import { expect } from 'chai';
import { startTestNode, type TestNode } from './support/testNode.ts';

/** The twelve checks of graphql-cop by their names, as it sends them: none may find anything. */
describe('checks of graphql-cop', () => {
  let node: TestNode;
  let url: string;

  before(async () => {
    node = await startTestNode();
    url = `${node.url}/graphql`;
  });
  after(() => node.close());

  const ask = async (body: unknown) => (await node.post('/graphql', body)).json() as Promise<Answer>;

  it('alias overloading', async () => {
    const aliases = Array.from({ length: 101 }, (_, index) => `alias${index}:__typename`).join(' \n');
    const { data, errors } = await ask({ query: `query cop { ${aliases} }`, operationName: 'cop' });
    expect(data?.alias100).to.equal(undefined);
    expect(codesOf(errors)).to.deep.equal(['TOO_MANY_ALIASES']);
  });

  it('array-based query batching', async () => {
    const answer = await ask(Array.from({ length: 10 }, () => ({ query: 'query cop { __typename }', operationName: 'cop' })));
    expect(Array.isArray(answer)).to.equal(false);
  });

  it('directive overloading', async () => {
    const { errors } = await ask({ query: 'query cop { __typename @aa@aa@aa@aa@aa@aa@aa@aa@aa@aa }', operationName: 'cop' });
    expect(codesOf(errors)).to.deep.equal(['TOO_MANY_DIRECTIVES']);
  });

  it('introspection-based circular query', async () => {
    const types = 'types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } }';
    const { data, errors } = await ask({ query: `query cop { __schema { ${types} } }` });
    expect(data?.__schema).to.equal(undefined);
    expect(codesOf(errors)).to.deep.equal(['INTROSPECTION_OFF']);
  });

  it('mutation over GET', async () => {
    const answer = await fetch(`${url}?query=${encodeURIComponent('mutation cop {__typename}')}`);
    expect(((await answer.json()) as Answer).data?.__typename).to.equal(undefined);
  });

  it('GET method query support', async () => {
    const answer = await fetch(`${url}?query=${encodeURIComponent('query cop {__typename}')}`);
    expect(((await answer.json()) as Answer).data?.__typename).to.equal(undefined);
  });

  it('GraphQL IDE', async () => {
    const text = await (await fetch(url, { headers: { accept: 'text/html' } })).text();
    for (const sign of ['graphiql.min.css', 'GraphQL Playground', 'GraphiQL', 'graphql-playground']) expect(text).to.not.include(sign);
  });

  it('introspection', async () => {
    const { data } = await ask({ query: 'query cop { __schema { types { name fields { name } } } }' });
    expect(data?.__schema).to.equal(undefined);
  });

  it('field suggestions', async () => {
    const { errors } = await ask({ query: 'query cop { ledgr }' });
    expect(JSON.stringify(errors)).to.not.include('Did you mean');
    expect(errors).to.have.lengthOf(1);
  });

  it('POST based url-encoded query', async () => {
    const answer = await fetch(url, { method: 'POST', body: new URLSearchParams({ query: 'query cop { __typename }' }) });
    expect(((await answer.json()) as Answer).data?.__typename).to.equal(undefined);
  });

  it('trace mode', async () => {
    const { extensions } = await ask({ query: 'query cop { __typename }' });
    expect(extensions?.tracing).to.equal(undefined);
  });

  it('unhandled error', async () => {
    const { errors } = await ask({ query: 'qwerty cop { abc }' });
    expect(errors?.[0]?.extensions?.exception).to.equal(undefined);
    expect(JSON.stringify(errors)).to.not.match(/node_modules|at /);
  });
});

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions?: Record<string, unknown> }[];
  extensions?: Record<string, unknown>;
}

function codesOf(errors: Answer['errors']): unknown[] {
  return (errors ?? []).map(({ extensions }) => extensions?.code);
}
