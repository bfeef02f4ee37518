/// Tells which of many words, as keys of a contract's first mappings, would name a slot that may be in use.
/// Calldata: number of slots in use, those slots, then the words. Answers pairs (index of the word, number of the mapping): all that are in use, and a few that
/// only share their last 24 bits with one that is. A bitmap of 2^24 bits in memory makes 30 million tries a matter of a minute or two.
object "MappingKeys" {
  code {
    datacopy(0, dataoffset("runtime"), datasize("runtime"))
    return(0, datasize("runtime"))
  }
  object "runtime" {
    code {
      let count := calldataload(0)
      let words := mul(add(count, 1), 32)
      for { let at := 32 } lt(at, words) { at := add(at, 32) } {
        let place, bit := where(calldataload(at))
        mstore(place, or(mload(place), bit))
      }
      let answer := add(add(base(), 0x200000), 32)
      let end := answer
      for { let at := words } lt(at, calldatasize()) { at := add(at, 32) } {
        mstore(0, calldataload(at))
        for { let mapping := 0 } lt(mapping, 15) { mapping := add(mapping, 1) } {
          mstore(32, mapping)
          let place, bit := where(keccak256(0, 64))
          if and(mload(place), bit) {
            mstore(end, div(sub(at, words), 32))
            mstore(add(end, 32), mapping)
            end := add(end, 64)
          }
        }
      }
      return(answer, sub(end, answer))

      function base() -> start { start := 64 }
      function where(slot) -> place, bit {
        place := add(base(), and(shr(3, slot), 0x1fffe0))
        bit := shl(and(slot, 0xff), 1)
      }
    }
  }
}
