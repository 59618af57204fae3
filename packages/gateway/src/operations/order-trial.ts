// An order that is only tried: read as the exchange would read it, and asked about.
import { parametersOf, signingText } from '@glasshouse/api';
import { decodeCommand, isMalformed, type OrderIntent } from '@glasshouse/protocol';
import { Problem } from '../problem.js';
import type { SignedQueries } from './contract.js';
import type { SignedQueryParts } from './query-parts.js';
import { rejection } from './rejection.js';

/** Any date: nothing is signed by it. */
const SOME_DATE = { timestampMs: 0, windowMs: 5_000 };

function intentOf(order: Readonly<Record<string, unknown>>): OrderIntent {
  const text = new TextEncoder().encode(signingText('orderExecute', parametersOf(order), SOME_DATE));
  const decoded = decodeCommand(text, 0, text.length);
  if (isMalformed(decoded)) {
    throw new Problem('malformedCommand', {
      message: `failed to parse parameter \`${decoded.field}\`: ${decoded.malformed}`,
    });
  }
  const { command } = decoded;
  const intent = command.kind === 'placeOrders' ? command.orders[0] : undefined;
  if (intent === undefined) throw new Problem('parameterInvalid');
  return intent;
}

export function orderTrial({ port }: SignedQueryParts) {
  return {
    testOrder: async (order, { accountId }) => {
      const intent = intentOf(order);
      const refusal = await port.read((view) => view.orderRefusal(accountId, intent));
      if (refusal !== undefined) throw rejection(refusal);
      return { accepted: true };
    },
  } satisfies Partial<SignedQueries>;
}
