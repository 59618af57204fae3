// Columns of rows as PostgreSQL's array literals: the fastest way in for many rows that needs no second protocol.
import type { ColumnType } from './table.js';

function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** PostgreSQL's text holds every character but this one. */
const NUL = /\0/g;

function quoted(text: string): string {
  return `"${text.replace(NUL, '\uFFFD').replace(/["\\]/g, '\\$&')}"`;
}

function objectText(value: unknown): string {
  if (value === undefined || value === null) return 'NULL';
  return Array.isArray(value) ? `"{${value.map(numberText).join(',')}}"` : quoted(JSON.stringify(value));
}

function elementText(value: unknown): string {
  switch (typeof value) {
    case 'number':
      return numberText(value);
    case 'boolean':
      return value ? 't' : 'f';
    case 'string':
      return quoted(value);
    default:
      return objectText(value);
  }
}

export function arrayLiteral(values: readonly unknown[]): string {
  return `{${values.map(elementText).join(',')}}`;
}

/** Arrays of arrays must be rectangles and lose their inner borders, so inner ones travel as text. */
export function arrayType(type: ColumnType, elementType: string): string {
  return type === 'reals' ? 'text[]' : `${elementType}[]`;
}
