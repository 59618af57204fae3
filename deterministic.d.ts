// In the deterministic packages these do not compile: the clock, chance, what ECMAScript leaves to the engine
// ("implementation-approximated" Math), the locale, and the garbage collector.
// An optional overload makes the member possibly undefined, so calling it is an error; an abstract constructor cannot be
// called with `new`. Replacing the standard library instead would mean keeping a copy of it.

type NotInDeterministicCode = abstract new () => never;

interface DateConstructor extends NotInDeterministicCode {
  now?(): never;
  parse?(): never;
  UTC?(): never;
}
interface WeakRefConstructor extends NotInDeterministicCode {}
interface FinalizationRegistryConstructor extends NotInDeterministicCode {}

interface Math {
  acos?(): never;
  acosh?(): never;
  asin?(): never;
  asinh?(): never;
  atan?(): never;
  atan2?(): never;
  atanh?(): never;
  cbrt?(): never;
  cos?(): never;
  cosh?(): never;
  exp?(): never;
  expm1?(): never;
  hypot?(): never;
  log?(): never;
  log10?(): never;
  log1p?(): never;
  log2?(): never;
  pow?(): never;
  random?(): never;
  sin?(): never;
  sinh?(): never;
  tan?(): never;
  tanh?(): never;
}

interface String {
  localeCompare?(): never;
  toLocaleLowerCase?(): never;
  toLocaleUpperCase?(): never;
}
interface Number {
  toLocaleString?(): never;
}
interface BigInt {
  toLocaleString?(): never;
}
