import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import { captureFiles } from '../../sdk/capture/captureFiles.ts';
import { commit } from '../../sdk/law/commitment.ts';
import { consume, moveLots } from '../../sdk/law/consume.ts';
import { goodsOfBundle } from '../../sdk/law/goodsOfBundle.ts';
import { correctCertificate } from '../../sdk/law/replaceCertificate.ts';
import { type OpenMember, openMember } from '../../sdk/member/openMember.ts';
import { findDocument } from '../../sdk/node/findDocument.ts';
import { notarise } from '../../sdk/notarise/notarise.ts';
import { readInputs } from '../../sdk/notarise/readInputs.ts';
import { readBundle } from '../../sdk/verify/readBundle.ts';
import { DemoProgress, type DemoScenario, type DemoStep } from './demo.ts';
import { writeRecall } from './writeRecall.ts';

/** Where the demo's documents come from and where its bundles go. */
export interface DemoFolders {
  /** `deploy/demo`. */
  data: string;
  /** Folder of the local system. */
  home: string;
}

/**
 * Lets the members of the demo do what the scenarios say, through the same calls that a real member uses. What was done is skipped, so that a second start keeps
 * what was there and a start that was cut off is finished. The recall's documents are only written: who tries it files them.
 */
export async function runDemo(scenarios: readonly DemoScenario[], folders: DemoFolders, onStep: (text: string) => void): Promise<void> {
  writeRecall(folders.home);
  const progress = new DemoProgress(join(folders.home, 'demo'));
  const steps = scenarios.flatMap((scenario) => scenario.steps.map((step) => ({ scenario, step })));
  for (const [index, { scenario, step }] of steps.entries()) {
    const name = `${scenario.name}: ${step.member} ${step.do} ${step.file}`;
    if (progress.isDone(name)) continue;
    onStep(`demo ${index + 1}/${steps.length}: ${name}`);
    await runStep(scenario, step, folders);
    progress.done(name);
  }
}

async function runStep(scenario: DemoScenario, step: DemoStep, { data, home }: DemoFolders): Promise<void> {
  const member = openMember(home, step.member);
  const file = join(data, scenario.name, step.file);
  const out = join(home, 'demo', scenario.name);
  mkdirSync(out, { recursive: true });
  try {
    if (step.do === 'notarise') await notarise({ member, inputs: readInputs([file]), out });
    else if (step.do === 'correct')
      await correctCertificate({ member, leaf: leafOf(join(out, bundleName(step.old))), input: file, out, reason: 'DATA_INCORRECT' });
    else if (step.do === 'consume') await useCertificate(member, leafOf(join(out, bundleName(step.file))), step);
    else await capture(member, file);
  } finally {
    member.close();
  }
}

/** The same calls as of the command "origin consume". */
async function useCertificate(
  member: OpenMember,
  leaf: Hex,
  { declaration, invoices }: { declaration: string; invoices: readonly string[] },
): Promise<void> {
  const { issuer } = await findDocument(member.node, leaf);
  // The public presentation hides invoice numbers; customs have them from the declaration.
  const goods = await goodsOfBundle(member.node, leaf, invoices);
  const { commitment } = commit(member.folder, 'declaration', declaration);
  await consume(member, recordId(issuer, leaf), commitment, goods);
  await moveLots(member, 'releaseWithPreference', commitment, [...new Set(goods.map(({ lot }) => lot))]);
}

function leafOf(bundle: string): Hex {
  return readBundle(bundle).documents[0].anchor.leaf;
}

function bundleName(file: string): string {
  return file.replace(/\.json$/, '.bundle.json');
}

/** The same call as of the command "capture". */
async function capture({ node }: OpenMember, file: string): Promise<void> {
  const { refusals } = await captureFiles({ node, paths: [file], onError: 'rollback' });
  if (refusals.length > 0) throw new Error(`the capture failed: ${JSON.stringify(refusals)}`);
}
