import { type Contract, type ContractTransactionResponse, getBytes, keccak256 } from 'ethers';
import type { OwnChain } from '../gas/bench.ts';
import { leafOf } from '../gas/documents.ts';
import { gasOf } from '../gas/measure.ts';
import { deployShipped, loadFrom, type Shipped, sourceOf } from './packages.ts';
import { type AttemptName, noneOf, outcomeOf, type System, type WorkName } from './system.ts';

const OPEN_ATTESTATION = '@govtechsg/document-store';
const TRUSTVC = '@trustvc/document-store';
const BATCH = 100;
const LEAVES = 1_000;
const OWNER = 'owner of the store';

/** A store that belongs to one laboratory, which alone may write into it. */
interface Store {
  laboratory: Contract;
  outsider: Contract;
  deployment: number;
}

/** The document stores of OpenAttestation and of TrustVC. */
export async function documentStores(chain: OwnChain): Promise<System[]> {
  return [await openAttestation(chain), await trustVc(chain)];
}

async function openAttestation(chain: OwnChain): Promise<System> {
  const shipped = loadFrom<{ DocumentStore__factory: Shipped }>(
    `${OPEN_ATTESTATION}/dist/contracts/factories/contracts/DocumentStore__factory.js`,
  ).DocumentStore__factory;
  const store = await deployStore(chain, shipped);
  const write = (name: string, argument: unknown) => gasOf(call(store.laboratory, name)(argument));
  const isRevoked = async (name: string) => (await call(store.laboratory, 'isRevoked')(leafOf(name))) as boolean;
  return {
    ...{ name: 'OpenAttestation document store', source: sourceOf(OPEN_ATTESTATION, shipped) },
    means: 'the block in which one digest was issued, in a store of the laboratory’s own',
    async measure(): Promise<Partial<Record<WorkName, number>>> {
      const hundred = await write('bulkIssue', leaves(BATCH, 'of 100, '));
      return {
        ...{ one: await write('issue', leafOf('one')), hundred: Math.ceil(hundred / BATCH), deployment: store.deployment },
        root: await write('issue', leafOf('root of 1,000')),
        revoke: await write('revoke', leafOf('one')),
        revokeUnderRoot: await write('revoke', leafOf('leaf 7')),
        replace: (await write('issue', leafOf('successor'))) + (await write('revoke', leafOf('of 100, 1'))),
        status:
          Number(await call(store.laboratory, 'isIssued').estimateGas(leafOf('one'))) +
          Number(await call(store.laboratory, 'isRevoked').estimateGas(leafOf('one'))),
      };
    },
    async attempt(): Promise<Record<AttemptName, string>> {
      const common = await attemptCommon(store, 'revoke');
      return {
        ...common,
        innerNode: noneOf(store.laboratory.interface, /merkle|proof/i, 'checks of a tree'),
        afterRevocation: `isRevoked: ${await isRevoked('document')}`,
        why: `block ${await call(store.laboratory, 'documentRevoked')(leafOf('document'))}, no reason`,
      };
    },
  };
}

async function trustVc(chain: OwnChain): Promise<System> {
  const shipped = loadFrom<{ DocumentStore__factory: Shipped }>(TRUSTVC).DocumentStore__factory;
  const store = await deployStore(chain, shipped);
  const tree = sortedTree(leaves(LEAVES, 'leaf '));
  const issue = (name: string) => call(store.laboratory, 'issue')(leafOf(name));
  const revoke = (name: string) => call(store.laboratory, 'revoke(bytes32)')(leafOf(name));
  const isActive = async (name: string) => (await call(store.laboratory, 'isActive(bytes32)')(leafOf(name))) as boolean;
  return {
    ...{ name: 'TrustVC document store', source: sourceOf(TRUSTVC, shipped) },
    means: 'one bit for a digest, in a store of the laboratory’s own; trees of sorted pairs are checked by the contract',
    async measure(): Promise<Partial<Record<WorkName, number>>> {
      const calls = leaves(BATCH, 'of 100, ').map((leaf) => store.laboratory.interface.encodeFunctionData('issue', [leaf]));
      const hundred = await gasOf(call(store.laboratory, 'multicall')(calls));
      return {
        ...{ one: await gasOf(issue('one')), hundred: Math.ceil(hundred / BATCH), deployment: store.deployment },
        root: await gasOf(call(store.laboratory, 'issue')(tree.root)),
        revoke: await gasOf(revoke('one')),
        revokeUnderRoot: await gasOf(
          call(store.laboratory, 'revoke(bytes32,bytes32,bytes32[])')(tree.root, leafOf('leaf 7'), tree.path(7)),
        ),
        replace: (await gasOf(issue('successor'))) + (await gasOf(revoke('of 100, 1'))),
        status: Number(await call(store.laboratory, 'isActive(bytes32)').estimateGas(leafOf('one'))),
      };
    },
    async attempt(): Promise<Record<AttemptName, string>> {
      const common = await attemptCommon(store, 'revoke(bytes32)');
      const [sibling, ...above] = tree.path(0) as [string, ...string[]];
      const inner = sortedPair(leafOf('leaf 0'), sibling);
      const taken = (await call(store.laboratory, 'isActive(bytes32,bytes32,bytes32[])')(tree.root, inner, above)) as boolean;
      return {
        ...common,
        innerNode: taken ? 'taken for a document (isActive: true)' : 'refused by the contract',
        afterRevocation: `isActive: ${await isActive('document')}`,
        why: noneOf(store.laboratory.interface, /reason|revokedAt|time/i, 'time or reason'),
      };
    },
  };
}

async function deployStore(chain: OwnChain, shipped: Shipped): Promise<Store> {
  const owner = chain.account(OWNER);
  const { contract, gas } = await deployShipped(chain, shipped, OWNER, ['Laboratory', owner.address]);
  const as = (name: string) => contract.connect(chain.account(name)) as Contract;
  const store = { laboratory: contract, outsider: as('outsider'), deployment: gas };
  await gasOf(call(contract, 'issue')(leafOf('first')));
  return store;
}

/** What both stores answer in the same way: one owner, who issues and revokes what he likes. */
async function attemptCommon({ laboratory, outsider }: Store, revoke: string) {
  const tried = (sending: Promise<ContractTransactionResponse>) => outcomeOf(sending, laboratory.interface);
  const issue = (by: Contract, name: string) => tried(call(by, 'issue')(leafOf(name)));
  const squatter = await issue(outsider, 'squatted');
  const squat = `outsider ${squatter}; then the laboratory ${await issue(laboratory, 'squatted')}`;
  await issue(laboratory, 'document');
  const foreignRevocation = await tried(call(outsider, revoke)(leafOf('document')));
  const twice = await issue(laboratory, 'document');
  await gasOf(call(laboratory, revoke)(leafOf('document')));
  const recorded = async (what: string) => {
    const outcomes = [await issue(laboratory, `${what} 1`), await issue(laboratory, `${what} 2`)];
    return outcomes.join(', then ');
  };
  return {
    ...{ squat, foreignRevocation, twice },
    again: await issue(laboratory, 'document'),
    successor: noneOf(laboratory.interface, /success|replace|supersede/i, 'successors'),
    completeness: noneOf(laboratory.interface, /count|head|length|total/i, 'count or head to compare with'),
    scope: await issue(laboratory, 'out of scope'),
    use: `${await recorded('declaration')} (digests of certificate and declaration)`,
    acceptance: `${await recorded('acceptance')} (digests of report and decision)`,
  };
}

/** The tree of OpenZeppelin's MerkleProof: keccak-256 of each pair in ascending order, an odd last node moves up. */
function sortedTree(nodes: readonly string[]): { root: string; path(index: number): string[] } {
  const levels = [nodes];
  for (let level = nodes; level.length > 1; levels.push(level)) {
    const below = level;
    level = Array.from({ length: Math.ceil(below.length / 2) }, (_, n) => {
      const [left, right] = [below[2 * n] as string, below[2 * n + 1]];
      return right === undefined ? left : sortedPair(left, right);
    });
  }
  const path = (index: number) => levels.map((level, height) => level[(index >> height) ^ 1]).filter((node) => node !== undefined);
  return { root: levels.at(-1)?.[0] as string, path };
}

function sortedPair(a: string, b: string): string {
  const [low, high] = a < b ? [a, b] : [b, a];
  return keccak256(new Uint8Array([...getBytes(low), ...getBytes(high)]));
}

function leaves(count: number, name: string): string[] {
  return Array.from({ length: count }, (_, n) => leafOf(`${name}${n}`));
}

function call(contract: Contract, name: string) {
  return contract.getFunction(name);
}
