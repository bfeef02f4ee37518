import { type Response, Router } from 'express';
import { ApiError } from '../errors.ts';
import type { Metrics } from '../http/metrics.ts';
import { publicRead } from '../http/security.ts';
import type { ApiNode } from '../node.ts';

/** What the indexer says of itself. */
export interface IndexerStatus {
  /** Rows are counted against the contract's counter. */
  complete: boolean;
  height: number;
  lagBlocks: number;
  lagSeconds: number;
  alarms: number;
  /** What made the last try fail; null when it worked. */
  problem: { code: string } | null;
}

const MOST_LAG_BLOCKS = 5;

/** Health for supervisors, figures for Prometheus, and the signed checkpoint. */
export function healthRoutes(node: ApiNode, status: () => Promise<IndexerStatus>, metrics: Metrics): Router {
  const router = Router();
  router.get('/health/live', (_request, response) => void response.json({ status: 'live' }));
  router.get('/health/ready', async (_request, response) => {
    const { complete, height, lagBlocks, problem } = await status();
    const ready = complete && lagBlocks <= MOST_LAG_BLOCKS && problem === null;
    response
      .status(ready ? 200 : 503)
      .json({ status: ready ? 'ready' : 'not ready', complete, height, lagBlocks, problem: problem?.code ?? null });
  });
  router.get('/metrics', async (_request, response) => {
    const { complete, height, lagBlocks, lagSeconds, alarms } = await status();
    const gauges = {
      tidemark_index_complete: Number(complete),
      tidemark_index_height: height,
      tidemark_index_lag_blocks: lagBlocks,
      tidemark_index_lag_seconds: lagSeconds,
      tidemark_index_alarms_total: alarms,
      tidemark_process_resident_bytes: process.memoryUsage.rss(),
    };
    response.type('text/plain; version=0.0.4').send(metrics.text(gauges));
  });
  const answerCheckpoint = async (response: Response, height?: number) => {
    const jws = await node.checkpoints.sign(height);
    if (jws === undefined) throw new ApiError('NOT_FOUND', 'this node has not indexed that block');
    response.setHeader('Cache-Control', 'no-store');
    response.type('application/jose').send(jws);
  };
  router.get('/checkpoint', publicRead, (_request, response) => answerCheckpoint(response));
  router.get('/checkpoint/:height', publicRead, (request, response) => {
    const height = request.params.height as string;
    if (!/^\d{1,12}$/.test(height)) throw new ApiError('BAD_REQUEST', 'expected a height', { pointer: '/height' });
    return answerCheckpoint(response, Number(height));
  });
  return router;
}
