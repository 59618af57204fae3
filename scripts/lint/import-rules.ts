// Who may import whom. A package or a core folder that is not listed here may not exist: extend the list with it.

const PRODUCT = ['units', 'protocol', 'core', 'journal', 'history', 'api', 'gateway', 'client', 'auditor'] as const;

/** Workspace name → the workspaces that its sources may import by `@glasshouse/NAME`. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  units: [],
  protocol: ['units'],
  core: ['units', 'protocol'],
  journal: ['units', 'protocol'],
  history: ['units', 'protocol'],
  api: ['units'],
  gateway: ['units', 'api', 'protocol'],
  client: ['units', 'api'],
  auditor: ['units', 'protocol'],
  testkit: PRODUCT,
  exchange: PRODUCT,
  'price-feed': PRODUCT,
  sim: [...PRODUCT, 'price-feed'],
  lab: PRODUCT,
  cli: [...PRODUCT, 'exchange', 'price-feed', 'sim', 'lab'],
};

/** Their sources import neither Node nor npm: the same bytes must give the same state everywhere, for ever. */
export const DETERMINISTIC: readonly string[] = ['units', 'protocol', 'core'];

/**
 * Folders of `packages/core/src`: each imports only those before it. Files beside the folders come last. The book stands first:
 * it is a data structure that state holds, and knows nothing of accounts or money.
 */
export const CORE_FOLDERS: readonly string[] = [
  'book',
  'state',
  'ledger',
  'prices',
  'margin',
  'lending',
  'perps',
  'orders',
  'strategies',
  'rfq',
  'liquidation',
  'security',
  'vaults',
  'admin',
  'clock',
  'invariants',
  'snapshot',
];
