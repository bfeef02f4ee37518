import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildClientSchema, buildSchema, getIntrospectionQuery, type IntrospectionQuery, parse, printSchema } from 'graphql';
import { LIMITS } from '../../api/graphql/graphqlRoutes.ts';
import { costOf } from '../../api/graphql/limits/costLimit.ts';
import { EXPLORE_HEADER } from '../../api/graphql/requestHeaders.ts';
import { startTestNode, type TestNode } from './support/testNode.ts';

const SDL = readFileSync(join(import.meta.dirname, '../../api/graphql/schema.graphql'), 'utf8');

describe('GraphQL limits', () => {
  let node: TestNode;

  before(async () => {
    node = await startTestNode();
  });
  after(() => node.close());

  /** Status and code of the answer, asked as `application/json`, whose clients the specification lets be answered 200. */
  async function refusal(query: string, variables: object = {}): Promise<[number, unknown]> {
    const answer = await node.post('/graphql', { query, variables }, { accept: 'application/json' });
    const { errors } = (await answer.json()) as { errors?: { extensions?: { code?: unknown } }[] };
    return [answer.status, errors?.[0]?.extensions?.code];
  }

  const nested = (levels: number) => {
    let query = 'id';
    for (let level = 0; level < levels; level++) query = `issuer { ${query} }`;
    return query;
  };

  for (const [name, query, code] of [
    ['tokens', `{ ${'__typename '.repeat(LIMITS.tokens)} }`, 'QUERY_TOO_LONG'],
    ['depth', `{ a(x: 1) { ${'b { '.repeat(LIMITS.depth)} c ${'} '.repeat(LIMITS.depth)} } }`, 'QUERY_TOO_DEEP'],
    ['depth by fragments', `{ a { ...f } } fragment f on X { ${nested(LIMITS.depth)} }`, 'QUERY_TOO_DEEP'],
    ['aliases', `{ ${Array.from({ length: LIMITS.aliases + 1 }, (_, index) => `a${index}: __typename`).join(' ')} }`, 'TOO_MANY_ALIASES'],
    ['directives', `{ __typename ${'@skip(if: false) '.repeat(LIMITS.directives + 1)} }`, 'TOO_MANY_DIRECTIVES'],
    [
      'cost',
      `{ ${'a b'
        .split(' ')
        .map((name) => `${name}: events(first: 100) { edges { node { verdict { answer findings { code } } bundle issuer { profile } } } }`)
        .join(' ')} }`,
      'QUERY_TOO_COSTLY',
    ],
    [
      'cost of nested pages',
      '{ product(gtin: "1") { lots(first: 100) { edges { node { events { leaf hash bizStep verdict { answer } } } } } } }',
      'QUERY_TOO_COSTLY',
    ],
  ] as const) {
    it(`refuses a query over the limit of ${name}`, async () => {
      expect(await refusal(query)).to.deep.equal([400, code]);
    });
  }

  it('counts page sizes given by variables', async () => {
    const query =
      'query ($n: Int!) { events(first: $n) { edges { node { verdict { answer asOf at height blockHash finality } bundle kind } } } }';
    expect((await refusal(query, { n: 100 })).at(-1)).to.equal(undefined);
    expect(
      await refusal(
        query.replace(
          'kind',
          'kind leaf sha256 sm3 hash eventId eventTime bizStep subjects event issuer { id shore roles profile proof validFrom validUntil suspendedAt profileDigest } standing { status reason anchoredAt changedAt expiresAt changes successor }',
        ),
        { n: 100 },
      ),
    ).to.deep.equal([400, 'QUERY_TOO_COSTLY']);
  });

  it('refuses a body over 100 kB', async () => {
    expect(await refusal(`{ __typename } #${'x'.repeat(100_001)}`)).to.deep.equal([400, 'BODY_TOO_LARGE']);
  });

  it('refuses a page of more than 100', async () => {
    expect((await refusal('{ events(first: 101) { edges { cursor } } }'))[1]).to.equal('BAD_PAGE_SIZE');
  });

  it('refuses a cursor of another list', async () => {
    expect((await refusal('{ events(after: "WzFd") { edges { cursor } } }'))[1]).to.equal('BAD_CURSOR');
  });

  it('refuses a fragment that spreads itself', async () => {
    const [status] = await refusal('{ ...f } fragment f on Query { ...f }');
    expect(status).to.be.oneOf([200, 400]);
  });

  for (const [name, query, variables] of [
    ['a variable of another type', 'query($n: String!) { certificate(number: $n) { match } }', { n: { name: 'ZETA' } }],
    ['a value of another type', '{ certificate(number: ["ZETA"]) { match } }', {}],
    ['a number', '{ events(first: "ZETA") { edges { cursor } } }', {}],
    ['an unfinished query', '{ certificate(number "ZETA") { match } }', {}],
    ['a word out of place', '{ certificate(number: ZETA) { match } }', {}],
  ] as const)
    it(`repeats nothing of ${name} in its error`, async () => {
      const answer = await node.post('/graphql', { query, variables });
      const text = await answer.text();
      expect(text).to.include('"errors"');
      expect(text).not.to.include('ZETA');
    });

  it('lets the explorer ask the schema about itself', async () => {
    const answer = await node.post('/graphql', { query: getIntrospectionQuery() }, { [EXPLORE_HEADER]: '1' });
    const { data } = (await answer.json()) as { data: IntrospectionQuery };
    expect(printSchema(buildClientSchema(data))).to.equal(printSchema(buildSchema(SDL)));
  });

  it('serves the schema as text', async () => {
    expect(await (await fetch(`${node.url}/graphql/schema`)).text()).to.equal(SDL);
  });

  it('serves the page to explore it, with its own script only', async () => {
    const answer = await fetch(`${node.url}/graphiql`);
    expect(answer.headers.get('content-security-policy')).to.match(/script-src 'sha256-[^']+';/);
    expect(await answer.text()).to.include('Tidemark GraphQL');
  });
});

describe('costOf', () => {
  const schema = buildSchema(SDL);
  const cost = (query: string, variables: Record<string, unknown> = {}) => costOf(schema, parse(query), undefined, variables);

  it('counts each field once', () => {
    expect(cost('{ ledger { height lagBlocks } }')).to.equal(3);
  });

  it('multiplies by the page size', () => {
    expect(cost('{ members(first: 50) { edges { node { id shore } } } }')).to.equal(1 + 50 * 4);
  });

  it('takes the default page size where none is given', () => {
    expect(cost('{ members { edges { cursor } } }')).to.equal(1 + 20 * 2);
  });

  it('counts what is spread as often as it is spread', () => {
    expect(cost('{ ...f ...f } fragment f on Query { ledger { height } }')).to.equal(4);
  });
});

describe('schema', () => {
  it('documents every type and every field that its interface does not', () => {
    const schema = buildSchema(SDL);
    const undocumented = Object.values(schema.getTypeMap())
      .filter(({ name, astNode }) => astNode !== undefined && !name.startsWith('__'))
      .filter(({ description }) => (description ?? '') === '')
      .map(({ name }) => name);
    expect(undocumented).to.deep.equal([]);
  });
});
