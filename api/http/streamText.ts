import type { Response } from 'express';

/** Sends pieces as they come, no faster than the reader takes them; stops where the reader is gone. */
export async function streamText(response: Response, pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
  for await (const piece of pieces) {
    if (response.closed) return;
    if (!response.write(piece)) await drained(response);
  }
  response.end();
}

function drained(response: Response): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go);
      response.off('close', go);
      resolve();
    };
    response.once('drain', go).once('close', go);
  });
}
