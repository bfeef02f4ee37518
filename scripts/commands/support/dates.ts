import { momentOf } from './choice.ts';

/** A date or time as Unix seconds. @throws SdkError `DATE_MALFORMED` */
export function secondsOf(text: string): number {
  return Math.floor(Date.parse(momentOf(text)) / 1000);
}

/** Unix seconds as people read them. */
export function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
