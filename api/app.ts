import express, { type Express } from 'express';
import { recentSubjects } from './bundles/recentSubjects.ts';
import { codeRoutes } from './codes/codeRoutes.ts';
import { epcisRoutes } from './epcis/epcisRoutes.ts';
import { graphqlRoutes } from './graphql/graphqlRoutes.ts';
import { answerNotFound, answerProblem } from './http/answerProblem.ts';
import { createMetrics } from './http/metrics.ts';
import { observe } from './http/observe.ts';
import { securityHeaders } from './http/security.ts';
import type { ApiNode } from './node.ts';
import { refuseCompressed, resolverRoutes } from './resolver/resolverRoutes.ts';
import { documentRoutes } from './routes/documentRoutes.ts';
import { filingRoutes } from './routes/filingRoutes.ts';
import { healthRoutes, type IndexerStatus } from './routes/healthRoutes.ts';
import { pageRoutes } from './routes/pageRoutes.ts';
import { releaseRoutes } from './routes/releaseRoutes.ts';
import { tracePageRoutes } from './routes/tracePageRoutes.ts';
import { traceRoutes } from './routes/traceRoutes.ts';

/** The routes of docs/spec/api.md for one node. */
export function createApp(node: ApiNode, status: () => Promise<IndexerStatus>): Express {
  const app = express();
  const metrics = createMetrics();
  const subjects = recentSubjects(node);
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(observe(node.log, metrics));
  app.use(securityHeaders(node.config.publicUrl.startsWith('https:')));
  app.use(healthRoutes(node, status, metrics));
  app.use(graphqlRoutes(node, status));
  app.use(documentRoutes(node, subjects));
  app.use(releaseRoutes(node));
  app.use(epcisRoutes(node));
  app.use(filingRoutes(node));
  app.use(traceRoutes(node, subjects));
  app.use(codeRoutes(node));
  app.use(tracePageRoutes(node));
  app.use(pageRoutes(node, subjects));
  app.use(resolverRoutes(node));
  app.use(refuseCompressed);
  app.use(answerNotFound);
  app.use(answerProblem(node.log));
  return app;
}
