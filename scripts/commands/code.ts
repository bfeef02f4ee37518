import { writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { type Command, Option } from 'commander';
import { terminalQr } from '../../deploy/local/terminalQr.ts';
import { CARRIERS, type Carrier, codeText, drawCode, MOST_SCALE, PICTURES, type Picture } from '../../sdk/codes/drawCode.ts';
import { SdkError } from '../../sdk/errors.ts';
import { type CommonOptions, describeCommand, EXIT, run } from './support/command.ts';
import { trustOf } from './support/trust.ts';

interface Options extends CommonOptions {
  out?: string;
  carrier: Carrier;
  node?: string;
  scale: string;
}

/** `code ID --out FILE`: draws the code for a pack; without a file, a QR code in the terminal. No node is asked. */
export function codeCommand(): Command {
  return describeCommand(
    'code',
    'Draw the code for a pack that leads to a node: a QR code with a Digital Link, or a GS1 DataMatrix.',
    'code https://id.gs1.org/01/09521001001021/10/HB260914A --out laver.svg',
  )
    .argument('<id>', 'GS1 Digital Link of any domain, or EPC URN')
    .option('--out <file>', 'picture to write: .svg or .png; default a QR code in the terminal')
    .addOption(new Option('--carrier <carrier>', 'kind of code').choices([...CARRIERS]).default('qr'))
    .option('--node <url>', 'address that the code leads to; default the first node of the trust file')
    .option('--scale <pixels>', 'pixels of a module', '8')
    .action((id: string, options: Options) =>
      run(options, async () => {
        const { carrier, out } = options;
        const root = options.node ?? trustOf(options).witnesses.find(({ url }) => url !== undefined)?.url;
        if (root === undefined)
          throw new SdkError('MEMBER_UNNAMED', 'the trust file names no node', { advice: 'name one with --node URL' });
        const link = codeText({ carrier: 'qr', id, root });
        if (out === undefined) return { exit: EXIT.DONE, lines: [terminalQr(link), link], json: { link } };
        writeFileSync(out, await drawCode({ carrier, picture: pictureOf(out), id, root, scale: scaleOf(options.scale) }));
        return { exit: EXIT.DONE, lines: [`${out}: ${link}`], json: { link, carrier, file: out } };
      }),
    );
}

function pictureOf(file: string): Picture {
  const picture = PICTURES.find((name) => extname(file).toLowerCase() === `.${name}`);
  if (picture !== undefined) return picture;
  throw new SdkError('CHOICE_UNKNOWN', 'the picture is named .svg or .png', { advice: 'name it so' });
}

function scaleOf(text: string): number {
  const scale = Number(text);
  if (Number.isInteger(scale) && scale >= 1 && scale <= MOST_SCALE) return scale;
  throw new SdkError('CHOICE_UNKNOWN', `a module has 1 to ${MOST_SCALE} pixels`, { advice: 'choose a scale within' });
}
