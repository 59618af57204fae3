// Which keys may sign, remembered between requests: asking the exchange each time would make every order wait for the batch
// before it. The core checks the key again when the command is applied, so a stale entry can at worst read once more.
import type { Event, KeyView } from '@glasshouse/protocol';
import type { ExchangePort } from '../ports.js';

export type KnownKey = { readonly view: KeyView; readonly publicKeyBytes: Uint8Array };

const MAX_REMEMBERED = 200_000;

function known(view: KeyView): KnownKey {
  return { view, publicKeyBytes: Buffer.from(view.publicKey, 'base64') };
}

export class KeyRing {
  private readonly keys = new Map<string, KnownKey>();
  /** Counts changes of keys, so that an answer read before a change is not remembered after it. */
  private changes = 0;

  constructor(
    private readonly port: ExchangePort,
    private readonly maxRemembered = MAX_REMEMBERED,
  ) {}

  observe(event: Event): void {
    if (event.kind !== 'keyAdded' && event.kind !== 'keyRevoked') return;
    this.changes += 1;
    this.keys.delete(event.key.publicKey);
  }

  /** Undefined when no such key is registered; a revoked key is returned as inactive. */
  async find(publicKey: string): Promise<KnownKey | undefined> {
    const remembered = this.keys.get(publicKey);
    if (remembered !== undefined) return remembered;
    const { changes } = this;
    const view = await this.port.read((exchange) => exchange.keyByPublicKey(publicKey));
    if (view === undefined) return undefined;
    const key = known(view);
    if (changes === this.changes) this.remember(key);
    return key;
  }

  private remember(key: KnownKey): void {
    if (this.keys.size >= this.maxRemembered) {
      const [oldest] = this.keys.keys();
      if (oldest !== undefined) this.keys.delete(oldest);
    }
    this.keys.set(key.view.publicKey, key);
  }
}
