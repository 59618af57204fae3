// Integers that nobody steers: the same ones on every node, because the generator is part of the state. Who has the state can
// foresee them.

const FIRST = 0x2545_f491;
const RANGE = 0x1_0000_0000;

/** Xorshift over 32 bits, which are never all 0. */
export class Chance {
  bits = FIRST;

  /** In 0..count − 1. */
  below(count: number): number {
    let bits = this.bits;
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    this.bits = bits >>> 0;
    return Math.floor((this.bits / RANGE) * count);
  }
}
