import { expect } from 'chai';
import { type AuditResult, auditServer } from 'graphql-http';
import { EXPLORE_HEADER, PREFLIGHT_HEADER } from '../../api/graphql/requestHeaders.ts';
import { startTestNode, type TestNode } from './support/testNode.ts';

/** The audit of the GraphQL-over-HTTP specification by its working group, in the role that may introspect. */
describe('GraphQL over HTTP', () => {
  let node: TestNode;
  let results: AuditResult[];

  before(async () => {
    node = await startTestNode();
    const asExplorer: typeof fetch = (input, init) =>
      fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), [PREFLIGHT_HEADER]: '1', [EXPLORE_HEADER]: '1' } });
    results = await auditServer({ url: `${node.url}/graphql`, fetchFn: asExplorer });
  });
  after(() => node.close());

  it('is audited by 61 checks', () => {
    expect(results).to.have.lengthOf(61);
  });

  it('passes each of them', () => {
    const failed = results.filter(({ status }) => status !== 'ok').map(({ id, name, status }) => `${id} ${status}: ${name}`);
    expect(failed).to.deep.equal([]);
  });
});
