import type { ErrorRequestHandler } from 'express';
import { problemOf } from '../errors.ts';
import { errorFacts, type Log } from '../http/log.ts';

/** Exceptions of EPCIS 2.0 by the status that the REST binding gives them. */
const BY_STATUS: ReadonlyMap<number, string> = new Map([
  [401, 'SecurityException'],
  [403, 'SecurityException'],
  [404, 'NoSuchNameException'],
  [406, 'NotAcceptableException'],
  [409, 'ResourceAlreadyExistsException'],
  [413, 'CaptureLimitExceededException'],
  [414, 'URITooLongException'],
  [415, 'UnsupportedMediaTypeException'],
]);
const BY_CODE: ReadonlyMap<string, string> = new Map([
  ['QUERY_RESULT_TOO_LARGE', 'QueryTooLargeException'],
  ['QUERY_TOO_COMPLEX', 'QueryTooComplexException'],
  ['SUBSCRIPTION_INVALID', 'SubscriptionControlsException'],
  ['DESTINATION_REFUSED', 'SubscriptionControlsException'],
  ['SCHEDULE_INVALID', 'SubscriptionControlsException'],
]);

/** Answers errors as RFC 9457 problems whose `type` is an exception of EPCIS 2.0; `code` is ours. */
export function epcisProblem(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const problem = problemOf(error);
    if (problem.status >= 500) log('error', 'failed', { request: response.locals.requestId as string, ...errorFacts(error) });
    if (response.headersSent) return next(error);
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    const type = `epcisException:${exceptionOf(problem.code, problem.status, request.method)}`;
    response
      .status(problem.status)
      .type('application/problem+json')
      .send(JSON.stringify({ ...problem, type }));
  };
}

function exceptionOf(code: string, status: number, method: string): string {
  if (status === 400)
    return BY_CODE.get(code) ?? (method === 'POST' && !code.startsWith('QUERY_') ? 'ValidationException' : 'QueryParameterException');
  return BY_CODE.get(code) ?? BY_STATUS.get(status) ?? 'ImplementationException';
}
