// Who acts in a history. Ids are counted along, because the exchange gives them in order of creation: what creates an account or
// a key is only asked in ways that succeed.
import type { GenesisConfiguration } from '@glasshouse/protocol';
import { fakePublicKey } from '../genesis.js';
import type { Random } from '../random.js';

export type Account = {
  readonly accountId: number;
  readonly customerId: number;
  /** May do everything and is never revoked. */
  readonly ownerKeyId: number;
  readonly ownerPublicKey: string;
  /** Added later with some of the permissions; may be revoked. */
  readonly otherKeys: { readonly keyId: number; readonly publicKey: string }[];
  subaccounts: number;
};

/** Well below the limits of the venue, which count more than is counted here. */
const MAX_OTHER_KEYS = 4;
const MAX_SUBACCOUNTS = 3;

export class Cast {
  readonly accounts: Account[] = [];
  #keys: number;
  #customers = 0;
  readonly #serviceKeys: GenesisConfiguration['keys'];

  constructor(genesis: GenesisConfiguration) {
    this.#serviceKeys = genesis.keys;
    this.#keys = genesis.keys.length;
  }

  /** Key id of the `nth` service with that role. */
  service(role: GenesisConfiguration['keys'][number]['role'], nth = 0): number {
    const ids = this.#serviceKeys.flatMap((key, index) => (key.role === role ? [index + 1] : []));
    return ids[nth] ?? 0;
  }

  get customers(): number {
    return this.#customers;
  }

  get lastKeyId(): number {
    return this.#keys;
  }

  /** A customer who registers now; what it signs with. */
  register(): string {
    this.#customers += 1;
    return this.#open(this.#customers);
  }

  /** Another account of the same customer, if it may have one. */
  openSubaccount(of: Account): string | undefined {
    const main = this.accounts.find(({ customerId }) => customerId === of.customerId) ?? of;
    if (main.subaccounts >= MAX_SUBACCOUNTS) return undefined;
    main.subaccounts += 1;
    return this.#open(of.customerId);
  }

  addKey(account: Account): string | undefined {
    if (account.otherKeys.length >= MAX_OTHER_KEYS) return undefined;
    const publicKey = this.#newKey();
    account.otherKeys.push({ keyId: this.#keys, publicKey });
    return publicKey;
  }

  revokeKey(account: Account): string | undefined {
    return account.otherKeys.shift()?.publicKey;
  }

  /** A key of the account, mostly its owner's. */
  signer(account: Account, random: Random): number {
    if (account.otherKeys.length === 0 || random.chance(85)) return account.ownerKeyId;
    return random.pick(account.otherKeys).keyId;
  }

  #open(customerId: number): string {
    const publicKey = this.#newKey();
    const accountId = this.accounts.length + 1;
    this.accounts.push({
      accountId,
      customerId,
      ownerKeyId: this.#keys,
      ownerPublicKey: publicKey,
      otherKeys: [],
      subaccounts: 0,
    });
    return publicKey;
  }

  #newKey(): string {
    this.#keys += 1;
    return fakePublicKey(`key${this.#keys}x`);
  }
}
