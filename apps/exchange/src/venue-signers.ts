// The service keys of this data folder, as far as the venue in it knows them.
import type { ExchangeView, ServiceSigner } from '@glasshouse/gateway';
import { loadServiceKeys, type ServiceKey } from './genesis/service-keys.js';
import type { Log } from './log.js';

export type VenueSigners = { readonly registrar?: ServiceSigner; readonly chain?: ServiceSigner };

function signerOf(view: ExchangeView, key: ServiceKey | undefined, log: Log): ServiceSigner | undefined {
  if (key === undefined) return undefined;
  const known = view.keyByPublicKey(key.publicKey);
  if (known?.active === true) return { keyId: known.keyId, sign: key.sign };
  log.warn('a service key in the data folder is not one of this venue', { name: key.name, publicKey: key.publicKey });
  return undefined;
}

export function venueSigners(dataDirectory: string, view: ExchangeView, log: Log): VenueSigners {
  const keys = loadServiceKeys(dataDirectory);
  const registrar = signerOf(
    view,
    keys.find(({ role }) => role === 'registrar'),
    log,
  );
  const chain = signerOf(
    view,
    keys.find(({ role }) => role === 'chain'),
    log,
  );
  return { ...(registrar === undefined ? {} : { registrar }), ...(chain === undefined ? {} : { chain }) };
}
