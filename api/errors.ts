import { ProtocolError } from '../protocol/errors.ts';

/** Every code that the HTTP face answers with, its status and its title (docs/spec/api.md). Codes of `protocol/` that name a field are answered 400. */
export const API_ERRORS = {
  ALREADY_CAPTURED: [409, 'This event is known'],
  ALREADY_NAMED: [409, 'The name is taken'],
  BAD_CURSOR: [400, 'The cursor is not one of this list'],
  BAD_REQUEST: [400, 'The request cannot be read'],
  BODY_NOT_KEPT: [503, 'The body is not in the document store'],
  BODY_TOO_LARGE: [413, 'The body is too large'],
  CAPTURE_INVALID: [400, 'The document is not valid EPCIS 2.0'],
  CODE_TOO_LONG: [400, 'The code would be too large to be read well'],
  COMPRESSED_LINK: [404, 'Compressed Digital Links are not read here'],
  DESTINATION_REFUSED: [400, 'This address is not called'],
  DOCUMENT_INVALID: [400, 'The document does not satisfy its profile'],
  FILING_INVALID: [400, 'The filing does not have its form'],
  FORBIDDEN: [403, 'Not allowed for this member'],
  INDEX_BEHIND: [503, 'The index has not reached this block'],
  INTERNAL: [500, 'Something failed here'],
  LEAVES_INVALID: [400, 'The leaves do not make a batch'],
  MEDIA_TYPE: [415, 'The media type is not supported'],
  METHOD_NOT_ALLOWED: [405, 'The method is not supported here'],
  NODE_UNPROVEN: [401, 'The request is not proven to be the other node’s'],
  NOT_ACCEPTABLE: [406, 'None of the accepted media types can be given'],
  NOT_FOUND: [404, 'There is nothing here'],
  NOT_A_REPORT: [400, 'The document is no laboratory report'],
  NOT_DOMESTIC: [409, 'The document is public'],
  NOT_FILEABLE: [400, 'Only parties (417) and products (01) are filed'],
  NOT_RELEASED: [403, 'The body stays with its issuer'],
  NOT_YET_ANCHORED: [409, 'The document is kept but not anchored yet'],
  NOT_YET_FILED: [409, 'The text is kept but not filed yet'],
  NO_ACCOUNT: [403, 'This node holds no account of the member'],
  NO_TOKEN: [401, 'A token is needed'],
  QUERY_RESULT_TOO_LARGE: [413, 'The result is too large'],
  QUERY_TOO_COMPLEX: [413, 'The query is too complex'],
  RELEASE_INVALID: [400, 'The release does not have its form'],
  SUBSCRIPTION_INVALID: [400, 'The subscription does not have its form'],
  TIMED_OUT: [408, 'The request took too long'],
  TOO_MANY: [400, 'Too many items'],
  TOO_MANY_REQUESTS: [429, 'Too many requests'],
  UNAVAILABLE: [503, 'Not available now'],
  UNKNOWN_BATCH: [404, 'No such batch is known'],
  UNKNOWN_DOCUMENT: [404, 'No such document is known'],
  UNKNOWN_EVENT: [404, 'No such event is known'],
  UNKNOWN_FILING: [404, 'Nothing is filed of this'],
  UNKNOWN_JOB: [404, 'No such capture is known'],
  UNKNOWN_LINK: [404, 'There is no link of this type'],
  UNKNOWN_MEMBER: [404, 'No member has this number'],
  UNKNOWN_PROFILE: [404, 'No such limit profile is known'],
  UNKNOWN_QUERY: [404, 'No such query is known'],
  UNKNOWN_RELEASE: [404, 'No such release is known'],
  UNKNOWN_SUBJECT: [404, 'Nothing is recorded of this'],
  UNKNOWN_SUBSCRIPTION: [404, 'No such subscription is known'],
  URI_TOO_LONG: [414, 'The address is too long'],
  VISIBILITY_FIXED: [409, 'The document was stored with another visibility'],
} as const satisfies Record<string, readonly [number, string]>;

/** One of the codes above. */
export type ApiErrorCode = keyof typeof API_ERRORS;

/** One field that was refused. */
export interface Problem {
  code: string;
  /** RFC 6901. */
  pointer: string;
  detail: string;
}

/** What a request is refused with. `detail` is for people and holds no personal data. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly pointer?: string;
  readonly problems?: readonly Problem[];

  constructor(code: ApiErrorCode, detail: string, more: { pointer?: string; problems?: readonly Problem[]; cause?: unknown } = {}) {
    super(detail, more.cause === undefined ? {} : { cause: more.cause });
    [this.status, this.title] = API_ERRORS[code];
    this.code = code;
    if (more.pointer !== undefined) this.pointer = more.pointer;
    if (more.problems !== undefined) this.problems = more.problems;
  }
}

/** RFC 9457. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  pointer?: string;
  problems?: readonly Problem[];
}

/** What an error is answered with. What was not meant for the caller becomes INTERNAL, without its message. */
export function problemOf(error: unknown): ProblemDocument {
  if (error instanceof ApiError) return { ...common(error.code, error.status, error.title, error.message), ...fields(error) };
  if (error instanceof ProtocolError) return { ...common(error.code, 400, 'The input is refused', error.message), ...fields(error) };
  const [status, title] = API_ERRORS[codeOf(error)];
  return common(codeOf(error), status, title, title);
}

function common(code: string, status: number, title: string, detail: string): ProblemDocument {
  return { type: `urn:tidemark:problem:${code}`, title, status, code, detail };
}

function fields(error: { pointer?: string; problems?: readonly Problem[] }): Partial<ProblemDocument> {
  return {
    ...(error.pointer !== undefined && { pointer: error.pointer }),
    ...(error.problems !== undefined && { problems: error.problems }),
  };
}

// The chain, the database or a file is away for a while: codes of sdk/, of node:net, and of PostgreSQL (appendix A, classes 08, 57 and an unmade database).
const AWAY = /^(CHAIN_UNREACHABLE|OUTBOX_CLOSED|LANE_BUSY|ECONN(REFUSED|RESET)|ETIMEDOUT|EPIPE|08...|57P0.|3D000)$/;

// Errors of express and its parsers carry a `type`; their messages may repeat what was sent.
function codeOf(error: unknown): ApiErrorCode {
  const { type, status, code } = (error ?? {}) as { type?: string; status?: number; code?: unknown };
  if (typeof code === 'string' && AWAY.test(code)) return 'UNAVAILABLE';
  if (type === 'entity.too.large') return 'BODY_TOO_LARGE';
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') return 'MEDIA_TYPE';
  return status !== undefined && status >= 400 && status < 500 ? 'BAD_REQUEST' : 'INTERNAL';
}
