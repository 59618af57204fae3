// Vaults: what anyone may read of them, and what their accounts and those who wait may.
import {
  type ListedVault,
  redeemAnswer,
  vaultAnswer,
  vaultHistoryAnswer,
  vaultNavAnswer,
  vaultStanding,
} from '../answers/vault-answer.js';
import type { Catalogue } from '../exchange/catalogue.js';
import type { ExchangeView } from '../ports.js';
import { Problem } from '../problem.js';
import { CHARTS } from './charts.js';
import type { PublicQueries, SignedQueries } from './contract.js';
import type { PublicQueryParts, SignedQueryParts } from './query-parts.js';

function listedIn(view: ExchangeView, catalogue: Catalogue): readonly ListedVault[] {
  return view.vaults().flatMap((vault) => {
    const [deposit, token] = [catalogue.asset(vault.depositAssetId), catalogue.asset(vault.tokenAssetId)];
    return deposit === undefined || token === undefined ? [] : [{ vault, deposit, token }];
  });
}

function eachVault<Answer>(
  view: ExchangeView,
  catalogue: Catalogue,
  answer: (listed: ListedVault, standing: NonNullable<ReturnType<ExchangeView['vaultNav']>>) => Answer,
): Answer[] {
  return listedIn(view, catalogue).flatMap((listed) => {
    const standing = view.vaultNav(listed.vault.vaultId);
    return standing === undefined ? [] : [answer(listed, standing)];
  });
}

export function publicVaultQueries({ port, history, catalogue }: PublicQueryParts) {
  return {
    vaults: () => port.read((view) => eachVault(view, catalogue, vaultAnswer)),
    vaultStandings: () => port.read((view) => eachVault(view, catalogue, vaultStanding)),
    vaultHistory: async ({ interval, vaultId }) => {
      const all = await port.read((view) => listedIn(view, catalogue));
      const asked = all.filter(({ vault }) => vaultId === undefined || vault.vaultId === vaultId);
      const { spanUs, stepUs } = CHARTS[interval];
      const fromUs = port.nowUs() - spanUs;
      const charts = await Promise.all(
        asked.map(async (listed) => {
          const rows = await history.vaultHistory({ vaultId: listed.vault.vaultId, fromUs, stepUs });
          return rows.map((row) => vaultHistoryAnswer(listed, row));
        }),
      );
      return charts.flat();
    },
  } satisfies Partial<PublicQueries>;
}

export function signedVaultQueries({ port, catalogue }: SignedQueryParts) {
  return {
    vaultNav: (_values, { accountId }) =>
      port.read((view) => {
        const own = listedIn(view, catalogue).find(({ vault }) => vault.accountId === accountId);
        const standing = own && view.vaultNav(own.vault.vaultId);
        if (own === undefined || standing === undefined) throw new Problem('accountNotVault');
        const answer = vaultNavAnswer(own, standing);
        if (answer === undefined) throw new Problem('priceUnknown');
        return answer;
      }),
    vaultPendingRedeems: ({ vaultId }, { accountId }) =>
      port.read((view) => {
        const listed = listedIn(view, catalogue).find(({ vault }) => vault.vaultId === vaultId);
        if (listed === undefined) throw new Problem('vaultUnknown', { details: { vaultId } });
        const isVault = listed.vault.accountId === accountId;
        const pending = view.pendingRedeems(vaultId).filter((redeem) => isVault || redeem.accountId === accountId);
        return pending.map((redeem) => redeemAnswer(listed, redeem));
      }),
  } satisfies Partial<SignedQueries>;
}
