// What events say that an account has gained and lost: whatever they do not explain has not happened.
import {
  type BackstopAssigned,
  type Deleveraged,
  type Event,
  type FillView,
  type LoanAssigned,
  MARKET_KIND,
  type OrderView,
  type RfqFilled,
  SIDE,
  type Side,
  type VaultMinted,
  type VaultRedeemChanged,
} from '@glasshouse/protocol';
import type { State } from '../../src/state/state.js';

type Moved = Pick<FillView, 'quoteAtoms' | 'sizeLots'>;

/** Changes of claims, by account and asset. */
export class Explained {
  readonly #atoms = new Map<string, number>();

  constructor(private readonly state: State) {}

  of(accountId: number, assetId: number): number {
    return this.#atoms.get(`${accountId}/${assetId}`) ?? 0;
  }

  observe(event: Event): void {
    switch (event.kind) {
      case 'orderFilled':
        return this.#filled(event.order, event.fill);
      case 'depositCredited':
        return this.#add(event.accountId, event.assetId, event.quantityAtoms);
      case 'withdrawalRequested':
        return this.#add(event.withdrawal.accountId, event.withdrawal.assetId, -event.withdrawal.quantityAtoms);
      case 'withdrawalCancelled':
        return this.#add(event.withdrawal.accountId, event.withdrawal.assetId, event.withdrawal.quantityAtoms);
      case 'transferred':
        this.#add(event.fromAccountId, event.assetId, -event.quantityAtoms);
        return this.#add(event.toAccountId, event.assetId, event.quantityAtoms);
      case 'fundingPaid':
        return this.#add(event.accountId, this.state.settlementAssetId, event.fundingAtoms);
      case 'interestPosted':
        return this.#add(event.accountId, event.assetId, event.interestAtoms);
      case 'referralPaid':
        return this.#add(event.referrerAccountId, event.assetId, event.quantityAtoms);
      case 'vaultMinted':
        return this.#minted(event);
      case 'vaultRedeemChanged':
        return this.#redeemed(event);
      case 'rfqFilled':
        return this.#quoted(event);
      case 'dustConverted':
        this.#add(event.accountId, event.assetId, -event.quantityAtoms);
        return this.#add(event.accountId, event.quoteAssetId, event.receivedAtoms);
      default:
        return this.#liquidated(event);
    }
  }

  #minted({ vaultId, accountId, quantityAtoms, tokenAtoms }: VaultMinted): void {
    const vault = this.state.vaults.get(vaultId);
    if (vault === undefined) return;
    this.#add(accountId, vault.depositAssetId, -quantityAtoms);
    this.#add(vault.accountId, vault.depositAssetId, quantityAtoms);
    this.#add(accountId, vault.tokenAssetId, tokenAtoms);
  }

  #redeemed({ redeem }: VaultRedeemChanged): void {
    const { vaultId, accountId, status, tokenAtoms, quantityAtoms } = redeem;
    const vault = this.state.vaults.get(vaultId);
    if (vault === undefined) return;
    if (status === 'requested') return this.#add(accountId, vault.tokenAssetId, -tokenAtoms);
    if (status === 'cancelled') return this.#add(accountId, vault.tokenAssetId, tokenAtoms);
    this.#add(vault.accountId, vault.depositAssetId, -quantityAtoms);
    this.#add(accountId, vault.depositAssetId, quantityAtoms);
  }

  #liquidated(event: Event): void {
    const { settlementAssetId } = this.state;
    switch (event.kind) {
      case 'liquidationStep':
        return this.#add(event.accountId, settlementAssetId, -event.feeAtoms);
      case 'backstopAssigned': {
        const { accountId, providerAccountId, providerFeeAtoms, fundFeeAtoms } = event;
        this.#passedOn(accountId, providerAccountId, event);
        this.#add(accountId, settlementAssetId, -providerFeeAtoms - fundFeeAtoms);
        return this.#add(providerAccountId, settlementAssetId, providerFeeAtoms);
      }
      case 'deleveraged':
        this.#add(event.accountId, settlementAssetId, -event.feeAtoms);
        return this.#passedOn(event.accountId, event.counterpartyAccountId, event);
      case 'loanDeleveraged': {
        const { accountId, counterpartyAccountId, assetId, quantityAtoms, settlementAtoms } = event;
        this.#add(accountId, assetId, -quantityAtoms);
        this.#add(counterpartyAccountId, assetId, quantityAtoms);
        this.#add(accountId, settlementAssetId, settlementAtoms);
        return this.#add(counterpartyAccountId, settlementAssetId, -settlementAtoms);
      }
      case 'loanAssigned':
        return this.#assigned(event);
      case 'deficitCovered':
        return this.#add(event.accountId, event.assetId, event.quantityAtoms);
      case 'negativeBalanceRecorded':
        return this.#add(event.negative.accountId, event.negative.assetId, event.addedAtoms);
      case 'negativeBalanceAccepted':
        return this.#add(event.negative.accountId, event.negative.assetId, -event.paidAtoms);
    }
  }

  #assigned(event: LoanAssigned): void {
    const { accountId, providerAccountId, assetId, quantityAtoms, collateralAssetId, collateralAtoms } = event;
    const { settlementAssetId } = this.state;
    this.#add(accountId, assetId, quantityAtoms);
    this.#add(providerAccountId, assetId, -quantityAtoms);
    this.#add(accountId, collateralAssetId, -collateralAtoms);
    this.#add(providerAccountId, collateralAssetId, collateralAtoms);
    this.#add(accountId, settlementAssetId, -event.providerFeeAtoms - event.fundFeeAtoms);
    this.#add(providerAccountId, settlementAssetId, event.providerFeeAtoms);
  }

  #passedOn(fromId: number, toId: number, { side, quoteAtoms }: BackstopAssigned | Deleveraged): void {
    const paid = side === SIDE.bid ? quoteAtoms : -quoteAtoms;
    this.#add(fromId, this.state.settlementAssetId, -paid);
    this.#add(toId, this.state.settlementAssetId, paid);
  }

  /** A position's cost is part of the claim: bought for 100, it is 100 less in claims and 100 more in size. */
  #filled({ accountId, marketId, side }: OrderView, fill: FillView): void {
    this.#moved(accountId, marketId, side, fill);
    this.#add(accountId, fill.feeAssetId, -fill.feeAtoms);
  }

  #moved(accountId: number, marketId: number, side: Side, { quoteAtoms, sizeLots }: Moved): void {
    const market = this.state.markets.get(marketId);
    if (market === undefined) throw new Error(`a fill in no market: ${marketId}`);
    const sign = side === SIDE.bid ? 1 : -1;
    this.#add(accountId, market.quoteAssetId, -sign * quoteAtoms);
    if (market.kind !== MARKET_KIND.perp) {
      this.#add(accountId, market.baseAssetId, sign * sizeLots * market.filters.baseAtomsPerLot);
    }
  }

  #quoted({ rfq, quote, fill }: RfqFilled): void {
    const { accountId, marketId, side } = rfq;
    const sides = [
      { accountId, side, feeAtoms: 0 },
      { accountId: quote.accountId, side: side === SIDE.bid ? SIDE.ask : SIDE.bid, feeAtoms: fill.feeAtoms },
    ] as const;
    for (const party of sides) {
      this.#moved(party.accountId, marketId, party.side, fill);
      this.#add(party.accountId, fill.feeAssetId, -party.feeAtoms);
    }
  }

  #add(accountId: number, assetId: number, atoms: number): void {
    this.#atoms.set(`${accountId}/${assetId}`, this.of(accountId, assetId) + atoms);
  }
}
