// Reads configuration that arrives as JSON: every value is checked, the first problem is named by its path.
import { parseDecimal, rescale } from '@glasshouse/units';

export class ConfigurationProblem extends Error {
  override readonly name = 'ConfigurationProblem';

  constructor(
    readonly path: string,
    problem: string,
  ) {
    super(`${path}: ${problem}`);
  }
}

/** One JSON object of a configuration and where it stands. */
export class ConfigurationReader {
  private constructor(
    private readonly object: { readonly [key: string]: unknown },
    readonly path: string,
  ) {}

  static of(value: unknown, path: string): ConfigurationReader {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ConfigurationProblem(path, 'not an object');
    }
    return new ConfigurationReader(value as { readonly [key: string]: unknown }, path);
  }

  static parse(text: string, path: string): ConfigurationReader {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new ConfigurationProblem(path, 'not JSON');
    }
    return ConfigurationReader.of(value, path);
  }

  fail(field: string, problem: string): never {
    throw new ConfigurationProblem(`${this.path}.${field}`, problem);
  }

  text(field: string): string {
    const value = this.object[field];
    if (typeof value !== 'string' || value === '' || value.length > 256)
      this.fail(field, 'not a text of 1..256 characters');
    return value;
  }

  oneOf<Name extends string>(field: string, names: readonly Name[]): Name {
    const text = this.text(field);
    const known = names.find((name) => name === text);
    return known ?? this.fail(field, `not one of ${names.join(', ')}`);
  }

  boolean(field: string): boolean {
    const value = this.object[field];
    return typeof value === 'boolean' ? value : this.fail(field, 'not true or false');
  }

  integer(field: string, least: number, most: number): number {
    const value = this.object[field];
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most) {
      this.fail(field, `not an integer in ${least}..${most}`);
    }
    return value;
  }

  /** A number in the closed interval: weights, fractions and rates. */
  ratio(field: string, least: number, most: number): number {
    const value = this.object[field];
    return typeof value === 'number' && value >= least && value <= most
      ? value
      : this.fail(field, `not a number in ${least}..${most}`);
  }

  has(field: string): boolean {
    return this.object[field] !== undefined;
  }

  /** A decimal text in units of 10^−scale, at least `least` of them. */
  units(field: string, scale: number, least: number): number {
    const decimal = parseDecimal(this.text(field));
    const units = decimal === undefined ? undefined : rescale(decimal, scale);
    if (units === undefined || units < least)
      this.fail(field, `not a decimal with at most ${scale} places, at least ${least} units`);
    return units;
  }

  section(field: string): ConfigurationReader {
    return ConfigurationReader.of(this.object[field], `${this.path}.${field}`);
  }

  list<Item>(field: string, most: number, read: (reader: ConfigurationReader) => Item): Item[] {
    const value = this.object[field];
    if (!Array.isArray(value) || value.length > most) this.fail(field, `not a list of at most ${most}`);
    return value.map((item, index) => read(ConfigurationReader.of(item, `${this.path}.${field}[${index}]`)));
  }
}
