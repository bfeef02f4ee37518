import { randomUUID } from 'node:crypto';
import { type Request, Router } from 'express';
import { isObject, STANDARD_CONTEXT } from '../../protocol/epcis/eventContext.ts';
import { readQuery } from '../../protocol/epcis/query/readQuery.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import type { NamedQuery } from '../catalogue/namedQueries.ts';
import { ApiError } from '../errors.ts';
import { rawBody, SMALL_BODY } from '../http/bodies.ts';
import { answerQuery, type EpcisFace } from './answerEvents.ts';
import { firstState } from './followSubscriptions.ts';
import { BASE, contextOf, discovery, JSON_TYPES, sendJson } from './headers.ts';
import { isText, pageOf, readToken } from './pageToken.ts';
import { addressOf } from './parameters.ts';
import { bytesOf } from './postEvent.ts';
import { readSubscription, type StandingQuery } from './readSubscription.ts';

const NAME = /^[A-Za-z0-9][\w.~-]{0,99}$/;
const QUERIES_OF_A_MEMBER = 100;
const SUBSCRIPTIONS_OF_A_MEMBER = 50;
const QUERIES = `${BASE}/queries`;

/** Named queries, their events, and who is told of them. A query is its member's; everybody may read it. */
export function queryRoutes(face: EpcisFace): Router {
  const { node } = face;
  const { catalogue } = node;
  const router = Router();
  const body = rawBody(SMALL_BODY, JSON_TYPES);
  const known = (name: string | string[] | undefined): NamedQuery => {
    const query = typeof name === 'string' ? catalogue.namedQuery(name) : undefined;
    if (query === undefined) throw new ApiError('UNKNOWN_QUERY', 'no query has this name');
    return query;
  };
  const memberOf = (request: Request) => node.tokens.holderOf(request.headers.authorization).member;
  const own = (request: Request): StandingQuery => {
    const found = catalogue.subscription(String(request.params.id)) as StandingQuery | undefined;
    // Another member's subscription is not told apart from none.
    if (found === undefined || found.query !== request.params.name || found.member !== memberOf(request))
      throw new ApiError('UNKNOWN_SUBSCRIPTION', 'no subscription of this member has this id');
    return found;
  };

  router.get(QUERIES, (request, response) => {
    const address = addressOf(request);
    const token = readToken(node, address, QUERIES, isText);
    const found = catalogue.namedQueries(address.perPage + 1, token?.place);
    const page = pageOf(response, node, address, QUERIES, found, ({ name }) => name);
    sendJson(
      response,
      page.map(({ name, query }) => ({ name, query })),
    );
  });
  router.post(QUERIES, body, (request, response) => {
    const member = memberOf(request);
    const { name, query } = readNamedQuery(request);
    if (catalogue.namedQuery(name) !== undefined) throw new ApiError('ALREADY_NAMED', 'a query has this name', { pointer: '/name' });
    if (catalogue.countQueries(member) >= QUERIES_OF_A_MEMBER)
      throw new ApiError('TOO_MANY', `a member has at most ${QUERIES_OF_A_MEMBER} queries`);
    catalogue.addQuery({ name, member, createdAt: new Date(node.clock()).toISOString(), query });
    response.setHeader('Location', `${QUERIES}/${name}`);
    response.status(201).end();
  });
  router.get(`${QUERIES}/:name`, (request, response) => {
    const { name, query } = known(request.params.name);
    sendJson(response, { name, query });
  });
  router.delete(`${QUERIES}/:name`, (request, response) => {
    const member = memberOf(request);
    const query = known(request.params.name);
    if (query.member !== member) throw new ApiError('FORBIDDEN', 'the query is another member’s');
    catalogue.removeQuery(query.name);
    response.status(204).end();
  });
  router.get(`${QUERIES}/:name/events`, async (request, response) => {
    const { name, query } = known(request.params.name);
    const address = addressOf(request);
    if (address.pairs.length > 0)
      throw new ApiError('SUBSCRIPTION_INVALID', 'a named query takes no parameters, and is not streamed: subscribe to it', {
        pointer: `/${address.pairs[0]?.[0].slice(0, 80)}`,
      });
    await answerQuery(face, request, response, readQuery(query), address, name);
  });

  router.get(`${QUERIES}/:name/subscriptions`, (request, response) => {
    const member = memberOf(request);
    const { name } = known(request.params.name);
    const address = addressOf(request);
    const here = `${QUERIES}/${name}/subscriptions`;
    const token = readToken(node, address, here, isText);
    const found = catalogue.subscriptionsOf(name, member, address.perPage + 1, token?.place) as StandingQuery[];
    sendJson(response, pageOf(response, node, address, here, found, ({ id }) => id).map(shown));
  });
  router.post(`${QUERIES}/:name/subscriptions`, body, (request, response) => {
    const member = memberOf(request);
    const { name } = known(request.params.name);
    const terms = readSubscription(parseStrict(bytesOf(request)), request, node.callOut, new Date(node.clock()).toISOString());
    if (catalogue.countSubscriptions(member) >= SUBSCRIPTIONS_OF_A_MEMBER)
      throw new ApiError('TOO_MANY', `a member has at most ${SUBSCRIPTIONS_OF_A_MEMBER} subscriptions`);
    const standing: StandingQuery = { id: randomUUID(), query: name, member, terms, state: firstState(node, terms) };
    catalogue.addSubscription(standing);
    // Who tells subscribers looks at it at once.
    catalogue.news.emit('indexed');
    response.setHeader('Location', `${QUERIES}/${name}/subscriptions/${standing.id}`);
    response.status(201);
    sendJson(response, shown(standing));
  });
  router.get(`${QUERIES}/:name/subscriptions/:id`, (request, response) => sendJson(response, shown(own(request))));
  router.delete(`${QUERIES}/:name/subscriptions/:id`, (request, response) => {
    catalogue.removeSubscription(own(request).id);
    response.status(204).end();
  });

  router.all([QUERIES, `${QUERIES}/:name/subscriptions`], discovery(['OPTIONS', 'GET', 'POST']));
  router.all([`${QUERIES}/:name`, `${QUERIES}/:name/subscriptions/:id`], discovery(['OPTIONS', 'GET', 'DELETE']));
  router.all(`${QUERIES}/:name/events`, discovery(['OPTIONS', 'GET']));
  return router;
}

/** @throws ApiError `BAD_REQUEST`; ProtocolError of `parseStrict` and `readQuery` */
function readNamedQuery(request: Request): { name: string; query: JsonObject } {
  const given = parseStrict(bytesOf(request));
  const { name, query, ...others } = isObject(given) ? given : {};
  const [other] = Object.keys(others);
  if (other !== undefined) throw new ApiError('BAD_REQUEST', 'is no member of a named query', { pointer: `/${other.slice(0, 40)}` });
  if (typeof name !== 'string' || !NAME.test(name))
    throw new ApiError('BAD_REQUEST', 'expected at most 100 letters, digits and . _ ~ -, the first a letter or digit', {
      pointer: '/name',
    });
  if (!isObject(query)) throw new ApiError('BAD_REQUEST', 'expected an object', { pointer: '/query' });
  const context = contextOf(request);
  readQuery(query, context);
  return { name, query: withContext(query, context.prefixes) };
}

/** The query with the prefixes that its request declared: they are not told again when it runs. */
function withContext(query: JsonObject, prefixes: ReadonlyMap<string, string>): JsonObject {
  const own = [query['@context'] ?? []].flat();
  const declared = ownPrefixes(prefixes);
  return Object.keys(declared).length === 0 ? query : { ...query, '@context': [declared, ...own] };
}

function ownPrefixes(prefixes: ReadonlyMap<string, string>): JsonObject {
  return Object.fromEntries([...prefixes].filter(([prefix, uri]) => STANDARD_CONTEXT.prefixes.get(prefix) !== uri));
}

function shown({ id, query, terms, state }: StandingQuery): JsonObject {
  const { dest, reportIfEmpty, schedule, initialRecordTime, epcFormat, createdAt } = terms;
  return {
    ...{ subscriptionID: id, queryName: query, dest, createdAt, reportIfEmpty, epcFormat },
    ...(schedule === undefined ? { stream: true } : { schedule }),
    ...(initialRecordTime !== undefined && { initialRecordTime: new Date(initialRecordTime).toISOString() }),
    ...(state.lastNotifiedAt !== undefined && { lastNotifiedAt: state.lastNotifiedAt }),
  };
}
