// The port with its refusals in the caller's words: a full queue, or a venue that has stopped. Errors of a query itself are our
// bugs and stay what they are.
import { type Committed, type ExchangePort, type ExchangeView, Overloaded } from '../ports.js';
import { Problem } from '../problem.js';

function refusal(error: unknown): Problem {
  return new Problem(error instanceof Overloaded ? 'overloaded' : 'maintenance');
}

type Outcome<Answer> = { readonly answer: Answer } | { readonly bug: unknown };

function outcomeOf<Answer>(query: (view: ExchangeView) => Answer, view: ExchangeView): Outcome<Answer> {
  try {
    return { answer: query(view) };
  } catch (bug) {
    return { bug };
  }
}

export function guardedPort(port: ExchangePort): ExchangePort {
  return {
    async submit(request): Promise<Committed> {
      try {
        return await port.submit(request);
      } catch (error) {
        throw refusal(error);
      }
    },
    async read<Answer>(query: (view: ExchangeView) => Answer): Promise<Answer> {
      let outcome: Outcome<Answer>;
      try {
        outcome = await port.read((view) => outcomeOf(query, view));
      } catch (error) {
        throw refusal(error);
      }
      if ('bug' in outcome) throw outcome.bug;
      return outcome.answer;
    },
    onCommitted: (listener) => port.onCommitted(listener),
    nowUs: () => port.nowUs(),
  };
}
