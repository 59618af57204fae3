// The table of open requests and quotes against one that looks through everything. MODEL_RUNS sets the number of runs (default 300).
import type { FeePpm, TimeUs } from '@glasshouse/units';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Quote, type Rfq, Rfqs } from '../../src/state/rfqs.js';

const numRuns = Number(process.env['MODEL_RUNS'] ?? 300);

const us = (timeUs: number): TimeUs => timeUs as TimeUs;

const rfqOf = (rfqId: number, accountId: number, clientId: number, expiryUs: number): Rfq => ({
  rfqId,
  accountId,
  marketId: 1,
  clientId,
  side: 0,
  priceTicks: 0,
  sizeLots: 1,
  quoteSizeAtoms: 0,
  mode: 0,
  lendingFlags: 0,
  createdUs: us(0),
  submissionUs: us(0),
  expiryUs: us(expiryUs),
  quotes: [],
});

const quoteOf = (quoteId: number, { rfqId, expiryUs }: Rfq, accountId: number): Quote => ({
  quoteId,
  rfqId,
  accountId,
  marketId: 1,
  clientId: -1,
  bidTicks: 1,
  askTicks: 2,
  lendingFlags: 0,
  feePpm: 0 as FeePpm,
  createdUs: us(0),
  expiryUs,
});

/** Everything in one list each. */
class Model {
  rfqs: Rfq[] = [];
  quotes: Quote[] = [];

  get ends(): { readonly id: number; readonly timeUs: number }[] {
    const rfqs = this.rfqs.map(({ rfqId, expiryUs }) => ({ id: rfqId, timeUs: expiryUs }));
    const quotes = this.quotes.map(({ quoteId, expiryUs }) => ({ id: quoteId, timeUs: expiryUs }));
    return [...rfqs, ...quotes].sort((a, b) => a.timeUs - b.timeUs || a.id - b.id);
  }
}

const ACCOUNTS = [1, 2, 3];

function expectSame(table: Rfqs, model: Model): void {
  const [first] = model.ends;
  expect([table.nextEnd, table.nextEndUs]).toEqual([first?.id ?? 0, first?.timeUs ?? Number.POSITIVE_INFINITY]);
  expect([table.size, table.quoteCount, table.dueCount]).toEqual([
    model.rfqs.length,
    model.quotes.length,
    model.ends.length,
  ]);
  expect(table.inOrder()).toEqual(model.rfqs);
  for (const accountId of ACCOUNTS) {
    const own = model.rfqs.filter((rfq) => rfq.accountId === accountId);
    expect(table.ofAccount(accountId)).toEqual(own);
    expect(table.byClientId(accountId, 1)).toBe(own.find(({ clientId }) => clientId === 1));
    expect(table.quotesOf(accountId)).toEqual(model.quotes.filter((quote) => quote.accountId === accountId));
  }
  for (const rfq of model.rfqs) {
    expect(table.get(rfq.rfqId)).toBe(rfq);
    expect(rfq.quotes).toEqual(model.quotes.filter(({ rfqId }) => rfqId === rfq.rfqId));
  }
  for (const quote of model.quotes) expect(table.quote(quote.quoteId)).toBe(quote);
}

const step = fc.record({
  kind: fc.constantFrom('ask', 'ask', 'quote', 'quote', 'quote', 'times', 'unquote', 'forget', 'first'),
  place: fc.nat(20),
  accountId: fc.constantFrom(...ACCOUNTS),
  expiryUs: fc.nat(6),
});

function forget(table: Rfqs, model: Model, rfq: Rfq): void {
  for (const quote of [...rfq.quotes]) table.deleteQuote(quote);
  table.delete(rfq);
  model.quotes = model.quotes.filter(({ rfqId }) => rfqId !== rfq.rfqId);
  model.rfqs = model.rfqs.filter((other) => other !== rfq);
}

function unquote(table: Rfqs, model: Model, quote: Quote): void {
  table.deleteQuote(quote);
  model.quotes = model.quotes.filter((other) => other !== quote);
}

test('finds whatever is open, by id, account and client id, and knows what ends first', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const [table, model] = [new Rfqs(), new Model()];
      steps.forEach(({ kind, place, accountId, expiryUs }, index) => {
        const rfq = model.rfqs[place % Math.max(1, model.rfqs.length)];
        const quote = model.quotes[place % Math.max(1, model.quotes.length)];
        if (kind === 'ask') {
          const asked = rfqOf(index + 1, accountId, place % 3, expiryUs);
          table.add(asked);
          model.rfqs.push(asked);
        } else if (kind === 'quote' && rfq !== undefined) {
          const given = quoteOf(index + 1, rfq, accountId);
          table.addQuote(rfq, given);
          model.quotes.push(given);
        } else if (kind === 'times' && rfq !== undefined) table.setTimes(rfq, us(0), us(expiryUs));
        else if (kind === 'unquote' && quote !== undefined) unquote(table, model, quote);
        else if (kind === 'forget' && rfq !== undefined) forget(table, model, rfq);
        else if (kind === 'first' && table.nextEnd !== 0) {
          const ended = table.get(table.nextEnd);
          if (ended === undefined) unquote(table, model, table.quote(table.nextEnd) as Quote);
          else forget(table, model, ended);
        }
        expectSame(table, model);
      });
    }),
    { numRuns },
  );
});
