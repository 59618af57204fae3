export const FIRST_LISTS = `
CREATE TABLE progress (
  -- Everything below this request is in the tables.
  next_seq bigint NOT NULL,
  -- Time of the last request that is.
  time_us bigint NOT NULL,
  -- Ended rows from before this time were removed.
  kept_from_us bigint NOT NULL,
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row)
);
INSERT INTO progress (next_seq, time_us, kept_from_us) VALUES (0, 0, 0);

CREATE TABLE assets (asset_id integer PRIMARY KEY, symbol text NOT NULL, decimals integer NOT NULL);

CREATE TABLE markets (
  market_id integer PRIMARY KEY,
  symbol text NOT NULL,
  is_perp boolean NOT NULL,
  base_asset_id integer NOT NULL,
  quote_asset_id integer NOT NULL,
  tick_digits bigint NOT NULL,
  tick_scale integer NOT NULL,
  step_digits bigint NOT NULL,
  step_scale integer NOT NULL,
  created_us bigint NOT NULL
);

CREATE TABLE trades (
  trade_id bigint NOT NULL,
  time_us bigint NOT NULL,
  seq bigint NOT NULL,
  price_ticks bigint NOT NULL,
  size_lots bigint NOT NULL,
  quote_atoms bigint NOT NULL,
  maker_order_id bigint NOT NULL,
  taker_order_id bigint NOT NULL,
  market_id integer NOT NULL,
  taker_side smallint NOT NULL,
  is_liquidation boolean NOT NULL,
  PRIMARY KEY (market_id, trade_id)
);
CREATE INDEX trades_time ON trades USING brin (time_us);

CREATE TABLE candles (
  start_us bigint NOT NULL,
  open_ticks bigint NOT NULL,
  high_ticks bigint NOT NULL,
  low_ticks bigint NOT NULL,
  close_ticks bigint NOT NULL,
  trades bigint NOT NULL,
  market_id integer NOT NULL,
  volume_lots numeric NOT NULL,
  quote_atoms numeric NOT NULL,
  span text NOT NULL,
  PRIMARY KEY (market_id, span, start_us)
);
CREATE INDEX candles_time ON candles USING brin (start_us);

CREATE TABLE orders (
  order_id bigint PRIMARY KEY,
  account_id bigint NOT NULL,
  seq bigint NOT NULL,
  client_id bigint NOT NULL,
  price_ticks bigint NOT NULL,
  size_lots bigint NOT NULL,
  quote_size_atoms bigint NOT NULL,
  filled_lots bigint NOT NULL,
  filled_quote_atoms bigint NOT NULL,
  created_us bigint NOT NULL,
  updated_us bigint NOT NULL,
  trigger_ticks bigint,
  position_share bigint,
  parent_order_id bigint,
  market_id integer NOT NULL,
  side smallint NOT NULL,
  order_type smallint NOT NULL,
  time_in_force smallint NOT NULL,
  self_trade_prevention smallint NOT NULL,
  status smallint NOT NULL,
  trigger_by smallint,
  post_only boolean NOT NULL,
  reduce_only boolean NOT NULL,
  when_rising boolean,
  origin text NOT NULL,
  expiry_reason text,
  trigger_status text
) WITH (fillfactor = 80);
CREATE INDEX orders_account ON orders (account_id, order_id);
CREATE INDEX orders_account_market ON orders (account_id, market_id, order_id);
CREATE INDEX orders_time ON orders USING brin (created_us);

CREATE TABLE fills (
  account_id bigint NOT NULL,
  time_us bigint NOT NULL,
  seq bigint NOT NULL,
  trade_id bigint NOT NULL,
  order_id bigint NOT NULL,
  client_id bigint NOT NULL,
  price_ticks bigint NOT NULL,
  size_lots bigint NOT NULL,
  quote_atoms bigint NOT NULL,
  fee_atoms bigint NOT NULL,
  place integer NOT NULL,
  market_id integer NOT NULL,
  fee_asset_id integer NOT NULL,
  side smallint NOT NULL,
  is_maker boolean NOT NULL,
  origin text NOT NULL,
  PRIMARY KEY (account_id, time_us, seq, place) INCLUDE (origin)
);
CREATE INDEX fills_account_market ON fills (account_id, market_id, time_us, seq, place);
CREATE INDEX fills_account_origin ON fills (account_id, origin, time_us, seq, place) WHERE origin <> 'user';
CREATE INDEX fills_order ON fills (order_id) WHERE order_id <> 0;
CREATE INDEX fills_time ON fills USING brin (time_us);

CREATE TABLE deposits (
  account_id bigint NOT NULL,
  time_us bigint NOT NULL,
  seq bigint NOT NULL,
  place integer NOT NULL,
  deposit_id bigint NOT NULL,
  asset_id integer NOT NULL,
  quantity_atoms bigint NOT NULL,
  blockchain text NOT NULL,
  reference text NOT NULL,
  PRIMARY KEY (account_id, time_us, seq, place)
);
CREATE INDEX deposits_time ON deposits USING brin (time_us);

CREATE TABLE withdrawals (
  withdrawal_id bigint PRIMARY KEY,
  account_id bigint NOT NULL,
  seq bigint NOT NULL,
  asset_id integer NOT NULL,
  quantity_atoms bigint NOT NULL,
  fee_atoms bigint NOT NULL,
  created_us bigint NOT NULL,
  blockchain text NOT NULL,
  address text NOT NULL,
  client_id text NOT NULL,
  status text NOT NULL,
  transaction_hash text NOT NULL
);
CREATE INDEX withdrawals_account ON withdrawals (account_id, created_us, withdrawal_id);
CREATE INDEX withdrawals_client ON withdrawals (account_id, client_id) WHERE client_id <> '';
CREATE INDEX withdrawals_time ON withdrawals USING brin (created_us);

CREATE TABLE transfers (
  account_id bigint NOT NULL,
  time_us bigint NOT NULL,
  seq bigint NOT NULL,
  place integer NOT NULL,
  from_account_id bigint NOT NULL,
  to_account_id bigint NOT NULL,
  asset_id integer NOT NULL,
  quantity_atoms bigint NOT NULL,
  PRIMARY KEY (account_id, time_us, seq, place)
);
CREATE INDEX transfers_time ON transfers USING brin (time_us);

CREATE TABLE funding_payments (
  account_id bigint NOT NULL,
  seq bigint NOT NULL,
  time_us bigint NOT NULL,
  size_lots bigint NOT NULL,
  funding_atoms bigint NOT NULL,
  mark_price double precision NOT NULL,
  rate double precision NOT NULL,
  place integer NOT NULL,
  market_id integer NOT NULL,
  PRIMARY KEY (account_id, seq, place)
);
CREATE INDEX funding_payments_account_market ON funding_payments (account_id, market_id, seq, place);
CREATE INDEX funding_payments_time ON funding_payments USING brin (time_us);

CREATE TABLE funding_rates (
  seq bigint NOT NULL,
  interval_end_us bigint NOT NULL,
  rate double precision NOT NULL,
  average_premium double precision NOT NULL,
  mark_price double precision NOT NULL,
  place integer NOT NULL,
  market_id integer NOT NULL,
  PRIMARY KEY (market_id, seq, place)
);

CREATE TABLE interest (
  account_id bigint NOT NULL,
  seq bigint NOT NULL,
  time_us bigint NOT NULL,
  interest_atoms bigint NOT NULL,
  principal_atoms bigint NOT NULL,
  rate double precision NOT NULL,
  place integer NOT NULL,
  asset_id integer NOT NULL,
  source text NOT NULL,
  PRIMARY KEY (account_id, seq, place)
);
CREATE INDEX interest_account_asset ON interest (account_id, asset_id, source, seq, place);
CREATE INDEX interest_account_source ON interest (account_id, source, seq, place);
CREATE INDEX interest_time ON interest USING brin (time_us);

CREATE TABLE settlements (
  account_id bigint NOT NULL,
  seq bigint NOT NULL,
  time_us bigint NOT NULL,
  quantity_atoms bigint NOT NULL,
  place integer NOT NULL,
  asset_id integer NOT NULL,
  market_id integer NOT NULL,
  source text NOT NULL,
  PRIMARY KEY (account_id, seq, place)
);
CREATE INDEX settlements_account_source ON settlements (account_id, source, seq, place);
CREATE INDEX settlements_time ON settlements USING brin (time_us);

CREATE TABLE loan_movements (
  account_id bigint NOT NULL,
  seq bigint NOT NULL,
  time_us bigint NOT NULL,
  quantity_atoms bigint NOT NULL,
  place integer NOT NULL,
  asset_id integer NOT NULL,
  change text NOT NULL,
  source text NOT NULL,
  PRIMARY KEY (account_id, seq, place)
);
CREATE INDEX loan_movements_account_asset ON loan_movements (account_id, asset_id, change, source, seq, place);
CREATE INDEX loan_movements_account_change ON loan_movements (account_id, change, source, seq, place);
CREATE INDEX loan_movements_time ON loan_movements USING brin (time_us);

CREATE TABLE loans (
  account_id bigint NOT NULL,
  seq bigint NOT NULL,
  quantity_atoms bigint NOT NULL,
  interest_atoms bigint NOT NULL,
  rate_sum double precision NOT NULL,
  postings bigint NOT NULL,
  opened_us bigint NOT NULL,
  updated_us bigint NOT NULL,
  place integer NOT NULL,
  asset_id integer NOT NULL,
  open boolean NOT NULL,
  side text NOT NULL,
  source text NOT NULL,
  PRIMARY KEY (account_id, seq, place)
) WITH (fillfactor = 80);
CREATE INDEX loans_account_asset ON loans (account_id, asset_id, seq, place);
CREATE UNIQUE INDEX loans_open ON loans (account_id, asset_id) WHERE open;
CREATE INDEX loans_time ON loans USING brin (opened_us);

CREATE TABLE pool_hours (
  hour_us bigint NOT NULL,
  time_us bigint NOT NULL,
  lent_atoms bigint NOT NULL,
  borrowed_atoms bigint NOT NULL,
  utilization double precision NOT NULL,
  borrow_rate double precision NOT NULL,
  lend_rate double precision NOT NULL,
  asset_id integer NOT NULL,
  PRIMARY KEY (asset_id, hour_us)
);

CREATE TABLE liquidations (
  liquidation_id bigint PRIMARY KEY,
  account_id bigint NOT NULL,
  seq bigint NOT NULL,
  started_us bigint NOT NULL,
  -- Standings are net equity, maintenance margin, exposure, net equity at the indexes, maintenance margin at the indexes, in USD.
  at_start double precision[] NOT NULL,
  steps_left_out integer NOT NULL,
  ended_us bigint,
  reason text,
  at_end double precision[],
  steps bigint,
  book_usd double precision,
  backstop_usd double precision,
  deleveraged_usd double precision,
  fund_fee_atoms bigint,
  provider_fee_atoms bigint,
  covered_atoms bigint,
  unpaid_usd double precision
);
CREATE INDEX liquidations_account ON liquidations (account_id, liquidation_id);
CREATE INDEX liquidations_lasting ON liquidations (liquidation_id) WHERE ended_us IS NULL;
CREATE INDEX liquidations_time ON liquidations USING brin (started_us);

CREATE TABLE liquidation_steps (
  liquidation_id bigint NOT NULL REFERENCES liquidations ON DELETE CASCADE,
  time_us bigint NOT NULL,
  quantity_atoms bigint,
  size_lots bigint,
  quote_atoms bigint,
  mark_price double precision,
  fund_fee_atoms bigint,
  provider_fee_atoms bigint,
  taken_atoms bigint,
  step integer NOT NULL,
  asset_id integer,
  market_id integer,
  side smallint,
  kind text NOT NULL,
  policy text,
  before double precision[],
  after double precision[],
  PRIMARY KEY (liquidation_id, step)
);
`;
