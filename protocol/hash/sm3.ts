/** SM3, the hash of GB/T 32905-2016 (ISO/IEC 10118-3:2018), 256 bits. Section numbers below are those of GB/T 32905. */

const BLOCK = 64;
// Section 4.1: the initial value.
const IV = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];
// Section 4.2: the constant T of round j, already rotated left by j mod 32 as section 5.3.3 uses it.
const T = Int32Array.from({ length: 64 }, (_, round) => rotl(round < 16 ? 0x79cc4519 : 0x7a879d8a, round % 32));

/** Hashes bytes with SM3: 32 bytes. */
export function sm3(message: Uint8Array): Uint8Array {
  const state = Int32Array.from(IV);
  const words = new Int32Array(68);
  const whole = message.length - (message.length % BLOCK);
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  for (let at = 0; at < whole; at += BLOCK) compress(state, words, view, at);
  const tail = new DataView(pad(message, whole).buffer);
  for (let at = 0; at < tail.byteLength; at += BLOCK) compress(state, words, tail, at);
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => {
    digest.setInt32(4 * index, word);
  });
  return new Uint8Array(digest.buffer);
}

/** Section 5.2: the rest of the message, one bit 1, zeros, and the length in bits as 64-bit integer. */
function pad(message: Uint8Array, from: number): Uint8Array {
  const rest = message.length - from;
  const padded = new Uint8Array(rest + 9 > BLOCK ? 2 * BLOCK : BLOCK);
  padded.set(message.subarray(from));
  padded[rest] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(message.length) * 8n);
  return padded;
}

function rotl(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** Section 5.3.2: W 0..67; W' of section 5.3.2 c) is W[j] ^ W[j+4] and taken where it is used. */
function expand(words: Int32Array, view: DataView, at: number): void {
  for (let j = 0; j < 16; j++) words[j] = view.getInt32(at + 4 * j);
  for (let j = 16; j < 68; j++) {
    const mixed = w(words, j - 16) ^ w(words, j - 9) ^ rotl(w(words, j - 3), 15);
    words[j] = mixed ^ rotl(mixed, 15) ^ rotl(mixed, 23) ^ rotl(w(words, j - 13), 7) ^ w(words, j - 6);
  }
}

function w(words: Int32Array, index: number): number {
  return words[index] as number;
}

/** Section 5.3.3: the compression function CF over the 64 bytes at `at`. */
function compress(state: Int32Array, words: Int32Array, view: DataView, at: number): void {
  expand(words, view, at);
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let j = 0; j < 64; j++) {
    const a12 = rotl(a, 12);
    const ss1 = rotl((a12 + e + w(T, j)) | 0, 7);
    const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + (ss1 ^ a12) + (w(words, j) ^ w(words, j + 4))) | 0;
    const tt2 = (gg + h + ss1 + w(words, j)) | 0;
    d = c;
    c = rotl(b, 9);
    b = a;
    a = tt1;
    h = g;
    g = rotl(f, 19);
    f = e;
    e = tt2 ^ rotl(tt2, 9) ^ rotl(tt2, 17);
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] = w(state, index) ^ word;
  });
}
