import { canonicalId } from '../../protocol/gs1/canonicalId.ts';
import { ApiError } from '../errors.ts';

/** The canonical identifier of a party or product. @throws ApiError `NOT_FILEABLE` */
export function fileableId(asked: string): string {
  const id = canonicalId(asked);
  if (id !== undefined && /\/(?:417\/\d{13}|01\/\d{14})$/.test(id)) return id;
  throw new ApiError('NOT_FILEABLE', 'expected the Digital Link of a party (417) or of a product (01)', { pointer: '/id' });
}
