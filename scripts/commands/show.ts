import { type Command, Option } from 'commander';
import { openCredential } from '../../protocol/credentials/openCredential.ts';
import { type Hex, isHex } from '../../protocol/encoding/hex.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import type { Bundle, BundleDocument } from '../../protocol/verdict/bundle.ts';
import { LANGUAGES, type Language } from '../../protocol/verdict/texts.ts';
import type { NodeClient } from '../../sdk/node/client.ts';
import { type Found, findByNumber } from '../../sdk/node/findByNumber.ts';
import { firstAnswer } from '../../sdk/node/firstAnswer.ts';
import { verifyOnline } from '../../sdk/verify/verifyOnline.ts';
import { type CommonOptions, describeCommand, run } from './support/command.ts';
import { collect, nodesOf, trustOf } from './support/trust.ts';
import { verdictLines } from './support/verdictLines.ts';
import { exitOfVerdict } from './verify.ts';

interface Options extends CommonOptions {
  trust?: string;
  node?: string[];
  lang: Language;
}

/** `show FINGERPRINT|NUMBER`: what a document says, who says so, and whether it stands; judged here, not believed. */
export function showCommand(): Command {
  return describeCommand('show', 'Find a document by its fingerprint or number, show it, and judge it.', 'show DEMO-KR-26-000417 --lang zh')
    .argument('<target>', 'fingerprint, certificate number or report number')
    .option('--trust <file>', 'what to trust; default trust.json of the home folder')
    .option('--node <url>', 'ask this node; may be repeated; default the nodes of the trust file', collect)
    .addOption(new Option('--lang <language>', 'language of the answer').choices([...LANGUAGES]).default('en'))
    .action((target: string, options: Options) =>
      run(options, async () => {
        const trust = trustOf(options);
        const nodes = nodesOf(trust, options.node);
        const found = await firstAnswer(nodes, (node) => find(node, target));
        const { verdict, node, rejected } = await verifyOnline({
          bundle: found.bundle,
          trust,
          nodes,
          clock: () => new Date().toISOString(),
        });
        const [document] = found.bundle.documents as [BundleDocument];
        const lines = [...noteOf(found, target), ...documentLines(document), ...verdictLines(verdict, options.lang)];
        const json = {
          leaf: found.leaf,
          match: found.match,
          document: claimsOf(document) ?? document,
          verdict,
          node: node ?? null,
          rejected,
        };
        return { exit: exitOfVerdict(verdict), lines, json };
      }),
    );
}

type FoundBundle = Found & { bundle: Bundle };

async function find(node: NodeClient, target: string): Promise<FoundBundle> {
  const text = target.toLowerCase();
  const hex = text.startsWith('0x') ? text : `0x${text}`;
  const found: Found = isHex(hex, 32) ? { leaf: hex as Hex, match: 'EXACT' } : await findByNumber(node, target);
  return { ...found, bundle: parseStrict(await node.bundle(found.leaf)) as unknown as Bundle };
}

function noteOf({ match }: Found, target: string): string[] {
  return match === 'EXACT' ? [] : [`! not written exactly like "${target}" (${match})`];
}

function claimsOf(document: BundleDocument): JsonObject | undefined {
  return document.type === 'credential' ? openCredential(document.sdJwt).claims : undefined;
}

function documentLines(document: BundleDocument): string[] {
  const claims = claimsOf(document);
  const leaf = `  fingerprint  ${document.anchor.leaf}`;
  if (claims === undefined)
    return [document.type === 'event' ? 'EPCIS event' : `withheld (${(document as { reason: string }).reason})`, leaf];
  const issuer = claims.issuer as { name: string; member: number };
  const until = claims.validUntil === undefined ? '' : ` until ${claims.validUntil}`;
  return [
    String(claims.name),
    `  issuer       ${issuer.name} (member ${issuer.member})`,
    `  valid from   ${claims.validFrom}${until}`,
    leaf,
  ];
}
