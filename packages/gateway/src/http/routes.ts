// The table of operations as routes: read, authenticate, limit, do, answer.
import { OPERATION_NAMES, type Operation, type OperationName, operationOf } from '@glasshouse/api';
import { KEY_ROLE, type KeyView, PERMISSION } from '@glasshouse/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticated, Authenticator } from '../auth/authenticator.js';
import type { RequestLimiter } from '../limits/request-limiter.js';
import type {
  Applied,
  CommandAnswers,
  InternalCommands,
  PublicQueries,
  SignedQueries,
} from '../operations/contract.js';
import type { Submission } from '../operations/submission.js';
import { Problem } from '../problem.js';
import type { SecondFactor } from '../second-factor/second-factor.js';
import { IDEMPOTENCY_HEADER, IdempotentCommands, REPLAYED_HEADER } from './idempotency.js';
import { credentialsOf, type Input, readBody, readQuery } from './request-input.js';
import { sendAnswer } from './send.js';

export type RouteParts = {
  readonly authenticator: Authenticator;
  readonly limiter: RequestLimiter;
  readonly submission: Submission;
  readonly secondFactor: SecondFactor;
  readonly publicQueries: PublicQueries;
  readonly signedQueries: SignedQueries;
  readonly commandAnswers: CommandAnswers;
  readonly internalCommands: InternalCommands;
};

type Serve = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
type AnyQuery = (values: unknown, caller?: KeyView) => unknown;
type AnyCommandAnswer = (applied: Applied) => unknown;

/** Whatever takes one has it under this name. */
function codeIn(values: unknown): string | undefined {
  const given = typeof values === 'object' && values !== null && 'twoFactorToken' in values;
  return given && typeof values.twoFactorToken === 'string' ? values.twoFactorToken : undefined;
}

class Routes {
  private readonly idempotent = new IdempotentCommands(Date.now);

  constructor(private readonly parts: RouteParts) {}

  serve(name: OperationName): Serve {
    const operation = operationOf(name);
    if (operation.auth === 'public') return this.publicQuery(name, operation);
    if (operation.auth === 'internal') return this.internalCommand(name, operation);
    return operation.kind === 'query' ? this.signedQuery(name, operation) : this.signedCommand(name, operation);
  }

  private publicQuery(name: OperationName, operation: Operation): Serve {
    const queries: Partial<Record<OperationName, unknown>> = this.parts.publicQueries;
    const query = queries[name] as AnyQuery;
    return async (request) => {
      this.parts.limiter.takeForAddress(request.ip, operation.rateClass);
      return query(readQuery(request, operation.query).values);
    };
  }

  private internalCommand(name: OperationName, operation: Operation): Serve {
    const commands: Partial<Record<OperationName, unknown>> = this.parts.internalCommands;
    const command = commands[name] as AnyQuery;
    return async (request) => {
      this.parts.limiter.takeForSandbox(request.ip);
      return command(readBody(request, operation).values);
    };
  }

  private signedQuery(name: OperationName, operation: Operation): Serve {
    const queries: Partial<Record<OperationName, unknown>> = this.parts.signedQueries;
    const query = queries[name] as AnyQuery;
    return async (request) => {
      const input = readQuery(request, operation.query);
      const { key } = await this.signer(request, operation, input);
      if (key.role !== KEY_ROLE.account) throw new Problem('roleNotAllowed');
      return query(input.values, key);
    };
  }

  private signedCommand(name: OperationName, operation: Operation): Serve {
    const answers: Partial<Record<OperationName, unknown>> = this.parts.commandAnswers;
    const answer = answers[name] as AnyCommandAnswer;
    const takesCode = operation.errors.includes('twoFactorMissing');
    return async (request, reply) => {
      const input = readBody(request, operation);
      const { key, signature, payload } = await this.signer(request, operation, input);
      const carryOut = async (): Promise<unknown> => {
        const code = takesCode ? codeIn(input.values) : undefined;
        if (code !== undefined) await this.parts.secondFactor.confirm({ caller: key, signature, code }, name);
        const committed = await this.parts.submission.submit({ keyId: key.keyId, signature, payload }, input.isBatch);
        return answer({ committed, caller: key, elements: input.batch.length, body: input.values });
      };
      const idempotencyKey = IdempotentCommands.keyOf(request.headers[IDEMPOTENCY_HEADER]);
      if (idempotencyKey === undefined) return carryOut();
      const once = { accountId: key.accountId, key: idempotencyKey, name, body: String(request.body ?? '') };
      const { answer: answered, replayed } = this.idempotent.run(once, carryOut);
      if (replayed) reply.header(REPLAYED_HEADER, 'true');
      return answered;
    };
  }

  /** The account pays for the request only once it is known to be its own. */
  private async signer(request: FastifyRequest, operation: Operation, input: Input): Promise<Authenticated> {
    const signable = { instruction: operation.instruction ?? '', batch: input.batch };
    const authenticated = await this.parts.authenticator.authenticate(credentialsOf(request), signable);
    const { key } = authenticated;
    this.parts.limiter.takeForAccount(key.accountId, request.ip, operation.rateClass);
    const { permission } = operation;
    if (permission !== null && key.role === KEY_ROLE.account && (key.permissions & PERMISSION[permission]) === 0) {
      throw new Problem('permissionMissing', { details: { permission } });
    }
    return authenticated;
  }
}

export function addRoutes(app: FastifyInstance, parts: RouteParts): void {
  const routes = new Routes(parts);
  for (const name of OPERATION_NAMES) {
    const operation = operationOf(name);
    const serve = routes.serve(name);
    app.route({
      method: operation.method,
      url: operation.path,
      config: { operation: name },
      handler: async (request: FastifyRequest, reply: FastifyReply) =>
        sendAnswer(reply, operation, await serve(request, reply)),
    });
  }
}
