import type { Reader } from '../access/reader.ts';
import type { RecentSubjects } from '../bundles/recentSubjects.ts';
import { problemOf } from '../errors.ts';
import type { TraceAnswer } from './answerTrace.ts';
import { traceJson } from './traceJson.ts';

/**
 * An answer with all that proves it, a JSON value a line: the trace, then the bundle of each of its goods (or why there is none), then how many those were. Who
 * reads it recomputes the answer from the bundles alone; without the last line something was cut off.
 */
export async function* writeTraceProofs(subjects: RecentSubjects, reader: Reader, answer: TraceAnswer): AsyncIterable<string> {
  yield line({ trace: traceJson(answer) });
  const ids = [...answer.histories.keys()];
  for (const id of ids) yield await lineOf(subjects, reader, id);
  yield line({ end: ids.length });
}

async function lineOf(subjects: RecentSubjects, reader: Reader, id: string): Promise<string> {
  try {
    const { json } = await subjects.answer(id, reader);
    return `{"id":${JSON.stringify(id)},"bundle":${json}}\n`;
  } catch (error) {
    // Goods that only a sealed or lost document names have no history here; the reader is told which.
    return line({ id, code: problemOf(error).code });
  }
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
