import { SdkError } from '../errors.ts';

/**
 * Reads a response's body as text, and stops reading where it grows beyond `maxBytes`.
 *
 * @throws SdkError `ANSWER_TOO_LARGE`
 */
export async function readCapped(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) {
      throw new SdkError('ANSWER_TOO_LARGE', `the answer of ${response.url} is longer than ${maxBytes} bytes`, { facts: { maxBytes } });
    }
    chunks.push(chunk);
  }
  return new TextDecoder().decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
}
