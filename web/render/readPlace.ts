import type { Place } from './view.ts';

const LOCODE = /unlocode#([A-Z]{2}[A-Z0-9]{3})$/;
const LOCATION = /\/414\/(\d{13})(?:\/254\/[^/]+)?$/;
const URN_LOCATION = /^urn:epc:id:sgln:(\d+)\.(\d*)\./;

/**
 * A place by its identifier: a port by its UN/LOCODE, or a location by its number; undefined where it is neither.
 *
 * @param registered place of the party that names it, as registered: "Mokpo, KR"
 */
export function readPlace(id: string | undefined, registered: string | undefined): Place | undefined {
  if (id === undefined) return undefined;
  const locode = LOCODE.exec(id)?.[1];
  if (locode !== undefined) return { locode };
  const gln = LOCATION.exec(id)?.[1];
  if (gln === undefined && !URN_LOCATION.test(id)) return undefined;
  return { ...(gln !== undefined && { gln }), ...(registered !== undefined && { registered }) };
}
