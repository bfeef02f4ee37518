import { KIND } from '../../protocol/ledger/codes.ts';
import type { ViewOptions } from '../../protocol/lineage/lineageView.ts';
import type { ApiNode } from '../node.ts';
import { doubtfulDocuments, seesAllOwn } from './doubtfulDocuments.ts';
import { seen } from './maySee.ts';
import type { Reader } from './reader.ts';

/**
 * Which events of the lineage a reader may see, as of now. Only those are judged that stay in their country, and an event of theirs that comes into the graph
 * while an answer is put together is not shown: so one graph serves all readers.
 */
export async function shownEvents(node: ApiNode, reader: Reader): Promise<Required<Pick<ViewOptions, 'shows'>>> {
  const { domestic, graph } = node.lineage;
  const shown = new Set<number | undefined>();
  if (domestic.size > 0) {
    for (const part of doubtfulDocuments(node, reader, KIND.EPCIS_EVENTS))
      for (const { leaf } of await seen(node, reader, part)) shown.add(graph.eventOf(leaf));
  }
  const allOwn = seesAllOwn(node, reader);
  return {
    shows(event) {
      const document = domestic.get(event);
      return document === undefined || document.issuer === reader.member || (allOwn && document.own) || shown.has(event);
    },
  };
}
