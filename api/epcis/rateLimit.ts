import type { RequestHandler } from 'express';
import { ApiError } from '../errors.ts';

interface Bucket {
  tokens: number;
  at: number;
}

const MOST_CALLERS = 10_000;

/**
 * Lets each address ask so many times a second, and so many at once after a rest. It is a bound for one process, for whoever reaches it: a node behind a proxy is
 * limited there.
 */
export function rateLimit(clock: () => number, perSecond: number, burst: number): RequestHandler {
  const buckets = new Map<string, Bucket>();
  return (request, response, next) => {
    const caller = request.socket.remoteAddress ?? '';
    const now = clock();
    const { tokens, at } = buckets.get(caller) ?? { tokens: burst, at: now };
    const filled = Math.min(burst, tokens + (Math.max(0, now - at) * perSecond) / 1_000);
    buckets.delete(caller);
    buckets.set(caller, { tokens: Math.max(0, filled - 1), at: now });
    // The one that asked longest ago has the fullest bucket: forgetting it loses least.
    if (buckets.size > MOST_CALLERS) buckets.delete(buckets.keys().next().value as string);
    if (filled >= 1) return next();
    response.setHeader('Retry-After', String(Math.ceil((1 - filled) / perSecond)));
    throw new ApiError('TOO_MANY_REQUESTS', `at most ${perSecond} requests a second`);
  };
}
