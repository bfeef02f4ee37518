import {
  type Artifact,
  CollectStackTraces,
  EdrContext,
  IncludeTraces,
  L1_CHAIN_TYPE,
  l1HardforkLatest,
  l1HardforkToString,
  l1SolidityTestRunnerFactory,
  type SolidityTestRunnerConfigArgs,
  type SuiteResult,
} from '@nomicfoundation/edr';
import type { Compilation } from './compiler.ts';

/** A test that failed, and in which file. */
export interface Failure {
  readonly file: string;
  readonly test: string;
  readonly reason: string;
}

export interface TestRun {
  readonly passed: number;
  readonly failures: readonly Failure[];
}

export interface RunOptions {
  /** Receives what instrumented code reports. */
  readonly onHits?: (tags: Uint8Array[]) => void;
  /** Of each test. */
  readonly gasLimit?: bigint;
}

const SOLC = '0.8.34';
/** More than any test takes, instrumented or not. */
const GAS_LIMIT = 1_000_000_000n;

/** Runs compiled Solidity tests in this process, on the virtual machine that Hardhat runs them on and at the sizes of hardhat.config.ts. */
export class Runner {
  readonly #root: string;
  readonly #context: Promise<EdrContext>;

  constructor(root: string) {
    this.#root = root;
    this.#context = contextForTests();
  }

  /** Runs the tests of a compilation. */
  async run(compilation: Compilation, options: RunOptions = {}): Promise<TestRun> {
    const artifacts = artifactsOf(compilation);
    const suites = artifacts.filter(isSuite).map(({ id }) => id);
    if (suites.length === 0) throw new Error('no test in this compilation');
    const context = await this.#context;
    const tracing = { buildInfos: [], ignoreContracts: true };
    // The last results may come after the call has returned.
    const results = await new Promise<SuiteResult[]>((resolve, reject) => {
      const received: SuiteResult[] = [];
      const receive = (result: SuiteResult) => {
        if (received.push(result) === suites.length) resolve(received);
      };
      context.runSolidityTests(L1_CHAIN_TYPE, artifacts, suites, this.#settings(options), tracing, receive).catch(reject);
    });
    return summaryOf(results);
  }

  #settings({ onHits, gasLimit = GAS_LIMIT }: RunOptions): SolidityTestRunnerConfigArgs {
    const observability = onHits && { codeCoverage: { onCollectedCoverageCallback: async (tags: Uint8Array[]) => onHits(tags) } };
    return {
      projectRoot: this.#root,
      hardfork: l1HardforkToString(l1HardforkLatest()),
      gasLimit,
      disableBlockGasLimit: true,
      disableTransactionGasCap: true,
      collectStackTraces: CollectStackTraces.OnFailure,
      includeTraces: IncludeTraces.None,
      // The seed makes a run repeatable.
      fuzz: { runs: 256, seed: '0x1' },
      invariant: { runs: 24, depth: 60, failOnRevert: true, shrinkRunLimit: 0 },
      ...(observability && { observability }),
    };
  }
}

async function contextForTests(): Promise<EdrContext> {
  const context = new EdrContext();
  await context.registerSolidityTestRunnerFactory(L1_CHAIN_TYPE, l1SolidityTestRunnerFactory());
  return context;
}

function artifactsOf(compilation: Compilation): Artifact[] {
  return Object.entries(compilation.contracts ?? {}).flatMap(([source, contracts]) =>
    Object.entries(contracts).map(([name, { abi, evm }]) => ({
      id: { name, source, solcVersion: SOLC },
      contract: {
        abi: JSON.stringify(abi),
        bytecode: `0x${evm.bytecode.object}`,
        deployedBytecode: `0x${evm.deployedBytecode.object}`,
        linkReferences: {},
        deployedLinkReferences: {},
      },
    })),
  );
}

function isSuite({ id, contract }: Artifact): boolean {
  const functions = JSON.parse(contract.abi) as { type: string; name?: string }[];
  const hasTests = functions.some(({ type, name }) => type === 'function' && /^(test|invariant)/.test(name ?? ''));
  return hasTests && contract.bytecode !== '0x' && id.source.endsWith('.t.sol');
}

function summaryOf(results: readonly SuiteResult[]): TestRun {
  const tests = results.flatMap(({ id, testResults }) => testResults.map((result) => ({ file: id.source, result })));
  const failed = tests.filter(({ result }) => result.status === 'Failure');
  return {
    passed: tests.length - failed.length,
    failures: failed.map(({ file, result }) => ({ file, test: result.name, reason: result.reason ?? '' })),
  };
}
