import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

const QUIET = new Set(['/health/live', '/health/ready', '/metrics', '/checkpoint', '/checkpoint/:height']);

/** Gives each request an id, counts it and logs it by its route's pattern: addresses hold product and certificate numbers, which no log keeps. */
export function observe(log: Log, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const started = process.hrtime.bigint();
    const id = randomUUID();
    response.setHeader('X-Request-Id', id);
    response.locals.requestId = id;
    response.on('close', () => {
      const route = (response.locals.route as string | undefined) ?? patternOf(request.route);
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      metrics.answered(route, request.method, response.statusCode, seconds);
      const level = response.statusCode >= 500 ? 'error' : 'info';
      if (!QUIET.has(route)) {
        log(level, 'request', { request: id, route, method: request.method, status: response.statusCode, ms: Math.round(seconds * 1000) });
      }
    });
    next();
  };
}

function patternOf(route: { path?: unknown } | undefined): string {
  return typeof route?.path === 'string' ? route.path : 'other';
}
