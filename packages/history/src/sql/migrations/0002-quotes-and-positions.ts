import { BEGIN_ANEW } from './begin-anew.js';

/** Requests for quotes, strategies, positions, vaults, dust; and what older rows say of them, for which they are made anew. */
export const QUOTES_AND_POSITIONS = `
${BEGIN_ANEW}

ALTER TABLE orders ADD COLUMN strategy_id bigint;
CREATE INDEX orders_account_strategy ON orders (account_id, strategy_id, order_id) WHERE strategy_id IS NOT NULL;

ALTER TABLE fills ADD COLUMN strategy_id bigint NOT NULL;
CREATE INDEX fills_account_strategy ON fills (account_id, strategy_id, time_us, seq, place) WHERE strategy_id <> 0;

ALTER TABLE withdrawals ADD COLUMN trigger_us bigint;

ALTER TABLE settlements ADD COLUMN position_id bigint NOT NULL;

CREATE TABLE strategies (
  strategy_id bigint PRIMARY KEY,
  account_id bigint NOT NULL,
  seq bigint NOT NULL,
  client_strategy_id bigint NOT NULL,
  price_ticks bigint NOT NULL,
  tolerance_ticks bigint NOT NULL,
  tolerance_millionths bigint NOT NULL,
  size_lots bigint NOT NULL,
  filled_lots bigint NOT NULL,
  filled_quote_atoms bigint NOT NULL,
  duration_ms bigint NOT NULL,
  interval_ms bigint NOT NULL,
  slices bigint NOT NULL,
  slices_done bigint NOT NULL,
  created_us bigint NOT NULL,
  updated_us bigint NOT NULL,
  market_id integer NOT NULL,
  side smallint NOT NULL,
  order_type smallint NOT NULL,
  time_in_force smallint NOT NULL,
  self_trade_prevention smallint NOT NULL,
  post_only boolean NOT NULL,
  reduce_only boolean NOT NULL,
  randomized boolean NOT NULL,
  status text NOT NULL,
  end_reason text
) WITH (fillfactor = 80);
CREATE INDEX strategies_account ON strategies (account_id, strategy_id);
CREATE INDEX strategies_account_market ON strategies (account_id, market_id, strategy_id);
CREATE INDEX strategies_time ON strategies USING brin (created_us);

CREATE TABLE positions (
  position_id bigint PRIMARY KEY,
  account_id bigint NOT NULL,
  seq bigint NOT NULL,
  size_lots bigint NOT NULL,
  entry_cost_atoms bigint NOT NULL,
  realized_pnl_atoms bigint NOT NULL,
  funding_atoms bigint NOT NULL,
  fee_atoms bigint NOT NULL,
  liquidation_fee_atoms bigint NOT NULL,
  opened_lots bigint NOT NULL,
  opened_quote_atoms bigint NOT NULL,
  closed_lots bigint NOT NULL,
  closed_quote_atoms bigint NOT NULL,
  liquidated_lots bigint NOT NULL,
  closing_mark double precision NOT NULL,
  opened_us bigint NOT NULL,
  closed_us bigint NOT NULL,
  market_id integer NOT NULL,
  is_long boolean NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX positions_account ON positions (account_id, position_id);
CREATE INDEX positions_account_market ON positions (account_id, market_id, position_id);
CREATE INDEX positions_open ON positions (account_id, position_id) WHERE closed_us = 0;

-- As they stand: what a position closes at is the mark of that moment.
CREATE TABLE marks (market_id integer PRIMARY KEY, mark_price double precision NOT NULL) WITH (fillfactor = 50);

CREATE TABLE rfqs (
  rfq_id bigint PRIMARY KEY,
  account_id bigint NOT NULL,
  seq bigint NOT NULL,
  client_id bigint NOT NULL,
  price_ticks bigint NOT NULL,
  size_lots bigint NOT NULL,
  quote_size_atoms bigint NOT NULL,
  created_us bigint NOT NULL,
  submission_us bigint NOT NULL,
  expiry_us bigint NOT NULL,
  market_id integer NOT NULL,
  side smallint NOT NULL,
  mode smallint NOT NULL,
  status smallint NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX rfqs_account ON rfqs (account_id, rfq_id);
CREATE INDEX rfqs_account_market ON rfqs (account_id, market_id, status, rfq_id);
CREATE INDEX rfqs_account_status ON rfqs (account_id, status, rfq_id);
CREATE INDEX rfqs_time ON rfqs USING brin (created_us);

CREATE TABLE quotes (
  quote_id bigint PRIMARY KEY,
  rfq_id bigint NOT NULL,
  account_id bigint NOT NULL,
  seq bigint NOT NULL,
  client_id bigint NOT NULL,
  bid_ticks bigint NOT NULL,
  ask_ticks bigint NOT NULL,
  created_us bigint NOT NULL,
  expiry_us bigint NOT NULL,
  market_id integer NOT NULL,
  status smallint NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX quotes_account ON quotes (account_id, quote_id);
CREATE INDEX quotes_account_market ON quotes (account_id, market_id, status, quote_id);
CREATE INDEX quotes_account_status ON quotes (account_id, status, quote_id);
CREATE INDEX quotes_time ON quotes USING brin (created_us);

CREATE TABLE rfq_fills (
  account_id bigint NOT NULL,
  seq bigint NOT NULL,
  time_us bigint NOT NULL,
  quote_id bigint NOT NULL,
  place integer NOT NULL,
  market_id integer NOT NULL,
  -- Of the account, which asked or quoted.
  side smallint NOT NULL,
  role text NOT NULL,
  rfq jsonb NOT NULL,
  quote jsonb NOT NULL,
  fill jsonb NOT NULL,
  PRIMARY KEY (account_id, role, seq, place)
);
CREATE INDEX rfq_fills_account_market ON rfq_fills (account_id, role, market_id, seq, place);
CREATE INDEX rfq_fills_quote ON rfq_fills (quote_id);
CREATE INDEX rfq_fills_time ON rfq_fills USING brin (time_us);

CREATE TABLE dust_conversions (
  dust_id bigint PRIMARY KEY,
  account_id bigint NOT NULL,
  seq bigint NOT NULL,
  quantity_atoms bigint NOT NULL,
  received_atoms bigint NOT NULL,
  time_us bigint NOT NULL,
  asset_id integer NOT NULL,
  quote_asset_id integer NOT NULL
);
CREATE INDEX dust_conversions_account ON dust_conversions (account_id, dust_id);
CREATE INDEX dust_conversions_account_asset ON dust_conversions (account_id, asset_id, dust_id);
CREATE INDEX dust_conversions_time ON dust_conversions USING brin (time_us);

CREATE TABLE vault_hours (
  vault_id bigint NOT NULL,
  hour_us bigint NOT NULL,
  time_us bigint NOT NULL,
  supply_atoms bigint NOT NULL,
  nav double precision NOT NULL,
  vault_equity double precision NOT NULL,
  PRIMARY KEY (vault_id, hour_us)
);
`;
