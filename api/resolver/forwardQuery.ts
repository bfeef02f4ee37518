import type { Link } from './links.ts';

/**
 * The target of a link with the parameters of the request, as they were written, before its fragment. A name that the link has itself keeps the link's value: it was chosen
 * by it.
 *
 * @param query of the request, without its question mark
 */
export function forwardQuery({ target, forwards }: Link, query: string): string {
  if (!forwards || query === '') return target;
  const [, address = '', own = '', fragment = ''] = /^([^?#]*)\??([^#]*)(.*)$/.exec(target) ?? [];
  const taken = new Set(own.split('&').map(nameOf));
  const passed = query.split('&').filter((parameter) => parameter !== '' && !taken.has(nameOf(parameter)));
  const parameters = [...(own === '' ? [] : [own]), ...passed].join('&');
  return `${address}${parameters === '' ? '' : `?${parameters}`}${fragment}`;
}

function nameOf(parameter: string): string {
  return parameter.split('=', 1)[0] ?? '';
}
