import type { Command } from 'commander';
import { type CaptureSummary, captureFiles } from '../../sdk/capture/captureFiles.ts';
import { EXIT, type Outcome } from './support/command.ts';
import { withProgress } from './support/progress.ts';
import { type MemberOptions, memberCommand, withMember } from './support/withMember.ts';

interface Options extends MemberOptions {
  proceed?: boolean;
  domestic?: boolean;
}

const MOST_LISTED = 20;

/** `capture FILE...`: files EPCIS events with the member's node. */
export function captureCommand(): Command {
  return memberCommand(
    'capture',
    'File EPCIS 2.0 events: hand them in at the node and wait until the ledger has recorded them. An event is known by its hash: run again after a crash, nothing is captured twice.',
    'capture deploy/demo/laver/events-hanbada.json --member hanbada',
  )
    .argument('<file...>', 'an EPCIS document or event (.json), one a line (.jsonl, .ndjson), or a folder of them')
    .option('--proceed', 'where something is refused, capture the rest; without it one fault in any file, and nothing is handed in')
    .option('--domestic', "the events stay in the member's country until they are released (tidemark share)")
    .action((files: string[], options: Options) =>
      withMember(options, async ({ node }) => {
        const onError = options.proceed === true ? 'proceed' : 'rollback';
        const visibility = options.domestic === true ? { visibility: 'DOMESTIC' as const } : {};
        const summary = await withProgress((show) =>
          captureFiles({ node, paths: files, onError, ...visibility, onProgress: (done, total) => show('capture', done, total) }),
        );
        return outcomeOf(summary);
      }),
    );
}

function outcomeOf(summary: CaptureSummary): Outcome {
  const { documents, events, captured, known, left, refusals } = summary;
  const listed = refusals
    .slice(0, MOST_LISTED)
    .map(({ source, pointer, code, reason }) => `refused ${source} ${pointer}  ${code}: ${reason}`);
  const more = refusals.length > MOST_LISTED ? [`… and ${refusals.length - MOST_LISTED} more; --json lists all`] : [];
  const counts = `${captured} captured, ${known} known before, ${left} not captured`;
  return {
    exit: refusals.length > 0 ? EXIT.REFUSED : EXIT.DONE,
    lines: [
      ...listed,
      ...more,
      `${events} event${events === 1 ? '' : 's'} in ${documents} document${documents === 1 ? '' : 's'}: ${counts}`,
    ],
    json: summary,
  };
}
