// The decoded pairs of a command that is seldom, read field by field.
import { parseDecimal } from '@glasshouse/units';
import type { DecimalText } from './commands.js';
import { booleanOf, MAX_CLIENT_ID, sideOf } from './order-values.js';
import { isPublicKeyText } from './public-key.js';
import { ALL_PERMISSIONS, PERMISSION, type Side } from './vocabulary.js';

const MAX_TEXT = 256;
const UNSIGNED = /^\d{1,15}$/;

/** Thrown while a command is read; `decodeRare` turns it into its return value. */
export class FieldProblem extends Error {
  constructor(
    readonly field: string,
    readonly problem: string,
  ) {
    super(problem);
  }
}

export class Fields {
  constructor(private readonly pairs: ReadonlyMap<string, string>) {}

  optionalText(field: string): string | undefined {
    const text = this.pairs.get(field);
    if (text !== undefined && text.length > MAX_TEXT) throw new FieldProblem(field, `longer than ${MAX_TEXT}`);
    return text;
  }

  text(field: string): string {
    const text = this.optionalText(field);
    if (text === undefined || text === '') throw new FieldProblem(field, 'missing');
    return text;
  }

  has(field: string): boolean {
    return this.pairs.has(field);
  }

  longText(field: string): string {
    const text = this.pairs.get(field);
    if (text === undefined || text === '') throw new FieldProblem(field, 'missing');
    return text;
  }

  integer(field: string): number {
    const text = this.text(field);
    if (!UNSIGNED.test(text)) throw new FieldProblem(field, 'not an unsigned integer');
    return Number(text);
  }

  optionalInteger(field: string): number {
    return this.pairs.has(field) ? this.integer(field) : -1;
  }

  /** As orders have it: −1 when none was given. */
  clientId(): number {
    const clientId = this.optionalInteger('clientId');
    if (clientId > MAX_CLIENT_ID) throw new FieldProblem('clientId', 'invalid value');
    return clientId;
  }

  side(): Side {
    const side = sideOf(this.text('side'));
    if (side === undefined) throw new FieldProblem('side', 'not Bid or Ask');
    return side;
  }

  optionalDecimal(field: string): DecimalText | undefined {
    const text = this.optionalText(field);
    if (text === undefined) return undefined;
    const decimal = parseDecimal(text);
    if (decimal === undefined || decimal.digits < 0) throw new FieldProblem(field, 'not a decimal');
    return decimal;
  }

  decimal(field: string): DecimalText {
    const decimal = this.optionalDecimal(field);
    if (decimal === undefined) throw new FieldProblem(field, 'missing');
    return decimal;
  }

  optionalBoolean(field: string): boolean | undefined {
    const text = this.optionalText(field);
    if (text === undefined) return undefined;
    const value = booleanOf(text);
    if (value === undefined) throw new FieldProblem(field, 'not a boolean');
    return value;
  }

  publicKey(field: string): string {
    const text = this.text(field);
    if (!isPublicKeyText(text)) throw new FieldProblem(field, 'not the base64 of 32 bytes');
    return text;
  }

  permissions(field: string): number {
    const text = this.optionalText(field);
    if (text === undefined) return ALL_PERMISSIONS;
    let permissions = 0;
    for (const name of text.split(',')) {
      if (name !== 'read' && name !== 'trade' && name !== 'withdraw')
        throw new FieldProblem(field, 'unknown permission');
      permissions |= PERMISSION[name];
    }
    return permissions;
  }
}
