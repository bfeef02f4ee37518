import { ProtocolError } from '../../errors.ts';
import type { JsonObject, JsonValue } from '../../json/jsonValue.ts';
import { toPointer } from '../../json/pointer.ts';
import { DIGESTS, type Disclosure, ELEMENT } from './disclosure.ts';

/** What an SD-JWT says with the disclosures that came with it. */
export interface Revealed {
  claims: JsonObject;
  /** What was opened, and where it stands in `claims`. */
  disclosed: { pointer: string; disclosure: Disclosure }[];
  /** One entry for each digest that nothing opened: the object or array in `claims` that it stands in. */
  withheld: { holder: string; isElement: boolean }[];
}

const DIGEST = /^[A-Za-z0-9_-]{43}$/;

/**
 * Puts disclosures into the places of their digests (RFC 9901 section 7.1, steps 3 to 5), stricter than it must: nothing is ignored.
 *
 * @throws ProtocolError `DISCLOSURE_UNKNOWN`: one that no digest, or a digest elsewhere, refers to; `DISCLOSURE_TWICE`, `DIGEST_TWICE`, `DIGEST_MALFORMED`,
 * `NAME_TAKEN`: a disclosure names a member that is there already; `ALG_REFUSED`: digests are not by SHA-256
 */
export function reveal(payload: JsonObject, disclosures: readonly Disclosure[]): Revealed {
  return new Revealing(disclosures).run(payload);
}

class Revealing {
  readonly #byDigest = new Map<string, Disclosure>();
  readonly #seen = new Set<string>();
  readonly #disclosed: Revealed['disclosed'] = [];
  readonly #withheld: Revealed['withheld'] = [];

  constructor(disclosures: readonly Disclosure[]) {
    for (const disclosure of disclosures) {
      if (this.#byDigest.has(disclosure.digest)) throw new ProtocolError('DISCLOSURE_TWICE', 'a disclosure is given twice');
      this.#byDigest.set(disclosure.digest, disclosure);
    }
  }

  run({ _sd_alg: alg, ...payload }: JsonObject): Revealed {
    // RFC 9901 section 4.1.1: sha-256 where nothing is said.
    if (alg !== undefined && alg !== 'sha-256')
      throw new ProtocolError('ALG_REFUSED', 'digests must be by sha-256', { pointer: '/_sd_alg' });
    const claims = this.#object(payload, []);
    if (this.#disclosed.length !== this.#byDigest.size) throw unknown('a disclosure belongs to no digest');
    return { claims, disclosed: this.#disclosed, withheld: this.#withheld };
  }

  #value(value: JsonValue, path: (string | number)[]): JsonValue {
    if (Array.isArray(value)) return this.#array(value, path);
    return typeof value === 'object' && value !== null ? this.#object(value, path) : value;
  }

  #object({ [DIGESTS]: digests, ...members }: JsonObject, path: (string | number)[]): JsonObject {
    if (Object.hasOwn(members, ELEMENT)) throw malformed(path);
    const object: JsonObject = {};
    for (const [name, value] of Object.entries(members)) object[name] = this.#value(value as JsonValue, [...path, name]);
    if (digests === undefined) return object;
    if (!Array.isArray(digests)) throw malformed(path);
    for (const digest of digests) this.#member(object, members, digest, path);
    return object;
  }

  #member(object: JsonObject, members: JsonObject, digest: JsonValue, path: (string | number)[]): void {
    const disclosure = this.#open(digest, path, false);
    if (disclosure === undefined) return;
    const name = disclosure.name as string;
    const at = [...path, name];
    // RFC 9901 section 7.1 step 3.c.2.3.
    if (Object.hasOwn(object, name) || Object.hasOwn(members, name))
      throw new ProtocolError('NAME_TAKEN', 'a disclosure names a member that is there already', { pointer: toPointer(at) });
    object[name] = this.#value(disclosure.value, at);
  }

  #array(elements: readonly JsonValue[], path: (string | number)[]): JsonValue[] {
    const array: JsonValue[] = [];
    for (const element of elements) {
      const at = [...path, array.length];
      if (!isPlaceholder(element)) array.push(this.#value(element, at));
      else {
        const disclosure = this.#open(element[ELEMENT] as JsonValue, path, true, array.length);
        if (disclosure !== undefined) array.push(this.#value(disclosure.value, at));
      }
    }
    return array;
  }

  /** Finds the disclosure of one digest, notes where it stands, or that it is withheld. */
  #open(digest: JsonValue, path: (string | number)[], isElement: boolean, index?: number): Disclosure | undefined {
    if (typeof digest !== 'string' || !DIGEST.test(digest)) throw malformed(path);
    // RFC 9901 section 7.1 step 4: a digest that stands in two places would let one disclosure say two things.
    if (this.#seen.has(digest)) throw new ProtocolError('DIGEST_TWICE', 'a digest stands in two places', { pointer: toPointer(path) });
    this.#seen.add(digest);
    const disclosure = this.#byDigest.get(digest);
    if (disclosure === undefined) {
      this.#withheld.push({ holder: toPointer(path), isElement });
      return undefined;
    }
    if ((disclosure.name === undefined) !== isElement) throw unknown('a disclosure is of another kind than its digest');
    this.#disclosed.push({ pointer: toPointer([...path, disclosure.name ?? index ?? 0]), disclosure });
    return disclosure;
  }
}

function isPlaceholder(element: JsonValue): element is JsonObject {
  return typeof element === 'object' && element !== null && !Array.isArray(element) && Object.keys(element).join() === ELEMENT;
}

function unknown(message: string): ProtocolError {
  return new ProtocolError('DISCLOSURE_UNKNOWN', message);
}

function malformed(path: (string | number)[]): ProtocolError {
  return new ProtocolError('DIGEST_MALFORMED', 'digests are not as RFC 9901 writes them', { pointer: toPointer(path) });
}
