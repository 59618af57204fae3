// The service keys of this data folder, as far as the venue in it knows them.
import type { ExchangeView, ServiceSigner } from '@glasshouse/gateway';
import { loadServiceKeys, type ServiceKey } from './genesis/service-keys.js';
import type { Log } from './log.js';

const ROLES = ['registrar', 'chain', 'twoFactor'] as const;

export type VenueSigners = { readonly [Role in (typeof ROLES)[number]]?: ServiceSigner };

function signerOf(view: ExchangeView, key: ServiceKey | undefined, log: Log): ServiceSigner | undefined {
  if (key === undefined) return undefined;
  const known = view.keyByPublicKey(key.publicKey);
  if (known?.active === true) return { keyId: known.keyId, sign: key.sign };
  log.warn('a service key in the data folder is not one of this venue', { name: key.name, publicKey: key.publicKey });
  return undefined;
}

export function venueSigners(dataDirectory: string, view: ExchangeView, log: Log): VenueSigners {
  const keys = loadServiceKeys(dataDirectory);
  const signers = ROLES.flatMap((role) => {
    const key = keys.find((one) => one.role === role);
    const signer = signerOf(view, key, log);
    return signer === undefined ? [] : [[role, signer] as const];
  });
  return Object.fromEntries(signers);
}
