import {
  buildSchema,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/**
 * What a field of the GraphQL schema tells, and to whom:
 * - BODY: of a document, only to whom may see it;
 * - SEALED: of a document, only to whom may not see it;
 * - ALWAYS: to everybody, though not the same to all;
 * - SAME: the same to everybody.
 */
export type Rule = 'BODY' | 'SEALED' | 'ALWAYS' | 'SAME';

/** Documents that stay in their country, and the goods that they are about. */
export interface Hidden {
  certificate: { number: string; lookalike: string; leaf: string; id: string };
  report: { number: string; lookalike: string; leaf: string };
  event: { id: string; hash: string; leaf: string };
  gtin: string;
  lot: string;
  subject: string;
  /** What events that stay in their country tell of other goods. */
  lineage: { case: string; lot: string; leaves: readonly string[] };
}

/** A question, and the fields whose values are in what it is answered. */
export interface Probe {
  rule: Rule;
  query: string;
  fields: readonly ProbedField[];
}

/** One field, and where its value is. */
interface ProbedField {
  /** `Type.field` */
  name: string;
  valueIn: (data: unknown) => unknown;
  /** Whether a value tells something of a document. */
  isGiven: (value: unknown) => boolean;
}

/** Fields of one type, by rule, and how an object of the type is come by. */
interface Row {
  ask: (selection: string) => string;
  valueIn?: (data: unknown, field: string) => unknown;
  fields: Partial<Record<Rule, string>>;
}

/** What is there even where a document is not seen. */
const IS_GIVEN: Readonly<Record<string, (value: unknown) => boolean>> = {
  'CertificateResult.match': (value) => value !== undefined && value !== 'NOT_FOUND',
  'LabReportResult.match': (value) => value !== undefined && value !== 'NOT_FOUND',
  'Lot.withheld': (value) => value === 0,
  'EpcisEventConnection.withheld': (value) => value === 0,
  'Query.certificate': (value) => first(value, 'match') !== 'NOT_FOUND',
  'Query.labReport': (value) => first(value, 'match') !== 'NOT_FOUND',
  'Query.events': (value) => first(value, 'edges') !== undefined,
  'RecallScope.goodsCount': isCounted,
  'RecallScope.unitsCount': isCounted,
  'RecallScope.shipmentsCount': isCounted,
  'Product.lots': (value) => first(value, 'edges') !== undefined,
};

/** Every field of every type has its place here: one without makes the test fail. */
export function rows(hidden: Hidden): Record<string, Row> {
  const { certificate, report, event, gtin, lot, subject, lineage } = hidden;
  const ofCertificate = (selection: string) => `{ certificate(number: "${certificate.number}") { certificate { ${selection} } } }`;
  const ofReport = (selection: string) => `{ labReport(number: "${report.number}") { labReport { ${selection} } } }`;
  const ofLot = (selection: string) => `{ lot(gtin: "${gtin}", lot: "${lot}") { ${selection} } }`;
  const ofEntry = (selection: string) => ofLot(`entries(first: 1) { edges { node { ${selection} } } }`);
  const ofProduct = (selection: string) => `{ product(gtin: "${gtin}") { ${selection} } }`;
  const ofEvents = (selection: string) => `{ events(first: 1) { ${selection} } }`;
  const ofAlert = (selection: string) => `{ alerts(first: 1) { edges { node { ${selection} } } } }`;
  const judged = (selection: string) => `{ judge(report: "${report.leaf}", profile: "CN-LAVER") { ${selection} } }`;
  const verified = (selection: string) => `{ verify(fingerprint: "${certificate.leaf}") { ${selection} } }`;
  const traced = (selection: string) => `{ traceDestination(id: "${lineage.case}") { ${selection} } }`;
  const scoped = (selection: string) => `{ recallScope(ids: ["${lineage.case}", "${lineage.lot}"]) { ${selection} } }`;
  const answering = (selection: string) => `{ accountableParties(id: "${lineage.case}", atStep: "shipping") { ${selection} } }`;
  const sealed = (selection: string) => `{ sealed(fingerprint: "${event.leaf}") { ${selection} } }`;
  const document = 'leaf sha256 sm3 kind issuer standing subjects verdict bundle';
  const credential = `${document} id number validFrom validUntil claims`;
  const connections = ['Member', 'Panel', 'LimitProfile', 'Arrangement', 'Alert'].flatMap((type): [string, Row][] => {
    const root = `${type[0]?.toLowerCase()}${type.slice(1)}s`;
    return [
      [`${type}Connection`, { ask: (selection) => `{ ${root}(first: 1) { ${selection} } }`, fields: { SAME: 'edges pageInfo' } }],
      [`${type}Edge`, { ask: (selection) => `{ ${root}(first: 1) { edges { ${selection} } } }`, fields: { SAME: 'cursor node' } }],
    ];
  });
  return {
    Query: {
      ask: (selection) =>
        `{ ${selection
          .replace('$certificate', `number: "${certificate.number}"`)
          .replace('$labReport', `number: "${report.number}"`)
          .replace('$credential', `id: "${certificate.id}"`)
          .replace(/\$(verify)/, `fingerprint: "${certificate.leaf}"`)
          .replace('$sealed', `fingerprint: "${certificate.leaf}"`)
          .replace('$product', `gtin: "${gtin}"`)
          .replace('$lot', `gtin: "${gtin}", lot: "${lot}"`)
          .replace('$events', `first: 5, bizStep: "shipping"`)
          .replace('$event', `hash: "${event.hash}"`)
          .replace('$judge', `report: "${report.leaf}", profile: "CN-LAVER"`)
          .replace(/\$(traceSource|traceDestination|accountableParties)/, `id: "${lineage.case}"`)
          .replace('$recallScope', `ids: ["${lineage.lot}"]`)
          .replace('$member', 'id: 1')
          .replace('$arrangement', 'number: 1')
          .replace(/\$(alert|recall)/, `id: "0x${'a1'.repeat(32)}"`)
          .replace('$filing', 'id: "https://id.gs1.org/417/9521001000000"')} }`,
      fields: {
        BODY: 'certificate labReport credential product event events judge accountableParties',
        SEALED: 'sealed',
        ALWAYS: 'verify lot traceSource traceDestination recallScope',
        SAME: 'ledger member members regimes companions panels limitProfiles arrangements arrangement alerts alert recall filing',
      },
    },
    Certificate: {
      ask: ofCertificate,
      fields: { BODY: `${credential} regime issuingCountry issuedOn exporterName lineItems registration use inquiries` },
    },
    LabReport: { ask: ofReport, fields: { BODY: `${credential} issuedOn overall lot gtin results registration decisions` } },
    EpcisEvent: {
      ask: (selection) => `{ event(id: "${event.id}") { ${selection} } }`,
      fields: { BODY: `${document} eventId hash eventTime bizStep event` },
    },
    CertificateRegistration: {
      ask: (selection) => ofCertificate(`registration { ${selection} }`),
      fields: { BODY: 'id regime destination form issuedOn validUntil corrected correctedBy predecessor lineCount' },
    },
    CertificateUse: {
      ask: (selection) => ofCertificate(`use { ${selection} }`),
      fields: { BODY: 'usedAt office regime certificate own' },
    },
    Inquiry: {
      ask: (selection) => ofCertificate(`inquiries { ${selection} }`),
      fields: { BODY: 'number state outcome office requestedAt dueAt repliedAt concludedAt evidence' },
    },
    ReportRegistration: {
      ask: (selection) => ofReport(`registration { ${selection} }`),
      fields: {
        BODY: 'id batch panel tests scope sampledFrom sampledUntil analysedFrom analysedUntil sampledPeriod analysedPeriod',
      },
    },
    Decision: {
      ask: (selection) => ofReport(`decisions { ${selection} }`),
      fields: { BODY: 'decision authority decidedAt arrangementNumber arrangement judgement' },
    },
    ReportJudgement: { ask: judged, fields: { BODY: 'report profile code reason confidence lines digest' } },
    LineJudgement: {
      ask: (selection) => judged(`lines { ${selection} }`),
      fields: { BODY: 'code reason analyte line value unit limit limitUnit confidence' },
    },
    CertificateResult: {
      ask: (selection) =>
        `{ certificate(number: "${selection.startsWith('hints') ? certificate.lookalike : certificate.number}") { ${selection} } }`,
      fields: { BODY: 'match hints certificate certificates' },
    },
    LabReportResult: {
      ask: (selection) => `{ labReport(number: "${selection.startsWith('hints') ? report.lookalike : report.number}") { ${selection} } }`,
      fields: { BODY: 'match hints labReport labReports' },
    },
    SealedEntry: { ask: sealed, fields: { SEALED: 'leaf reason kind issuer standing verdict bundle' } },
    Trace: {
      ask: traced,
      fields: {
        BODY: 'goods steps gaps findings declaredInError endCursor',
        SEALED: 'sealed',
        ALWAYS: 'truncated',
        SAME: 'ids height blockHash indexDigest finality asOf',
      },
    },
    TracedGoods: {
      ask: (selection) => traced(`goods { ${selection} }`),
      fields: { BODY: 'id where certainty depth lastSeen entries sealed' },
    },
    LastSeen: {
      ask: (selection) => traced(`goods { lastSeen { ${selection} } }`),
      fields: { BODY: 'at bizStep place holder disposition persistentDispositions member event' },
    },
    TraceStep: {
      ask: (selection) => traced(`steps { ${selection} }`),
      fields: { BODY: 'from to kind certainty quantity unit event' },
    },
    TraceGap: { ask: (selection) => traced(`gaps { ${selection} }`), fields: { BODY: 'code id to event' } },
    TraceFinding: { ask: (selection) => traced(`findings { ${selection} }`), fields: { BODY: 'code id event facts' } },
    AccountableStep: { ask: answering, fields: { BODY: 'at bizStep place parties member event' } },
    TransferParty: { ask: (selection) => answering(`parties { ${selection} }`), fields: { BODY: 'role type id' } },
    RecallScope: {
      ask: scoped,
      fields: {
        BODY: 'lots goods goodsCount units unitsCount shipments shipmentsCount gaps findings',
        SEALED: 'sealed',
        ALWAYS: 'truncated',
        SAME: 'ids asOf',
      },
    },
    LotScope: {
      ask: (selection) => scoped(`lots { ${selection} }`),
      fields: { BODY: 'id unit produced shipped shippedInUnits received returned open consumed destroyed held where unknown' },
    },
    QuantityAt: { ask: (selection) => scoped(`lots { where { ${selection} } }`), fields: { BODY: 'where quantity' } },
    UnitScope: { ask: (selection) => scoped(`units { ${selection} }`), fields: { BODY: 'id state' } },
    Shipment: {
      ask: (selection) => scoped(`shipments { ${selection} }`),
      fields: { BODY: 'id quantity unit destinations documents state event' },
    },
    Standing: {
      ask: (selection) => ofEntry(`document { standing { ${selection} } } sealed { standing { ${selection} } }`),
      valueIn: (data, field) => {
        const entry = first(data, 'lot', 'entries', 'edges', 'node');
        return first(entry, 'document', 'standing', field) ?? first(entry, 'sealed', 'standing', field);
      },
      fields: { SAME: 'status reason anchoredAt changedAt expiresAt changes successor' },
    },
    Verdict: { ask: verified, fields: { ALWAYS: 'answer findings asOf at finality height blockHash' } },
    Finding: {
      ask: (selection) => verified(`findings { ${selection} }`),
      fields: { ALWAYS: 'question answer code document facts' },
    },
    Product: { ask: ofProduct, fields: { BODY: 'gtin lots certificates labReports' } },
    LotConnection: {
      ask: (selection) => ofProduct(`lots(first: 5) { ${selection} }`),
      fields: { BODY: 'edges pageInfo' },
    },
    LotEdge: { ask: (selection) => ofProduct(`lots(first: 5) { edges { ${selection} } }`), fields: { BODY: 'cursor node' } },
    Lot: {
      ask: ofLot,
      fields: {
        BODY: 'withheld certificates labReports events',
        ALWAYS: 'verdict bundle',
        SAME: 'id gtin lot entries stops alerts movements',
      },
    },
    EntryConnection: {
      ask: (selection) => ofLot(`entries(first: 5) { ${selection} }`),
      fields: { SAME: 'edges pageInfo totalCount' },
    },
    EntryEdge: { ask: (selection) => ofLot(`entries(first: 5) { edges { ${selection} } }`), fields: { SAME: 'cursor node' } },
    Entry: { ask: ofEntry, fields: { BODY: 'document', SEALED: 'sealed', SAME: 'id position leaf issuer' } },
    EpcisEventConnection: { ask: ofEvents, fields: { BODY: 'edges withheld', ALWAYS: 'pageInfo' } },
    EpcisEventEdge: {
      ask: (selection) => `{ events(first: 5, subject: "${subject}") { edges { ${selection} } } }`,
      fields: { BODY: 'cursor node' },
    },
    Ledger: {
      ask: (selection) => `{ ledger { ${selection} } }`,
      fields: {
        // Signed anew each second.
        ALWAYS: 'checkpoint',
        SAME: 'node chainId contract height blockHash blockTime finality sequence indexDigest lagBlocks lagSeconds complete',
      },
    },
    Member: {
      ask: (selection) => `{ member(id: 1) { ${selection} } }`,
      fields: {
        // Signed anew each second.
        ALWAYS: 'proof',
        SAME: 'id shore roles profile profileDigest validFrom validUntil suspendedAt bodies accreditations designations',
      },
    },
    PageInfo: {
      ask: (selection) => `{ members(first: 1) { pageInfo { ${selection} } } }`,
      fields: { SAME: 'hasNextPage hasPreviousPage startCursor endCursor' },
    },
    Authorisation: { ask: (selection) => `{ member(id: 1) { bodies { ${selection} } } }`, fields: { SAME: 'regime term' } },
    Term: {
      ask: (selection) => `{ member(id: 1) { bodies { term { ${selection} } } } }`,
      fields: { SAME: 'from until endedAt reason compromisedSince by' },
    },
    Accreditation: {
      ask: (selection) => `{ member(id: 1) { accreditations { ${selection} } } }`,
      fields: { SAME: 'panel period scope tests certificate term' },
    },
    Designation: {
      ask: (selection) => `{ member(id: 1) { designations { ${selection} } } }`,
      fields: { SAME: 'panel shore term' },
    },
    RegimeTerms: { ask: (selection) => `{ regimes { ${selection} } }`, fields: { SAME: 'regime validDays replyDays since' } },
    Companion: {
      ask: (selection) => `{ companions { ${selection} } }`,
      fields: { SAME: 'address kind version addedAt paused isNewest' },
    },
    Panel: {
      ask: (selection) => `{ panels(first: 1) { edges { node { ${selection} } } } }`,
      fields: { SAME: 'code digest title matrix version confidence entries' },
    },
    Test: {
      ask: (selection) => `{ panels(first: 1) { edges { node { entries { ${selection} } } } } }`,
      fields: { SAME: 'index analyte method' },
    },
    Arrangement: {
      ask: (selection) => `{ arrangement(number: 1) { ${selection} } }`,
      fields: { SAME: 'number status level destination panel tests from until maxAgeDays needsDesignation version text' },
    },
    LimitProfile: {
      ask: (selection) => `{ limitProfiles(first: 1) { edges { node { ${selection} } } } }`,
      fields: { SAME: 'shore code version effectiveFrom digest name title items' },
    },
    LotStop: { ask: (selection) => ofLot(`stops { ${selection} }`), fields: { SAME: 'shore hold recall' } },
    Hold: { ask: (selection) => ofLot(`stops { hold { ${selection} } }`), fields: { SAME: 'since by reason' } },
    LotRecall: { ask: (selection) => ofLot(`stops { recall { ${selection} } }`), fields: { SAME: 'since class' } },
    NamedLot: { ask: (selection) => ofAlert(`lots { ${selection} }`), fields: { SAME: 'subject id lot' } },
    Alert: {
      ask: ofAlert,
      fields: {
        SAME: 'id shore stage grade raiser owner raisedAt changedAt dueAt evidence lotCount lots openRecalls recalls steps',
      },
    },
    AlertStep: { ask: (selection) => ofAlert(`steps { ${selection} }`), fields: { SAME: 'stage owner changedAt dueAt evidence' } },
    Recall: {
      ask: (selection) => ofAlert(`recalls { ${selection} }`),
      fields: { SAME: 'id alert shore class owner openedAt startBy completeBy closedAt evidence' },
    },
    Movement: {
      ask: (selection) => ofLot(`movements(first: 1) { edges { node { ${selection} } } }`),
      fields: { SAME: 'movement by document block' },
    },
    MovementConnection: {
      ask: (selection) => ofLot(`movements(first: 1) { ${selection} }`),
      fields: { SAME: 'edges pageInfo' },
    },
    MovementEdge: {
      ask: (selection) => ofLot(`movements(first: 1) { edges { ${selection} } }`),
      fields: { SAME: 'cursor node' },
    },
    Filing: {
      ask: (selection) => `{ filing(id: "https://id.gs1.org/417/9521001000000") { ${selection} } }`,
      fields: { SAME: 'id subject kind shore version member filedAt updatedAt digest content' },
    },
    ...Object.fromEntries(connections),
  };
}

/** Types whose fields come with what happens; they are asked for over a subscription. */
export const SUBSCRIBED: Readonly<Record<string, Partial<Record<Rule, string>>>> = {
  Subscription: { SAME: 'alertChanged lotChanged', ALWAYS: 'statusChanged certificateConsumed' },
  StatusChange: { BODY: 'document', SAME: 'id status reason changedAt' },
  ConsumedCertificate: { BODY: 'certificate', SAME: 'id use' },
};

/** Fields that no document of the test has: they are null for whoever sees it too. */
export const EMPTY: ReadonlySet<string> = new Set([
  ...['Certificate.validUntil', 'LabReport.validUntil', 'CertificateRegistration.correctedBy', 'CertificateRegistration.predecessor'],
  ...['Inquiry.outcome', 'Inquiry.repliedAt', 'Inquiry.concludedAt'],
  // All goods on one page, each a thing; what is sealed of them is asked of the trace, where it is told even without goods.
  ...['Trace.endCursor', 'TracedGoods.where', 'TracedGoods.sealed', 'TraceStep.quantity', 'TraceStep.unit'],
]);

/** Asks for each field that the table names: those of one type and rule together, but for ways into the ledger, which are asked by themselves. */
export function probes(typeDefs: string, hidden: Hidden): Probe[] {
  const schema = buildSchema(typeDefs);
  return Object.entries(rows(hidden)).flatMap(([type, row]) => {
    const fieldsOf = (schema.getType(type) as GraphQLObjectType).getFields();
    return Object.entries(row.fields).flatMap(([rule, list]) => {
      const names = list.split(' ');
      const alone = names.filter((name) => type === 'Query' || name === 'hints');
      const together = names.filter((name) => !alone.includes(name));
      return [together, ...alone.map((name) => [name])]
        .filter((group) => group.length > 0)
        .map((group): Probe => {
          const selection = group.map((name) => selectionOf(fieldsOf[name] as GraphQLField<unknown, unknown>)).join(' ');
          return { rule: rule as Rule, query: row.ask(selection), fields: group.map((name) => probed(type, name, row)) };
        });
    });
  });
}

function probed(type: string, name: string, { ask, valueIn }: Row): ProbedField {
  const path = [...ask(name).matchAll(/(\w+)(?:\([^)]*\))? \{/g)].map(([, step]) => step as string);
  return {
    name: `${type}.${name}`,
    valueIn: (data) => (valueIn === undefined ? first(data, ...path, name) : valueIn(data, name)),
    isGiven: IS_GIVEN[`${type}.${name}`] ?? isThere,
  };
}

/** `Type.field` of every object type of the schema. */
export function allFields(typeDefs: string): string[] {
  const types = Object.values(buildSchema(typeDefs).getTypeMap()).filter((type) => !type.name.startsWith('__'));
  return types.filter(isObjectType).flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
}

/** What is at the end of a path; of lists the first. */
export function first(value: unknown, ...path: readonly string[]): unknown {
  const here = Array.isArray(value) ? (value[0] as unknown) : value;
  if (path.length === 0) return value;
  if (typeof here !== 'object' || here === null) return undefined;
  const next = (here as Record<string, unknown>)[path[0] as string];
  if (path.length === 1) return Array.isArray(next) && next.length === 0 ? undefined : (next ?? undefined);
  return first(next, ...path.slice(1));
}

function isCounted(value: unknown): boolean {
  return typeof value === 'number' && value > 0;
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

const DEEPEST = 3;
const COSTLY = new Set(['bundle', 'proof', 'checkpoint']);

// Of these all arguments may be left out one by one, but not together.
const SEARCHES = new Set(['certificate', 'labReport', 'credential', 'event', 'events']);

/** A field with what of it can be asked for. Where it is a way into the ledger, `$field` stands in the place of its arguments. */
function selectionOf(field: GraphQLField<unknown, unknown>, depth = 0): string {
  const isWay = depth === 0 && field.args.length > 0 && (field.args.some(isRequiredArgument) || SEARCHES.has(field.name));
  const page = field.args.some(({ name }) => name === 'first') ? '(first: 2)' : '';
  const inner = contentOf(getNamedType(field.type), depth);
  return `${field.name}${isWay ? `($${field.name})` : page}${inner === '' ? '' : ` { ${inner} }`}`;
}

function contentOf(type: GraphQLNamedType, depth: number): string {
  if (isLeafType(type)) return '';
  if (!isObjectType(type)) return '__typename leaf';
  const fields = Object.values(type.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
  const plain = fields.filter(({ type: of, args, name }) => isLeafType(getNamedType(of)) && args.length === 0 && !COSTLY.has(name));
  if (plain.length > 0 && !/(?:Connection|Edge)$/.test(type.name)) return plain.map(({ name }) => name).join(' ');
  return depth >= DEEPEST ? '__typename' : fields.map((field) => selectionOf(field, depth + 1)).join(' ');
}
