import { toUtf8 } from '../encoding/utf8.ts';
import { ProtocolError } from '../errors.ts';
import { keyId, type PrivateJwk, type PublicJwk } from '../jose/jwk.ts';
import { parseJws, signJws, verifyJws } from '../jose/jws.ts';
import type { JsonObject } from '../json/jsonValue.ts';
import { parseStrict } from '../json/parseStrict.ts';

/** The media type of a signed request, in the header's `typ`: a checkpoint, which the same key signs, can never pass for one. */
export const NODE_REQUEST_TYPE = 'tidemark-request+jwt';

/** What one node asks of the other, signed with the key that trust.json pins (docs/spec/api.md, "Release"). */
export interface NodeRequest {
  /** Name of the node that asks. */
  iss: string;
  /** Name of the node that is asked: what is sent to one cannot be shown to another. */
  aud: string;
  /** Path of the request, with the leaf in it. */
  path: string;
  /** When it was signed, by the clock of the node that asks; Unix seconds. */
  iat: number;
}

/** A node of trust.json, as far as its requests are concerned. */
interface Asker {
  name: string;
  jwk: PublicJwk;
}

const MAX_LENGTH = 4_096;
// No replay beyond a minute: a clock may be so far ahead, and a request so old.
const AHEAD_SECONDS = 10;
const OLD_SECONDS = 50;

/** Signs a request as compact JWS. */
export function signNodeRequest(request: NodeRequest, key: PrivateJwk): string {
  const { iss, aud, path, iat } = request;
  return signJws({ typ: NODE_REQUEST_TYPE, kid: keyId(key) }, toUtf8(JSON.stringify({ iss, aud, path, iat })), key);
}

/**
 * Which of the nodes sent this request.
 *
 * @param asked name of the node that is asked, path of the request, and the time of its clock in Unix seconds
 * @throws ProtocolError `SIGNATURE_WRONG`, `REQUEST_MALFORMED`, `REQUEST_EXPIRED`, `REQUEST_OF_ANOTHER`, those of `parseJws`
 */
export function nodeOfRequest<Node extends Asker>(
  compact: string,
  nodes: readonly Node[],
  asked: { name: string; path: string; now: number },
): Node {
  if (compact.length > MAX_LENGTH) throw malformed();
  const { header } = parseJws(compact);
  if (header.typ !== NODE_REQUEST_TYPE) throw malformed();
  const node = nodes.find(({ jwk }) => keyId(jwk) === header.kid);
  if (node === undefined) throw new ProtocolError('SIGNATURE_WRONG', 'the request is not signed by a node that is trusted here');
  const { iss, aud, path, iat } = readRequest(verifyJws(compact, node.jwk).payload);
  if (iss !== node.name || aud !== asked.name || path !== asked.path)
    throw new ProtocolError('REQUEST_OF_ANOTHER', 'the signature is of another request');
  if (iat > asked.now + AHEAD_SECONDS || iat < asked.now - OLD_SECONDS)
    throw new ProtocolError('REQUEST_EXPIRED', 'the request was not signed within the minute');
  return node;
}

function readRequest(payload: Uint8Array): NodeRequest {
  const { iss, aud, path, iat } = parseStrict(payload) as JsonObject;
  if (typeof iss === 'string' && typeof aud === 'string' && typeof path === 'string' && Number.isSafeInteger(iat))
    return { iss, aud, path, iat: iat as number };
  throw malformed();
}

function malformed(): ProtocolError {
  return new ProtocolError('REQUEST_MALFORMED', 'not the signed request of a node');
}
