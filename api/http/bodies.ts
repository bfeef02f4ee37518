import express, { type RequestHandler } from 'express';

/** Greatest body of most requests. */
export const SMALL_BODY = 100_000;
/** Greatest body of `POST /documents`, `POST /batches` and captures. */
export const LARGE_BODY = 8_000_000;

/** Reads a JSON body; any other media type is left unread and refused by the route. */
export function jsonBody(limit: number): RequestHandler {
  return express.json({ limit, type: 'application/json', strict: true });
}

/** Reads a body's bytes, for what is parsed strictly. */
export function rawBody(limit: number, types: string[]): RequestHandler {
  return express.raw({ limit, type: types });
}
