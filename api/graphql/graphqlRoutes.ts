import { readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { ErrorRequestHandler, Request, Response } from 'express';
import { Router } from 'express';
import { GraphQLError } from 'graphql';
import { createSchema, createYoga, maskError, type Plugin } from 'graphql-yoga';
import { ProtocolError } from '../../protocol/errors.ts';
import { readerOf } from '../access/reader.ts';
import { ApiError, problemOf } from '../errors.ts';
import { onlyMethods } from '../http/answerProblem.ts';
import { rawBody, SMALL_BODY } from '../http/bodies.ts';
import { errorFacts } from '../http/log.ts';
import type { ApiNode } from '../node.ts';
import type { IndexerStatus } from '../routes/healthRoutes.ts';
import { createContext, type GraphqlContext } from './context.ts';
import { explorerPage } from './explorerPage.ts';
import { costLimit } from './limits/costLimit.ts';
import { introspectionPolicy } from './limits/introspection.ts';
import { limitError } from './limits/limitError.ts';
import { quietErrors } from './limits/quietErrors.ts';
import { shapeLimits } from './limits/shapeLimits.ts';
import { subscriptionLimit } from './limits/subscriptionLimit.ts';
import { timeLimit } from './limits/timeLimit.ts';
import { tokenLimit } from './limits/tokenLimit.ts';
import { EXPLORE_HEADER, PREFLIGHT_HEADER } from './requestHeaders.ts';
import { Certificate, EpcisEvent, LabReport } from './resolvers/documents.ts';
import { Entry, Lot, Product } from './resolvers/goods.ts';
import { Filing } from './resolvers/law/filing.ts';
import {
  Accreditation,
  Arrangement,
  Decision,
  Designation,
  LimitProfile,
  Panel,
  ReportRegistration,
} from './resolvers/law/laboratories.ts';
import { Companion } from './resolvers/law/lists.ts';
import { NamedLot } from './resolvers/law/namedLot.ts';
import { Authorisation, CertificateRegistration, CertificateUse, Inquiry, RegimeTerms } from './resolvers/law/origin.ts';
import { Alert, AlertStep, Hold, LotStop, Movement, Recall } from './resolvers/law/safety.ts';
import { Term } from './resolvers/law/term.ts';
import {
  AccountableStep,
  LastSeen,
  Shipment,
  Trace,
  TracedGoods,
  TraceFinding,
  TraceGap,
  TraceStep,
  TransferParty,
} from './resolvers/lineage.ts';
import { Member } from './resolvers/member.ts';
import { Query } from './resolvers/query.ts';
import { DateTime } from './resolvers/scalars.ts';
import { SealedEntry } from './resolvers/sealed.ts';
import { Subscription } from './resolvers/subscription.ts';

/** The limits of docs/spec/api.md. */
export const LIMITS = {
  ...{ tokens: 800, depth: 8, aliases: 10, directives: 5, cost: 5_000, milliseconds: 5_000 },
  subscriptions: { subscribers: 100, milliseconds: 600_000 },
} as const;

const TYPE_DEFS = readFileSync(new URL('schema.graphql', import.meta.url), 'utf8');

/** GraphQL over HTTP at `/graphql`, its schema as text at `/graphql/schema`, and a page to explore it at `/graphiql`. */
export function graphqlRoutes(node: ApiNode, status: () => Promise<IndexerStatus>): Router {
  const yoga = createYoga({
    schema: createSchema({ typeDefs: TYPE_DEFS, resolvers: RESOLVERS }),
    plugins: limits(),
    maskedErrors: { maskError: (error, message) => mask(node, error, message) },
    ...{ batching: false, graphiql: false, landingPage: false, cors: false, multipart: false, logging: false },
    graphqlEndpoint: '/graphql',
  });
  const router = Router();
  router.get('/graphql/schema', (_request, response) => void response.type('text/plain').send(TYPE_DEFS));
  router.get('/graphiql', explorerPage());
  router.use('/graphql', rawBody(SMALL_BODY, ['application/json']));
  router.all('/graphql', async (request, response) => {
    response.locals.route = '/graphql';
    if (request.method !== 'GET' && request.method !== 'POST') return onlyMethods('GET', 'POST')(request, response, () => {});
    if (!isDeliberate(request))
      return answerLimit(response, 'CSRF_HEADER_MISSING', `GET needs the header ${PREFLIGHT_HEADER}; POST is of application/json`);
    const isExplorer = request.headers[EXPLORE_HEADER] !== undefined;
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const reader = await readerOf(node, request.headers.authorization);
    const answer = await yoga.fetch(toFetch(request), createContext(node, status, { isExplorer, reader, signal: gone.signal }));
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.status(answer.status);
    if (answer.headers.get('content-type')?.startsWith('text/event-stream') && answer.body !== null) return stream(answer.body, response);
    response.send(Buffer.from(await answer.arrayBuffer()));
  });
  router.use('/graphql', bodyTooLarge);
  return router;
}

/** Answers piece by piece, for as long as the reader stays. */
async function stream(body: AsyncIterable<Uint8Array>, response: Response): Promise<void> {
  // Counted apart: how long a reader stays says nothing about how long answers take.
  response.locals.route = '/graphql (events)';
  response.flushHeaders();
  try {
    await pipeline(body, response);
  } catch {
    // The reader went away, or sends nothing more: there is nobody to answer.
    response.destroy();
  }
}

const RESOLVERS = {
  ...{ Query, Subscription, SealedEntry, Member, Certificate, LabReport, EpcisEvent, Product, Lot, Entry, DateTime },
  ...{ Term, RegimeTerms, Companion, CertificateRegistration, CertificateUse, Inquiry, Authorisation },
  ...{ Panel, LimitProfile, Accreditation, Designation, ReportRegistration, Decision, Arrangement },
  ...{ LotStop, Hold, NamedLot, Alert, AlertStep, Recall, Movement, Filing },
  ...{ AccountableStep, TransferParty, Shipment },
  ...{ Trace, TracedGoods, LastSeen, SealedEntry, TraceStep, TraceGap, TraceFinding },
  Document: { __resolveType: typeOf },
  Credential: { __resolveType: typeOf },
};

function typeOf({ type, number, kind }: { type: string; number?: string; kind: number }): string {
  if (type === 'event') return 'EpcisEvent';
  return kind === 1 && number !== undefined ? 'Certificate' : 'LabReport';
}

function limits(): Plugin[] {
  const isExplorer = (context: unknown) => (context as GraphqlContext).isExplorer;
  return [
    tokenLimit(LIMITS.tokens),
    shapeLimits(LIMITS),
    introspectionPolicy(isExplorer),
    quietErrors(),
    costLimit(LIMITS.cost),
    subscriptionLimit(LIMITS.subscriptions),
    timeLimit(LIMITS.milliseconds),
  ];
}

/** Errors of ours are shown with their codes; all others are masked and logged. */
function mask(node: ApiNode, error: unknown, message: string): Error {
  const original = error instanceof GraphQLError ? error.originalError : error;
  if (original instanceof ApiError || original instanceof ProtocolError) {
    const { code, detail, status, pointer } = problemOf(original);
    const { nodes, path } = error as GraphQLError;
    const extensions = { code, ...(pointer !== undefined && { pointer }) };
    if (status < 500 || code !== 'INTERNAL') return new GraphQLError(detail, { nodes: nodes ?? null, path: path ?? null, extensions });
  }
  const masked = maskError(error, message);
  if (original !== undefined && !(original instanceof GraphQLError)) node.log('error', 'resolver failed', errorFacts(original));
  return masked;
}

/** A browser sends a POST of JSON, or any request with a header of its own, to another origin only after that origin has agreed: so it cannot be tricked into it. */
function isDeliberate(request: Request): boolean {
  return (
    request.headers[PREFLIGHT_HEADER] !== undefined || (request.method === 'POST' && request.is('application/json') === 'application/json')
  );
}

function toFetch(request: Request): globalThis.Request {
  const headers = new Headers();
  for (const name of ['accept', 'content-type']) if (request.headers[name] !== undefined) headers.set(name, String(request.headers[name]));
  const body = Buffer.isBuffer(request.body) ? { body: new Uint8Array(request.body) } : {};
  return new Request(new URL(request.originalUrl, 'http://node'), {
    method: request.method,
    headers,
    ...(request.method === 'POST' && body),
  });
}

const bodyTooLarge: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (problemOf(error).code !== 'BODY_TOO_LARGE') return next(error);
  answerLimit(response, 'BODY_TOO_LARGE', `a query has at most ${SMALL_BODY} bytes`);
};

function answerLimit(response: Response, code: Parameters<typeof limitError>[0], message: string): void {
  const { message: text, extensions } = limitError(code, message);
  const { http: _status, ...shown } = extensions;
  response
    .status(400)
    .type('application/graphql-response+json')
    .send(JSON.stringify({ errors: [{ message: text, extensions: shown }] }));
}
