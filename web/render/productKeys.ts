import type { ProductKeys } from './view.ts';

const NAMES: Readonly<Record<string, keyof ProductKeys>> = { '01': 'gtin', '10': 'lot', '21': 'serial', '00': 'sscc' };

/** GS1 keys in the path of a canonical Digital Link URI (`https://id.gs1.org/01/…/10/…`); other identifiers are left out. */
export function productKeys(id: string): ProductKeys {
  const keys: ProductKeys = {};
  const parts = pathOf(id).split('/').slice(1);
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const name = NAMES[parts[at] ?? ''];
    if (name !== undefined) keys[name] = decoded(parts[at + 1] ?? '');
  }
  return keys;
}

function pathOf(id: string): string {
  return id.replace(/^https?:\/\/[^/]+/, '').replace(/[?#].*$/, '');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
