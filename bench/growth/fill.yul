/// Stands in a contract's place while its mappings are filled: `mapping[key(i)] = value` for i from `first` to `last - 1`.
/// Calldata: first, last, then three words for each mapping: its slot, a mask, the value. key(i) is i where the mask is 0, else the hash of i under the mask.
object "Fill" {
  code {
    datacopy(0, dataoffset("runtime"), datasize("runtime"))
    return(0, datasize("runtime"))
  }
  object "runtime" {
    code {
      let first := calldataload(0)
      let last := calldataload(32)
      for { let at := 64 } lt(at, calldatasize()) { at := add(at, 96) } {
        let mask := calldataload(add(at, 32))
        let value := calldataload(add(at, 64))
        for { let i := first } lt(i, last) { i := add(i, 1) } {
          mstore(0, i)
          if mask { mstore(0, and(keccak256(0, 32), mask)) }
          mstore(32, calldataload(at))
          sstore(keccak256(0, 64), value)
        }
      }
    }
  }
}
