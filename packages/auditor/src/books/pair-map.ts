// A map by two small ids.

const STRIDE = 2 ** 20;

export class PairMap<Value> {
  readonly #values = new Map<number, Value>();

  get(first: number, second: number): Value | undefined {
    return this.#values.get(first * STRIDE + second);
  }

  obtain(first: number, second: number, make: () => Value): Value {
    const known = this.get(first, second);
    if (known !== undefined) return known;
    const made = make();
    this.#values.set(first * STRIDE + second, made);
    return made;
  }
}
