/**
 * How V8 runs a node, so that what an answer of a thousand goods makes dies young (bench/trace.ts): the young generation holds two such answers, and nothing is
 * made old at once because its like lived long, since then it keeps what it points to alive, too. With both less than a hundredth of what was made is promoted, without
 * the second a tenth. Catching up stays within 300 MB (bench/index.ts: with 64 megabytes it does not).
 */
export const NODE_FLAGS: readonly string[] = [
  '--max-semi-space-size=32',
  '--no-allocation-site-pretenuring',
  '--disable-warning=ExperimentalWarning',
];
