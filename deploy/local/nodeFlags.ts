/** How V8 runs a node. A small young generation holds catching up within 300 MB (bench/index.ts) and costs answers little (bench/trace.ts). */
export const NODE_FLAGS: readonly string[] = ['--max-semi-space-size=8', '--disable-warning=ExperimentalWarning'];
