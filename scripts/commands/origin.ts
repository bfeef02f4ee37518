import { Command } from 'commander';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import { commit } from '../../sdk/law/commitment.ts';
import { consume, moveLots } from '../../sdk/law/consume.ts';
import { goodsOfBundle } from '../../sdk/law/goodsOfBundle.ts';
import { copyCertificate, correctCertificate } from '../../sdk/law/replaceCertificate.ts';
import type { OpenMember } from '../../sdk/member/openMember.ts';
import { findDocument } from '../../sdk/node/findDocument.ts';
import type { Notarised } from '../../sdk/notarise/writeBundles.ts';
import { changeStatusCommand } from './changeStatus.ts';
import { notariseCommand } from './notarise.ts';
import { originVerifyCommand } from './originVerify.ts';
import { REASONS, reasonOf } from './support/choice.ts';
import { EXIT, type Outcome } from './support/command.ts';
import { findLeaf } from './support/findLeaf.ts';
import { collect } from './support/trust.ts';
import { type MemberOptions, memberCommand, withMember } from './support/withMember.ts';

interface Options extends MemberOptions {
  out: string;
  reason: string;
  declaration: string;
  invoice?: string[];
}

/** `origin issue|correct|copy|revoke|consume|verify`: certificates of origin, from their issue to their one use. */
export function originCommand(): Command {
  return new Command('origin')
    .description('Certificates of origin, from their issue to their one use')
    .addCommand(
      notariseCommand(
        'issue',
        'Register, store and anchor certificates of origin; write a bundle for each.',
        'origin issue certificate.json --member korea-chamber',
      ),
    )
    .addCommand(correctCommand())
    .addCommand(copyCommand())
    .addCommand(changeStatusCommand('revoke'))
    .addCommand(consumeCommand())
    .addCommand(originVerifyCommand());
}

function correctCommand(): Command {
  return memberCommand(
    'correct',
    'Put a corrected certificate in the place of an unused one of yours; it takes over the number.',
    'origin correct DEMO-CN-26-008231 v2.json --member qingdao-customs',
  )
    .argument('<target>', 'the certificate that was wrong: bundle file, fingerprint, or number')
    .argument('<file>', 'form data of the corrected certificate, .json')
    .option('--reason <reason>', `one of ${REASONS.join(', ')}`, 'DATA_INCORRECT')
    .option('--out <folder>', 'where the new bundle goes', 'bundles')
    .action((target: string, input: string, options: Options) =>
      withMember(options, async (member) => {
        const leaf = await findLeaf(target, member.node, member.file.member);
        const written = await correctCertificate({ member, leaf, input, out: options.out, reason: reasonOf(options.reason) });
        return replaced(`${leaf} is corrected by`, written);
      }),
    );
}

function copyCommand(): Command {
  return memberCommand(
    'copy',
    'Make a certified true copy of an unused certificate of yours; both share the one use.',
    'origin copy DEMO-KR-26-000417 copy.json --member korea-chamber',
  )
    .argument('<target>', 'the original: bundle file, fingerprint, or number')
    .argument('<file>', 'form data of the copy, .json: with a number of its own and the remark of box 5')
    .option('--out <folder>', 'where the new bundle goes', 'bundles')
    .action((target: string, input: string, options: Options) =>
      withMember(options, async (member) => {
        const leaf = await findLeaf(target, member.node, member.file.member);
        return replaced(`${leaf} has the certified copy`, await copyCertificate({ member, leaf, input, out: options.out }));
      }),
    );
}

function consumeCommand(): Command {
  return memberCommand(
    'consume',
    'Use a certificate, whole and once, for one declaration; the goods are released with it.',
    'origin consume DEMO-KR-26-000417 --declaration 4200-2026-1-000000417 --member qingdao-customs',
  )
    .argument('<target>', 'bundle file, fingerprint, or number of the certificate')
    .requiredOption('--declaration <number>', 'number of the declaration; only a salted commitment to it goes to the ledger')
    .option(
      '--invoice <number>',
      'invoice number of a line, in the order of the lines, where the certificate does not show it; may be repeated',
      collect,
    )
    .action((target: string, options: Options) => withMember(options, (member) => consumed(member, target, options)));
}

async function consumed(member: OpenMember, target: string, { declaration, invoice }: Options): Promise<Outcome> {
  const { leaf, issuer } = await findDocument(member.node, await findLeaf(target, member.node));
  const goods = await goodsOfBundle(member.node, leaf, invoice);
  const { commitment, salt } = commit(member.folder, 'declaration', declaration);
  const { height, hash } = await consume(member, recordId(issuer, leaf), commitment, goods);
  await moveLots(member, 'releaseWithPreference', commitment, [...new Set(goods.map(({ lot }) => lot))]);
  return {
    exit: EXIT.DONE,
    lines: [
      `${leaf} is used by this declaration, in block ${height} at the latest`,
      `commitment ${commitment}, opened by the salt ${salt}`,
    ],
    json: { leaf, commitment, salt, height, transaction: hash },
  };
}

function replaced(sentence: string, written: Notarised & { leaf: Hex }): Outcome {
  return { exit: EXIT.DONE, lines: [sentence, `${written.leaf}  ${written.file}`], json: written };
}
