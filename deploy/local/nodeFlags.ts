/**
 * How V8 runs a node. The young generation holds what an answer of a thousand goods makes, so that little of it is promoted (bench/trace.ts: with eight megabytes
 * three times as much), and catching up stays within 300 MB (bench/index.ts: with 64 it does not).
 */
export const NODE_FLAGS: readonly string[] = ['--max-semi-space-size=32', '--disable-warning=ExperimentalWarning'];
