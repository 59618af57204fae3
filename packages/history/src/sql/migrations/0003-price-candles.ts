import { BEGIN_ANEW } from './begin-anew.js';

/** Marks and indexes since the listing are made from the log. */
export const PRICE_CANDLES = `
${BEGIN_ANEW}
CREATE TABLE price_candles (
  start_us bigint NOT NULL,
  samples bigint NOT NULL,
  open_price double precision NOT NULL,
  high_price double precision NOT NULL,
  low_price double precision NOT NULL,
  close_price double precision NOT NULL,
  market_id integer NOT NULL,
  price text NOT NULL,
  span text NOT NULL,
  PRIMARY KEY (market_id, price, span, start_us)
) WITH (fillfactor = 80);
`;
