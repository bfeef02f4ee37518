import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Security headers for everything: nothing may be loaded, framed or posted. Pages set their own, looser policy.
 *
 * @param https whether readers reach the node over https: only then does HSTS make sense
 */
export function securityHeaders(https: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
}

/** Lets scripts of other origins read public answers: a phone asks the other shore's node for its checkpoint. */
export const publicRead: RequestHandler = (_request, response, next) => {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  next();
};
