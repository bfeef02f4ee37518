/**
 * Browsers send a header of its own across origins only after asking that origin, so a GET that carries it comes from our pages or from a program, never from a link or
 * an image on somebody's page.
 */
export const PREFLIGHT_HEADER = 'graphql-require-preflight';
/** Sent by the page that explores the schema, and by tools that need introspection. It is no secret, as the schema is none. */
export const EXPLORE_HEADER = 'x-tidemark-explore';
