import { primaryKeys } from '../../protocol/gs1/dictionary.ts';
import { SHORE } from '../../protocol/ledger/codes.ts';
import type { NodeConfig } from '../config.ts';
import { LINKSET_CONTEXT } from './linkset.ts';
import { VOCABULARY } from './linkTypes.ts';

/** Where readers reach the node, without a slash at the end. */
export function rootOf({ publicUrl }: NodeConfig): string {
  return publicUrl.replace(/\/+$/, '');
}

/** `/.well-known/gs1resolver`: what this resolver is and does (GS1-Conformant Resolver 1.2, description file). */
export function descriptionFile(config: NodeConfig): object {
  return {
    name: `Tidemark node ${config.name}`,
    resolverRoot: rootOf(config),
    supportedPrimaryKeys: primaryKeys(),
    supportedLinkType: [{ namespace: VOCABULARY, prefix: 'gs1:' }],
    linkTypeDefaultCanBeLinkset: false,
    supportedContextValuesEnumerated: Object.keys(SHORE).filter((name) => name !== 'BOTH'),
    jsonLdContextLocation: LINKSET_CONTEXT,
  };
}
