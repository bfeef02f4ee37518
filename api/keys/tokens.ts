import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { ApiError } from '../errors.ts';

/** Who a token speaks for. */
export interface TokenHolder {
  /** The member's short name, as its folder is called. */
  slug: string;
  /** The member's number on the ledger. */
  member: number;
}

/** Tells whom a request speaks for. */
export interface Tokens {
  /**
   * @param authorization the header `Authorization`
   * @throws ApiError `NO_TOKEN`
   */
  holderOf(authorization: string | undefined): TokenHolder;
}

/**
 * The tokens of this node: `{"tokens":[{"slug","member","sha256"}]}`, the SHA-256 of each token's text in hex. The tokens themselves are with the members only.
 * The file is read again when it changes, so that a member can be added without a restart.
 */
export function openTokens(path: string): Tokens {
  let read: { changed: number; holders: Map<string, TokenHolder> } = { changed: -1, holders: new Map() };
  const holders = () => {
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -1;
    if (changed !== read.changed) read = { changed, holders: changed === -1 ? new Map() : readHolders(path) };
    return read.holders;
  };
  return {
    holderOf(authorization) {
      const [, token] = /^Bearer ([\w.~+/=-]{16,512})$/i.exec(authorization ?? '') ?? [];
      // The digest is what is compared: how long a look-up takes says nothing about the token.
      const holder = token === undefined ? undefined : holders().get(createHash('sha256').update(token).digest('hex'));
      if (holder === undefined)
        throw new ApiError('NO_TOKEN', 'this needs the header Authorization: Bearer, with the token of a member of this node');
      return holder;
    },
  };
}

function readHolders(path: string): Map<string, TokenHolder> {
  const { tokens } = JSON.parse(readFileSync(path, 'utf8')) as { tokens: (TokenHolder & { sha256: string })[] };
  return new Map(tokens.map(({ slug, member, sha256 }) => [sha256.replace(/^0x/, ''), { slug, member }]));
}
