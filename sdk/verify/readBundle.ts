import { readFileSync } from 'node:fs';
import { ProtocolError } from '../../protocol/errors.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import { BUNDLE_FORMAT, type Bundle, type BundleDocument } from '../../protocol/verdict/bundle.ts';
import { SdkError } from '../errors.ts';

/** A bundle with at least one document. What is in it is not judged yet. */
export type ReadBundle = Bundle & { documents: [BundleDocument, ...BundleDocument[]] };

/**
 * Reads a bundle file strictly.
 *
 * @throws SdkError `FILE_MISSING`; `NOT_A_BUNDLE`, with the pointer where a field is wrong
 */
export function readBundle(path: string): ReadBundle {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new SdkError('FILE_MISSING', `there is no ${path}`, { cause });
  }
  try {
    const bundle = parseStrict(bytes) as unknown as Partial<Bundle>;
    if (bundle.format === BUNDLE_FORMAT && Array.isArray(bundle.documents) && bundle.documents[0]?.anchor?.leaf !== undefined)
      return bundle as ReadBundle;
    throw new ProtocolError('NOT_A_BUNDLE', `a bundle has the format ${BUNDLE_FORMAT} and documents`);
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause;
    throw new SdkError('NOT_A_BUNDLE', `${path} is no bundle: ${cause.message}`, {
      ...(cause.pointer === undefined ? {} : { pointer: cause.pointer }),
      advice: 'get it again from its issuer or from a node',
      cause,
    });
  }
}
