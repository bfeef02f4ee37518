import { expect } from 'chai';
import { Compiler, type Node } from '../solidity/compiler.ts';
import { type Mutant, mutantsOf, mutated } from './mutant.ts';

const FILE = 'contracts/Ample.sol';
const TEXT = `pragma solidity 0.8.34;
library Role {
    uint16 internal constant LABORATORY = 1;
    uint16 internal constant CUSTOMS = 2;
}
contract Ample {
    event Moved(address who, uint256 from, uint256 to);
    // 이 주석은 글자보다 바이트가 많다
    function move(uint256 from, uint256 to) external returns (bool) {
        if (from == to || from < 4) return false;
        emit Moved(msg.sender, from, to);
        return to & Role.CUSTOMS != 0;
    }
}
`;

/** What a campaign does to a contract, on one that holds the places to break. */
describe('mutants', () => {
  const sources = new Map([[FILE, TEXT]]);
  let mutants: Mutant[];

  before(async () => {
    const compiler = new Compiler();
    const { sources: trees } = await compiler.compile(sources, 'trees');
    await compiler.stop();
    mutants = mutantsOf(sources, new Map([[FILE, trees?.[FILE]?.ast as Node]]));
  });

  const changes = (operator: string) => mutants.filter((each) => each.operator === operator).map(({ was, by }) => `${was} => ${by}`);

  it('force every side of a condition both ways', () => {
    const sides = ['from == to || from < 4', 'from == to', 'from < 4'];
    expect(changes('condition')).to.deep.equal(sides.flatMap((side) => [`${side} => true`, `${side} => false`]));
  });

  it('move a boundary, and turn a relation round', () => {
    expect(changes('boundary')).to.deep.equal(['< => <=']);
    expect(changes('relation')).to.deep.equal(['== => !=', '< => >=', '!= => ==']);
  });

  it('take another constant of the list', () => {
    expect(changes('constant')).to.deep.equal(['CUSTOMS => LABORATORY']);
  });

  it('leave an event out, and each of its arguments', () => {
    expect(changes('statement')).to.deep.equal(['emit Moved(msg.sender, from, to); => {}']);
    expect(changes('event argument')).to.deep.equal(['msg.sender => address(0)', 'from => 0', 'to => 0']);
    expect(changes('argument order')).to.deep.equal(['from, to => to, from']);
  });

  it('change their place alone, after text of several bytes a letter', () => {
    const mutant = mutants.find(({ operator }) => operator === 'bitwise') as Mutant;
    expect(mutated(sources, mutant).get(FILE)).to.equal(TEXT.replace('to & Role', 'to | Role'));
    expect(mutant.id).to.equal(`${FILE}:12:19 bitwise`);
    expect(mutant.within).to.equal('move');
  });

  it('have ids of their own, and none twice', () => {
    expect(new Set(mutants.map(({ id }) => id)).size).to.equal(mutants.length);
    expect(new Set(mutants.map((mutant) => mutated(sources, mutant).get(FILE))).size).to.equal(mutants.length);
  });
});
