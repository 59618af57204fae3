// Fee tiers by thirty days' volume (mechanics §9), looked at once an hour. What operators grant is a floor.
import type { State } from '../state/state.js';
import { announceAccount } from './accounts.js';

const DAY_US = 86_400_000_000;
const MICRO_USD = 1_000_000;

const dayOf = (timeUs: number): number => Math.floor(timeUs / DAY_US);

function tierOfVolume({ spotFeeTiers }: State, volumeUsd: number): number {
  let tier = 0;
  while (tier + 1 < spotFeeTiers.length && (spotFeeTiers[tier + 1]?.minVolume as number) <= volumeUsd) tier += 1;
  return tier;
}

/** Gives the customer the better of its granted tier and that of its volume; announces its accounts when that is another. */
export function updateFeeTier(state: State, customerId: number): void {
  const { customers, accounts, volumes } = state;
  const volumeUsd = volumes.sum(customerId, dayOf(state.timeUs)) / MICRO_USD;
  const tier = Math.max(customers.grantedTier[customerId] as number, tierOfVolume(state, volumeUsd));
  if (customers.feeTier[customerId] === tier) return;
  customers.feeTier[customerId] = tier;
  let accountId = customers.mainAccountId[customerId] as number;
  for (; accountId !== 0; accountId = accounts.nextOfCustomer[accountId] as number) {
    announceAccount(state, accountId, 'accountUpdated');
  }
}
