// The contract's types come along, so that a user of the SDK needs no second package.
export type * from '@glasshouse/api';
export type { Level } from './book/book-side.js';
export { type FollowBookOptions, type FollowedBook, followBook } from './book/follow-book.js';
export { type BookState, LocalBook } from './book/local-book.js';
export * from './errors.js';
export { createKeyPair, type KeyPair, Signer } from './keys.js';
export type { ConnectionOptions } from './rest/connection.js';
export { ExchangeClient, type ExchangeClientOptions, type Params } from './rest/exchange-client.js';
export type { IdentifiedOrder } from './rest/place-once.js';
export { Backoff, type BackoffOptions } from './stream/backoff.js';
export {
  type LossListener,
  StreamClient,
  type StreamClientOptions,
  type StreamError,
  type Unsubscribe,
} from './stream/stream-client.js';
