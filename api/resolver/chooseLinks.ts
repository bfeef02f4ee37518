import type { Link } from './links.ts';

/** What a request says of the link that it would like. */
export interface Preferences {
  accept: string | undefined;
  acceptLanguage: string | undefined;
  context: string | undefined;
}

// A link that says nothing of its language or media type fits less than one that was asked for, and better than one that was not.
const UNSAID = 0.0005;
const LONGEST_HEADER = 1000;

/**
 * The links that fit a request best: by context first, then by language and media type with their weights (RFC 9110 section 12.4.2). Several: nothing in
 * the request tells them apart.
 */
export function chooseLinks(candidates: readonly Link[], { accept, acceptLanguage, context }: Preferences): Link[] {
  const ofContext = candidates.filter((link) => (context === undefined ? link.context === undefined : link.context === context));
  const pool = ofContext.length > 0 ? ofContext : candidates;
  const languages = readWeights(acceptLanguage);
  const types = readWeights(accept);
  const scored = pool.map((link) => ({ link, score: languageWeight(link, languages) * typeWeight(link, types) }));
  const best = Math.max(...scored.map(({ score }) => score));
  return scored.filter(({ score }) => score === best).map(({ link }) => link);
}

type Weights = ReadonlyMap<string, number>;

/** Without a wish, a link for all languages goes before one for some. */
function languageWeight({ language }: Link, wishes: Weights): number {
  const any = wishes.get('*') ?? 0;
  const named = [...wishes].filter(([range]) => range !== '*');
  if (named.length === 0) return language === undefined ? 1 : UNSAID;
  if (language === undefined) return Math.max(any, UNSAID);
  const weights = named.filter(([range]) => range.split('-')[0] === language).map(([, weight]) => weight);
  return weights.length > 0 ? Math.max(...weights) : any;
}

function typeWeight({ type }: Link, wishes: Weights): number {
  const any = wishes.size === 0 ? 1 : (wishes.get('*/*') ?? 0);
  if (type === undefined) return Math.max(any, UNSAID);
  return wishes.get(type) ?? wishes.get(`${type.split('/')[0]}/*`) ?? any;
}

function readWeights(header: string | undefined): Weights {
  const items = (header ?? '').slice(0, LONGEST_HEADER).toLowerCase().split(',');
  return new Map(
    items.flatMap((item) => {
      const [range = '', ...parameters] = item.split(';').map((part) => part.trim());
      const weight = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
      return range === '' ? [] : [[range, Number.isFinite(weight) ? weight : 0] as const];
    }),
  );
}
