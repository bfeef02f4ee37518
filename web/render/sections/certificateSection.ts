import { wordOf } from '../../texts/texts.ts';
import { formatDay } from '../format.ts';
import { quoted, type Tag, tag } from '../markup.ts';
import { type PageWords, partyName, placeName } from '../pageWords.ts';
import type { CertificateFacts } from '../view.ts';
import { fact, facts } from './fact.ts';
import { standingBadge } from './standingBadge.ts';

/** The certificates of origin: those that stand first, replaced ones folded away at the end. */
export function certificateSection(words: PageWords): Tag {
  const { view, texts } = words;
  const current = view.certificates.filter((certificate) => !certificate.replaced);
  const past = view.certificates.filter((certificate) => certificate.replaced);
  return tag(
    'section',
    { id: 'certificates', 'aria-labelledby': 'certificates-title' },
    tag('h2', { id: 'certificates-title' }, texts.certificate.heading),
    view.certificates.length === 0 ? tag('p', {}, texts.certificate.none) : undefined,
    ...current.map((certificate) => card(words, certificate)),
    ...past.map((certificate) =>
      tag(
        'details',
        { id: `past-${certificate.document}` },
        tag('summary', {}, quoted(certificate.number), ` (${texts.standing.replaced})`),
        card(words, certificate),
      ),
    ),
  );
}

function card(words: PageWords, certificate: CertificateFacts): Tag {
  const { texts, language } = words;
  const key = `certificate.${certificate.document}`;
  const route = routeOf(words, certificate);
  return tag(
    'article',
    { class: 'card', 'aria-labelledby': `${key}.title` },
    tag('h3', { id: `${key}.title`, 'data-fact': `${key}.number` }, quoted(certificate.number)),
    standingBadge(words, certificate),
    facts(
      fact(`${key}.issuer`, texts.certificate.issuer, quoted(partyName(words, certificate.issuer))),
      fact(`${key}.regime`, texts.certificate.regime, wordOf(texts.certificate.regimes, certificate.regime)),
      fact(`${key}.issuedOn`, texts.certificate.issuedOn, formatDay(certificate.issuedOn, language)),
      certificate.validUntil === undefined
        ? undefined
        : fact(`${key}.validUntil`, texts.certificate.validUntil, formatDay(certificate.validUntil, language)),
      fact(`${key}.criterion`, texts.certificate.criterion, wordOf(texts.certificate.criteria, certificate.originCriterion)),
      fact(`${key}.goods`, texts.certificate.goods, quoted(certificate.description)),
      route === undefined ? undefined : fact(`${key}.shipment`, texts.certificate.shipment, route),
    ),
  );
}

function routeOf(words: PageWords, { portOfLoading, portOfDischarge, departureDate }: CertificateFacts): string | undefined {
  if (portOfLoading === undefined || portOfDischarge === undefined) return undefined;
  const route = words.texts.certificate.route(placeName(words, { locode: portOfLoading }), placeName(words, { locode: portOfDischarge }));
  return departureDate === undefined ? route : `${route}, ${formatDay(departureDate, words.language)}`;
}
