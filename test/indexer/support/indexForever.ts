import { type IndexerConfig, startIndexer } from '../../../indexer/run.ts';

/** A process that indexes until it is killed. */
if (import.meta.main) await startIndexer(JSON.parse(process.argv[2] ?? '') as IndexerConfig);
