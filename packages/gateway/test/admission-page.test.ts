import { readFileSync } from 'node:fs';
import { ERRORS } from '@glasshouse/api';
import { REJECT_REASONS } from '@glasshouse/protocol';
import { expect, test } from 'vitest';

const PAGE = new URL('../../../docs/order-admission.md', import.meta.url);
const ROW = /^\| \d+ \| `(\w+)` \| `(\w+)` (\d+) \|/gm;

test('docs/order-admission.md gives the code and status with which each reject is answered', () => {
  const rows = [...readFileSync(PAGE, 'utf8').matchAll(ROW)].map(([, reason, code, status]) => [reason, code, status]);
  const answered = REJECT_REASONS.map((reason) => [reason, ERRORS[reason].code, String(ERRORS[reason].status)]);
  expect(rows).toEqual(answered);
});
