import { createRequire } from 'node:module';
import toolbox from '@nomicfoundation/hardhat-toolbox-mocha-ethers';
import { configVariable, defineConfig } from 'hardhat/config';

const require = createRequire(import.meta.url);

// The compiler comes from npm by path, so that nothing is downloaded.
const compiler = { version: '0.8.34', path: require.resolve('solc/soljson.js') };
const settings = { evmVersion: 'cancun', metadata: { bytecodeHash: 'none' } };

export default defineConfig({
  plugins: [toolbox],
  solidity: {
    profiles: {
      default: { ...compiler, settings: { ...settings, viaIR: true, optimizer: { enabled: true, runs: 1_000_000 } } },
      // For writing tests (`hardhat test solidity --build-profile fast`): compiles in a quarter of the time; gas and size are others.
      fast: { ...compiler, settings: { ...settings, optimizer: { enabled: true, runs: 200 } } },
    },
  },
  networks: {
    // Whatever chain the environment names: the start command's own, or a consortium's.
    consortium: {
      type: 'http',
      url: configVariable('TIDEMARK_RPC_URL'),
      accounts: [configVariable('TIDEMARK_DEPLOYER_KEY')],
      gasPrice: 0n,
    },
  },
  paths: { sources: './contracts', tests: { solidity: './test/contracts', mocha: './test/ledger' } },
  // The whole run of an invariant is runs x depth calls; the handler never reverts but where its model is contradicted.
  // A campaign sets runs, depth and seed: `npm run campaign:law-fuzz`, `npm run campaign:invariants`.
  test: {
    solidity: {
      fuzz: { runs: Number(process.env.FUZZ_RUNS ?? 256), ...(process.env.FUZZ_SEED && { seed: process.env.FUZZ_SEED }) },
      invariant: {
        runs: Number(process.env.INVARIANT_RUNS ?? 24),
        depth: Number(process.env.INVARIANT_DEPTH ?? 60),
        failOnRevert: true,
      },
    },
  },
  typechain: { outDir: './types/ethers-contracts' },
});
