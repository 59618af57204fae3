// Rows of a long past, made by the server itself: in the order of time, of accounts in no order, a tenth of them of ten busy accounts.
import type pg from 'pg';

export const BUSY_ACCOUNTS = 10;
export const MARKETS = 20;
export const ASSETS = 8;
export const FIRST_US = Date.UTC(2026, 0, 1) * 1000;
const DAYS = 90;
const DAY_US = 86_400_000_000;
const PEOPLE_PER_ROW = 1 / 2_000;
const FEWEST_PEOPLE = 200;

export const accountsFor = (rows: number): number =>
  BUSY_ACCOUNTS + Math.max(FEWEST_PEOPLE, Math.round(rows * PEOPLE_PER_ROW));

type Source = { readonly rows: number; readonly accounts: number };

const account = ({ accounts }: Source): string =>
  `CASE WHEN i % 10 = 0 THEN 1 + (i / 10) % ${BUSY_ACCOUNTS}
    ELSE ${BUSY_ACCOUNTS + 1} + (hashint8(i) & 2147483647) % ${accounts - BUSY_ACCOUNTS} END`;
const time = ({ rows }: Source): string => `${FIRST_US} + i * ${Math.max(1, Math.floor((DAYS * DAY_US) / rows))}`;
const one = (...words: readonly string[]): string =>
  `(ARRAY[${words.map((word) => `'${word}'`).join(', ')}])[1 + (hashint8(i + 7) & 2147483647) % ${words.length}]`;
const market = `1 + (hashint8(i + 1) & 2147483647) % ${MARKETS}`;
const asset = `1 + (hashint8(i + 2) & 2147483647) % ${ASSETS}`;

type Columns = Readonly<Record<string, string>>;

/** Of each table, its share of all rows and what its columns are made of. */
const TABLES: Readonly<Record<string, readonly [share: number, columns: (source: Source) => Columns]>> = {
  trades: [
    0.5,
    (source) => ({
      ...{ market_id: `1 + i % ${MARKETS}`, trade_id: `1 + i / ${MARKETS}`, time_us: time(source), seq: 'i' },
      ...{
        price_ticks: '15000 + i % 97',
        size_lots: '1 + i % 13',
        quote_atoms: '1000000 + i % 977',
        taker_side: 'i % 2',
      },
      ...{ maker_order_id: 'i', taker_order_id: 'i + 1', is_liquidation: 'false' },
    }),
  ],
  fills: [
    1,
    (source) => ({
      ...{ account_id: account(source), time_us: time(source), seq: 'i', place: '0', trade_id: 'i', market_id: market },
      ...{
        order_id: '1 + i / 2',
        client_id: '-1',
        side: 'i % 2',
        price_ticks: '15000 + i % 97',
        size_lots: '1 + i % 13',
      },
      ...{ quote_atoms: '1000000 + i % 977', is_maker: 'i % 2 = 0', fee_asset_id: '1', fee_atoms: 'i % 50' },
      ...{ origin: "CASE WHEN i % 500 = 0 THEN 'liquidation' ELSE 'user' END", strategy_id: '0' },
    }),
  ],
  orders: [
    1,
    (source) => ({
      ...{ order_id: '1 + i', account_id: account(source), seq: 'i', market_id: market, client_id: '-1' },
      ...{ side: 'i % 2', order_type: '0', time_in_force: '0', self_trade_prevention: '0', post_only: 'false' },
      ...{
        reduce_only: 'false',
        price_ticks: '15000 + i % 97',
        size_lots: '5',
        quote_size_atoms: '0',
        filled_lots: '5',
      },
      ...{
        filled_quote_atoms: '500',
        status: '2',
        created_us: time(source),
        updated_us: time(source),
        origin: "'user'",
      },
    }),
  ],
  settlements: [
    1,
    (source) => ({
      ...{
        account_id: account(source),
        seq: 'i',
        place: '0',
        time_us: time(source),
        asset_id: '1',
        market_id: market,
        position_id: '1',
      },
      ...{ source: one('pnl', 'pnl', 'fee', 'fee', 'funding', 'systemFee'), quantity_atoms: 'i % 1000 - 500' },
    }),
  ],
  interest: [
    1,
    (source) => ({
      ...{ account_id: account(source), seq: 'i', place: '0', time_us: time(source), asset_id: asset, rate: '0.04' },
      ...{
        interest_atoms: 'i % 100',
        principal_atoms: '100000',
        source: one('lend', 'lend', 'borrow', 'unsettledPnl'),
      },
    }),
  ],
  funding_payments: [
    0.5,
    (source) => ({
      ...{
        account_id: account(source),
        seq: 'i',
        place: '0',
        time_us: time(source),
        market_id: market,
        size_lots: '10',
      },
      ...{ funding_atoms: 'i % 100 - 50', mark_price: '150.5', rate: '0.0001' },
    }),
  ],
  loan_movements: [
    0.5,
    (source) => ({
      ...{ account_id: account(source), seq: 'i', place: '0', time_us: time(source), asset_id: asset },
      ...{
        change: one('lend', 'redeem', 'borrow', 'repay'),
        quantity_atoms: 'i % 1000',
        source: one('manual', 'autoLend', 'order'),
      },
    }),
  ],
  loans: [
    0.05,
    (source) => ({
      ...{ account_id: account(source), seq: 'i', place: '0', asset_id: asset, side: one('lend', 'borrow') },
      ...{
        quantity_atoms: '0',
        source: one('manual', 'autoLend'),
        interest_atoms: '5',
        rate_sum: '0.4',
        postings: '10',
      },
      ...{ opened_us: time(source), updated_us: time(source), open: 'false' },
    }),
  ],
  deposits: [
    0.05,
    (source) => ({
      ...{ account_id: account(source), time_us: time(source), seq: 'i', place: '0', deposit_id: 'i', asset_id: asset },
      ...{ quantity_atoms: '1000', blockchain: "'Solana'", reference: "'reference ' || i" },
    }),
  ],
  withdrawals: [
    0.05,
    (source) => ({
      ...{ withdrawal_id: '1 + i', account_id: account(source), seq: 'i', asset_id: asset, quantity_atoms: '1000' },
      ...{
        fee_atoms: '1',
        blockchain: "'Solana'",
        address: "'address ' || i",
        client_id: "'c' || i",
        status: "'confirmed'",
      },
      ...{ transaction_hash: "'hash ' || i", created_us: time(source) },
    }),
  ],
  transfers: [
    0.05,
    (source) => ({
      ...{ account_id: account(source), time_us: time(source), seq: 'i', place: '0', from_account_id: account(source) },
      ...{ to_account_id: '1', asset_id: asset, quantity_atoms: '1000' },
    }),
  ],
  liquidations: [
    0.01,
    (source) => ({
      ...{ liquidation_id: '1 + i', account_id: account(source), seq: 'i', started_us: time(source) },
      ...{
        at_start: "'{1,2,3,4,5}'::double precision[]",
        steps_left_out: '0',
        ended_us: time(source),
        reason: "'recovered'",
      },
      ...{
        at_end: "'{5,2,3,4,5}'::double precision[]",
        steps: '5',
        book_usd: '100',
        backstop_usd: '0',
        deleveraged_usd: '0',
      },
      ...{ fund_fee_atoms: '1', provider_fee_atoms: '0', covered_atoms: '0', unpaid_usd: '0' },
    }),
  ],
  liquidation_steps: [
    0.05,
    (source) => ({
      ...{ liquidation_id: '1 + i / 5', step: '1 + i % 5', kind: "'book'", time_us: time(source), market_id: market },
      ...{
        side: '0',
        size_lots: '5',
        quote_atoms: '100',
        mark_price: '150.5',
        fund_fee_atoms: '1',
        provider_fee_atoms: '0',
      },
      ...{ taken_atoms: '0' },
    }),
  ],
};

type Definition = { readonly name: string; readonly definition: string };

/** Keys and indexes are made once the rows are there: in any other order it would take days. */
async function withoutIndexes(client: pg.Client, name: string, fill: () => Promise<void>): Promise<void> {
  const { rows: keys } = await client.query<Definition>(
    `SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
     WHERE conrelid = $1::regclass AND contype = 'p' AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.confrelid = $1::regclass)`,
    [name],
  );
  const { rows: indexes } = await client.query<Definition>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
     WHERE indrelid = $1::regclass AND NOT indisprimary`,
    [name],
  );
  for (const index of indexes) await client.query(`DROP INDEX ${index.name}`);
  for (const key of keys) await client.query(`ALTER TABLE ${name} DROP CONSTRAINT ${key.name}`);
  await fill();
  for (const key of keys) await client.query(`ALTER TABLE ${name} ADD CONSTRAINT ${key.name} ${key.definition}`);
  for (const index of indexes) await client.query(index.definition);
}

export async function makeRows(client: pg.Client, rows: number): Promise<number> {
  const accounts = accountsFor(rows);
  let made = 0;
  for (const [name, [share, columnsOf]] of Object.entries(TABLES)) {
    const source = { rows: Math.round(rows * share), accounts };
    const columns = columnsOf(source);
    const values = `SELECT ${Object.values(columns).join(', ')} FROM generate_series(0::bigint, ${source.rows - 1}) AS i`;
    await withoutIndexes(client, name, async () => {
      await client.query(`INSERT INTO ${name} (${Object.keys(columns).join(', ')}) ${values}`);
    });
    made += source.rows;
  }
  await makeSeries(client);
  await client.query('VACUUM ANALYZE');
  return made;
}

/** What there is one row of for each hour: of these 90 days whatever the size. */
async function makeSeries(client: pg.Client): Promise<void> {
  const hours = DAYS * 24;
  const hourUs = 3_600_000_000;
  await client.query(
    `INSERT INTO pool_hours (hour_us, time_us, lent_atoms, borrowed_atoms, utilization, borrow_rate, lend_rate, asset_id)
     SELECT ${FIRST_US} + h * ${hourUs}, ${FIRST_US} + h * ${hourUs} + 5, 1000, 500, 0.5, 0.04, 0.02, a
     FROM generate_series(0::bigint, ${hours - 1}) AS h, generate_series(1, ${ASSETS}) AS a`,
  );
  await client.query(
    `INSERT INTO funding_rates (seq, interval_end_us, rate, average_premium, mark_price, place, market_id)
     SELECT h, ${FIRST_US} + h * ${hourUs}, 0.0001, 0.0001, 150.5, 0, m
     FROM generate_series(0::bigint, ${hours - 1}) AS h, generate_series(1, ${MARKETS}) AS m`,
  );
}
