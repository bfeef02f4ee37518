import type { Hex } from '../../../../protocol/encoding/hex.ts';
import type { GraphqlContext } from '../../context.ts';
import { lotOf } from '../goods.ts';
import { lotNames } from './safety.ts';

/** Fields of a lot that is named by its key: whose key this node does not know stays without a name. */
export const NamedLot = {
  subject: (key: Hex) => key,
  id: (key: Hex, _: unknown, { node }: GraphqlContext) => node.catalogue.subjectOfKey(key)?.id ?? null,
  lot: (key: Hex, _: unknown, context: GraphqlContext) => {
    const id = context.node.catalogue.subjectOfKey(key)?.id;
    const names = id === undefined ? undefined : lotNames(id);
    return id === undefined || names === undefined ? null : lotOf(context, id, names.gtin, names.lot);
  },
};
