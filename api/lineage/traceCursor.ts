import { ApiError } from '../errors.ts';

/** Checks a cursor that a trace gave: the place of the last of its goods, `[depth, id, where]`. @throws ApiError `BAD_CURSOR` */
export function traceCursor(text: string, pointer = '/after'): string {
  if (isPlace(text)) return text;
  throw new ApiError('BAD_CURSOR', 'the cursor is not one of this list', { pointer });
}

function isPlace(text: string): boolean {
  try {
    const place: unknown = JSON.parse(text);
    if (!Array.isArray(place) || place.length !== 3) return false;
    const [depth, id, where] = place as unknown[];
    return typeof depth === 'number' && typeof id === 'string' && (where === null || typeof where === 'string');
  } catch {
    return false;
  }
}
