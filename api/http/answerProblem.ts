import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { ApiError, problemOf } from '../errors.ts';
import { errorFacts, type Log } from './log.ts';

/** Answers errors as RFC 9457 problems; what was not meant for the caller is logged under the request's id. */
export function answerProblem(log: Log): ErrorRequestHandler {
  return (error: unknown, _request: Request, response: Response, next) => {
    const problem = problemOf(error);
    if (problem.status >= 500) log('error', 'failed', { request: response.locals.requestId as string, ...errorFacts(error) });
    if (response.headersSent) return next(error);
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  };
}

/** What no route took. */
export const answerNotFound: RequestHandler = () => {
  throw new ApiError('NOT_FOUND', 'no such route');
};

/** Refuses methods that a known path does not have. */
export function onlyMethods(...methods: readonly string[]): RequestHandler {
  return (_request, response) => {
    response.setHeader('Allow', methods.join(', '));
    throw new ApiError('METHOD_NOT_ALLOWED', `only ${methods.join(', ')}`);
  };
}
