import type { Hint, HintAbout } from '../../../indexer/store/hints.ts';
import type { AlertRow } from '../../../indexer/store/law/safety.ts';
import { canonicalId } from '../../../protocol/gs1/canonicalId.ts';
import { reasonName, SHORE, type ShoreName, statusName } from '../../../protocol/ledger/codes.ts';
import { maySee } from '../../access/maySee.ts';
import type { CatalogueDocument } from '../../catalogue/catalogue.ts';
import { badInput } from '../connection.ts';
import { forget, type GraphqlContext } from '../context.ts';
import { type LotParent, lotOf } from './goods.ts';
import { type UseParent, useOf } from './law/origin.ts';
import { lotNames } from './law/safety.ts';
import { instantOf } from './scalars.ts';

/** What happens, as it is indexed. What an answer tells was read when the news came. */
export const Subscription = {
  alertChanged: {
    subscribe: (_: unknown, { shore }: { shore?: ShoreName | null }, context: GraphqlContext) =>
      answers(context, 'ALERT', async ({ id }) => {
        const alert = await context.node.index.safety.alert(id);
        return alert !== undefined && (shore == null || alert.word.shore === SHORE[shore]) ? { alertChanged: alert } : undefined;
      }),
    resolve: ({ alertChanged }: { alertChanged: AlertRow }) => alertChanged,
  },
  lotChanged: {
    subscribe: (_: unknown, { lot }: { lot: string }, context: GraphqlContext) => {
      const id = canonicalId(lot);
      const names = id === undefined ? undefined : lotNames(id);
      if (id === undefined || names === undefined) throw badInput('BAD_ARGUMENTS', 'lot is the Digital Link URI of a lot of a product');
      return answers(context, 'LOT', async (hint) => {
        const isThis = context.node.catalogue.subjects(id).some(({ key }) => key === hint.id);
        return isThis ? { lotChanged: lotOf(context, id, names.gtin, names.lot) } : undefined;
      });
    },
    resolve: ({ lotChanged }: { lotChanged: LotParent }) => lotChanged,
  },
  statusChanged: {
    subscribe: (_: unknown, __: unknown, context: GraphqlContext) =>
      answers(context, 'STATUS', async (hint) => ({ statusChanged: await statusAt(context, hint) })),
    resolve: ({ statusChanged }: { statusChanged: unknown }) => statusChanged,
  },
  certificateConsumed: {
    subscribe: (_: unknown, __: unknown, context: GraphqlContext) =>
      answers(context, 'CONSUMPTION', async (hint) => {
        const use = await useOf(context, hint.id);
        return use === null ? undefined : { certificateConsumed: { id: hint.id, use, certificate: await documentOf(context, hint) } };
      }),
    resolve: ({ certificateConsumed }: { certificateConsumed: Consumed }) => certificateConsumed,
  },
};

interface Consumed {
  id: string;
  use: UseParent;
  certificate: CatalogueDocument | null;
}

/** Listens at once, and answers what each hint of one sort comes to; undefined: nothing to this subscriber. */
function answers<Answer>(
  context: GraphqlContext,
  about: HintAbout,
  answer: (hint: Hint) => Promise<Answer | undefined>,
): AsyncGenerator<Answer> {
  const hints = context.node.news.listen(context.signal);
  return (async function* () {
    for await (const hint of hints) {
      if (hint.about !== about) continue;
      forget(context);
      const told = await answer(hint);
      if (told !== undefined) yield told;
    }
  })();
}

async function statusAt(context: GraphqlContext, hint: Hint) {
  const changes = await context.node.index.statusChanges(hint.id);
  // Of several changes each is told: the one that this hint is about.
  const change = changes.find(({ sequence }) => sequence === hint.sequence) ?? changes.at(-1);
  return {
    id: hint.id,
    status: statusName(change?.record.status ?? 0),
    reason: reasonName(change?.record.reason ?? 0) ?? 'NONE',
    changedAt: instantOf(change?.record.changedAt ?? 0),
    document: await documentOf(context, hint),
  };
}

/** The document of a record, singly anchored or of a batch, where this node keeps it and may show it. */
async function documentOf({ node, reader }: GraphqlContext, { id }: Hint): Promise<CatalogueDocument | null> {
  const document = node.catalogue.documentOfRecord(id);
  return document !== undefined && (await maySee(node, reader, document)) ? document : null;
}
