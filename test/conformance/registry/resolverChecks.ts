import type { LinkObject, LinksetContext } from '../../../api/resolver/linkset.ts';
import { primaryKeys } from '../../../protocol/gs1/dictionary.ts';
import { parseDigitalLink } from '../../../protocol/gs1/parseDigitalLink.ts';
import type { ResolverAnswer, ResolverClient } from './resolverClient.ts';

/** One check: whether the resolver does what is expected of it. */
export type Check = (client: ResolverClient) => boolean | Promise<boolean>;

/** GS1 Digital Link URI syntax 1.6, "RE2": whether an address could be an uncompressed Digital Link. */
const PLAUSIBLE =
  /^https?:(\/\/((([^/?#]*)@)?([^/?#:]*)(:([^/?#]*))?))?([^?#]*)(((\/(01|8006|8013|8010|414|417|8017|8018|255|00|253|401|402|8003|8004)\/)(\d{4}[^/]+)(\/[^/]+\/[^/]+)?[/]?(\?([^?\n]*))?(#([^\n]*))?))/i;
/** Link types of the GS1 Web vocabulary 1.16. */
const LINK_TYPES = new Set(
  `activityIdeas allergenInfo appDownload backgroundInfo brandHomepageClinical brandHomepagePatient careersInfo certificationInfo
  consumerHandlingStorageInfo defaultLink defaultLinkMulti dpp eifu epcis epil eventsInfo faqs handledBy hasRetailers homepage ingredientsInfo instructions jws
  leaveReview locationInfo logisticsInfo loyaltyProgram masterData menuInfo nutritionalInfo openingHoursInfo paymentLink pip productSustainabilityInfo
  promotion purchaseSuppliesOrAccessories quickStartGuide recallStatus recipeInfo registerProduct registryEntry relatedImage relatedVideo reportFound
  review safetyInfo scheduleTime serviceInfo smartLabel smpc socialMedia statisticInfo subscribe support sustainabilityInfo traceability tutorial
  userAgreement verificationService whatsInTheBox`.split(/\s+/),
);
const VOCABULARY = /^https:\/\/(?:(?:ref|www)\.)?gs1\.org\/voc\//;
/** Link types of which a resolver may have one for a request, and of which the others are tested apart. */
const DEFAULTS = ['defaultLink', 'defaultLinkMulti'];

/** The checks of the GS1 test suite for resolvers, by the ids of its corpus, each doing as the suite's own code does. */
export const RESOLVER_CHECKS: Readonly<Record<string, Check>> = {
  isURL: ({ link }) => URL.canParse(link) && new URL(link).hostname.includes('.'),
  validDL: ({ link }) => /^(?:\d{14}|\d{13}|\d{18})$/.test(parseDigitalLink(link).path[0]?.value ?? ''),
  isHttps: ({ link }) => link.startsWith('https://'),
  plausibleDL: ({ link }) => PLAUSIBLE.test(link),
  tlsOK: async (client) => (await client.get({ address: `${new URL(client.link).origin}/`, method: 'HEAD' })).status > 0,
  rdFile: async (client) => isDescription(await descriptionOf(client), new URL(client.link).origin),
  httpVersion: async (client) => Number((await client.get({})).httpVersion) >= 1.1,
  corsCheck: async (client) => header(await client.get({}), 'access-control-allow-origin') === '*',
  methodsCheck: async (client) => {
    const listed = header(await client.get({}), 'access-control-allow-methods').split(/,\s*/);
    return ['GET', 'HEAD', 'OPTIONS'].every((method) => listed.includes(method));
  },
  linkOnRedirect: async (client) => {
    const answer = await client.get({});
    return answer.status === 307 && header(answer, 'link').includes('rel="linkset"');
  },
  legacyLinkHeaders: async (client) => !header(await client.get({}), 'link').includes('rel="gs1:'),
  reportWith400: async (client) => (await client.get({ behind: '/foo' })).status === 400,
  noErrorWith200: async (client) => (await client.get({ behind: '/foo' })).status !== 200,
  trailingSlash: async (client) => {
    const [without, behind] = [await client.get({}), await client.get({ behind: '/' })];
    return without.status === behind.status && header(without, 'location') === header(behind, 'location');
  },
  basicWalkUp: async ({ link, get }) => (await get({ address: `${link.replace(/(\/01\/\d{14}).*$/, '$1')}/10/KL8G` })).status !== 404,
  ltLinksetNoRedirect: async ({ get }) => (await get({ behind: '?linkType=linkset' })).status === 200,
  ltAllNoRedirect: async ({ get }) => (await get({ behind: '?linkType=all' })).status === 200,
  ltAcceptHeader: async ({ get }) => (await get({ accept: 'application/linkset+json' })).status === 200,
  validLinkset: async (client) => client.isValid(await client.linkset()),
  linksetJsonldCheck: async ({ get }) =>
    header(await get({ accept: 'application/linkset+json' }), 'link')
      .split(',')
      .some((one) => one.includes('rel="http://www.w3.org/ns/json-ld#context"') && one.includes('type="application/ld+json"')),
  declaredContentType: async ({ get }) =>
    header(await get({ accept: 'application/linkset+json' }), 'content-type').startsWith('application/linkset+json'),
  // The suite's second reading mends a linkset that is no list; one that needs no mending passes.
  hackedLinkset: async (client) => Array.isArray((await client.linkset()).linkset) && client.isValid(await client.linkset()),
  qsPassedOn: async ({ get }) => header(await get({ behind: '?foo=bar' }), 'location').includes('foo=bar'),
  defaultLinkExists: async (client) => (await linksOf(client)).has('defaultLink'),
  singleDefaulLink: async (client) => {
    const [first, ...others] = (await linksOf(client)).get('defaultLink') ?? [];
    return first !== undefined && others.length === 0 && Object.keys(first).every((name) => name === 'href' || name === 'title');
  },
  singleMultiLink: async (client) => ((await linksOf(client)).get('defaultLinkMulti') ?? []).length > 1,
  linkTypesDefined: async (client) => [...(await linksOf(client)).keys()].every((name) => LINK_TYPES.has(name)),
  defaultTarget: async (client) => {
    const [first] = (await linksOf(client)).get('defaultLink') ?? [];
    return first?.href === header(await client.get({}), 'location');
  },
  'loFor<linkType>': async (client) => {
    const single = [...(await linksOf(client))].filter(([name, links]) => links.length === 1 && !DEFAULTS.includes(name));
    const right = await Promise.all(single.map(([name, [link]]) => leadsTo(client, name, link as LinkObject, {})));
    return right.length > 0 && right.every(Boolean);
  },
  'loFor<linkType><n>': async (client) => {
    const several = [...(await linksOf(client))].filter(([, links]) => links.length > 1);
    const right = await Promise.all(several.flatMap(([name, links]) => links.map((link) => isTold(client, name, link, links))));
    return right.length > 0 && right.every(Boolean);
  },
  specificLinkTypeNotFound: async ({ get }) => (await get({ behind: '?linkType=gs1:nosuchlt' })).status === 404,
};

async function descriptionOf({ link, get }: ResolverClient): Promise<Record<string, unknown>> {
  const answer = await get({ address: `${new URL(link).origin}/.well-known/gs1resolver`, accept: 'application/json' });
  if (answer.status !== 200) throw new Error(`status ${answer.status}`);
  return JSON.parse(answer.body) as Record<string, unknown>;
}

/** The shape that the schema of description files asks for: root and keys must be there, the rest has its types where it is. */
function isDescription(file: Record<string, unknown>, root: string): boolean {
  const texts = (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === 'string');
  const types = file.supportedLinkType as { namespace: string; prefix: string }[];
  return (
    file.resolverRoot === root &&
    texts(file.supportedPrimaryKeys) &&
    (file.supportedPrimaryKeys as string[]).every((key) => primaryKeys().includes(key)) &&
    types.every(({ namespace, prefix }) => URL.canParse(namespace) && /^[a-zA-Z_][A-Za-z0-9_-]*?:$/.test(prefix)) &&
    texts(file.supportedContextValuesEnumerated) &&
    typeof file.linkTypeDefaultCanBeLinkset === 'boolean' &&
    typeof file.jsonLdContextLocation === 'string'
  );
}

/** Links by the name of their type; of each type those of the finest depth that has any. */
async function linksOf(client: ResolverClient): Promise<Map<string, LinkObject[]>> {
  const { linkset } = await client.linkset();
  const found = new Map<string, LinkObject[]>();
  for (let address = client.link; address.length > new URL(client.link).origin.length; address = parentOf(address)) {
    const context: LinksetContext | undefined = linkset.find(({ anchor }) => anchor === address);
    for (const [name, links] of Object.entries(context ?? {})) {
      const type = name.replace(VOCABULARY, '');
      if (typeof links !== 'string' && !found.has(type)) found.set(type, links);
    }
  }
  return found;
}

function parentOf(address: string): string {
  return address.split('/').slice(0, -2).join('/');
}

/** Whether a link among several of its type is told apart by language, media type and context, or is one of a list of choices where nothing tells it apart. */
async function isTold(client: ResolverClient, name: string, link: LinkObject, links: readonly LinkObject[]): Promise<boolean> {
  const { type: accept, hreflang, context } = link;
  const wishes = { ...(accept !== undefined && { accept }), ...(hreflang?.[0] !== undefined && { language: hreflang[0] }) };
  const alike = links.filter((other) => attributesOf(other) === attributesOf(link));
  if (alike.length === 1) return leadsTo(client, name, link, wishes, context?.[0]);
  const answer = await client.get({ behind: queryOf(name, context?.[0]), ...wishes });
  return answer.status === 300 && alike.every(({ href }) => answer.body.includes(href));
}

async function leadsTo(
  client: ResolverClient,
  name: string,
  { href }: LinkObject,
  wishes: { accept?: string; language?: string },
  context?: string,
): Promise<boolean> {
  const query = queryOf(name, context);
  const answer = await client.get({ behind: query, ...wishes });
  return answer.status === 307 && withoutPassedOn(header(answer, 'location'), query) === href;
}

function queryOf(name: string, context: string | undefined): string {
  // The suite never asks for the default of several languages by its name.
  const parameters = [
    ...(name === 'defaultLinkMulti' ? [] : [`linkType=gs1:${name}`]),
    ...(context === undefined ? [] : [`context=${context}`]),
  ];
  return parameters.length === 0 ? '' : `?${parameters.join('&')}`;
}

/** A location without the parameters that were passed on to it. */
function withoutPassedOn(location: string, query: string): string {
  if (query === '') return location;
  const [address = '', fragment] = location.split('#', 2);
  const passed = query.slice(1);
  const own = address.endsWith(passed) ? address.slice(0, -passed.length - 1) : address;
  return fragment === undefined ? own : `${own}#${fragment}`;
}

function attributesOf({ type, hreflang, context }: LinkObject): string {
  return JSON.stringify([type, hreflang, context]);
}

function header({ headers }: ResolverAnswer, name: string): string {
  return String(headers[name] ?? '');
}
