// Every error the API can answer with: the reference venue's code, an HTTP status and a default text.
// Some texts are matched by clients in the field ("Request has expired", "Not Found", "Invalid signature"): never reword those.

export const API_ERROR_CODES = [
  'ACCOUNT_DEACTIVATED',
  'ACCOUNT_LIQUIDATING',
  'BORROW_LIMIT',
  'BORROW_REQUIRES_LEND_REDEEM',
  'FORBIDDEN',
  'INSUFFICIENT_FUNDS',
  'INSUFFICIENT_MARGIN',
  'INSUFFICIENT_SUPPLY',
  'INVALID_ASSET',
  'INVALID_CLIENT_REQUEST',
  'INVALID_MARKET',
  'INVALID_ORDER',
  'INVALID_PRICE',
  'INVALID_POSITION_ID',
  'INVALID_QUANTITY',
  'INVALID_RANGE',
  'INVALID_SIGNATURE',
  'INVALID_SOURCE',
  'INVALID_SYMBOL',
  'INVALID_TWO_FACTOR_CODE',
  'LEND_LIMIT',
  'LEND_REQUIRES_BORROW_REPAY',
  'MAINTENANCE',
  'MAX_LEVERAGE_REACHED',
  'NOT_IMPLEMENTED',
  'ORDER_LIMIT',
  'POSITION_LIMIT',
  'PRECONDITION_FAILED',
  'RESOURCE_NOT_FOUND',
  'SERVER_ERROR',
  'TIMEOUT',
  'TOO_EARLY',
  'TOO_MANY_REQUESTS',
  'TRADING_PAUSED',
  'UNAUTHORIZED',
] as const;

export type ApiErrorCode = (typeof API_ERROR_CODES)[number];

/** The numbers that decided, beside the reference's two fields. */
export type ErrorDetails = Readonly<Record<string, string | number>>;

/** The error body on the wire. */
export type ApiError = { readonly code: ApiErrorCode; readonly message: string; readonly details?: ErrorDetails };

export type ErrorEntry = { readonly code: ApiErrorCode; readonly status: number; readonly message: string };

const bad = (code: ApiErrorCode, message: string): ErrorEntry => ({ code, status: 400, message });
const forbidden = (message: string): ErrorEntry => ({ code: 'FORBIDDEN', status: 403, message });
const missing = (): ErrorEntry => ({ code: 'RESOURCE_NOT_FOUND', status: 404, message: 'Not Found' });
const conflict = (message: string): ErrorEntry => ({ code: 'PRECONDITION_FAILED', status: 409, message });

/** What the gateway finds before a request reaches the exchange, or instead of an answer from it. */
const DOOR_ERRORS = {
  apiKeyMissing: { code: 'UNAUTHORIZED', status: 401, message: 'Missing header X-API-Key' },
  apiKeyMalformed: {
    code: 'UNAUTHORIZED',
    status: 401,
    message: 'X-API-Key is not the base64 of a 32-byte public key',
  },
  signatureMissing: { code: 'UNAUTHORIZED', status: 401, message: 'Missing header X-Signature' },
  signatureMalformed: bad('INVALID_SIGNATURE', 'Invalid signature: not the base64 of 64 bytes'),
  signatureWrong: bad('INVALID_SIGNATURE', 'Invalid signature'),
  signatureForOtherInstruction: bad('INVALID_SIGNATURE', 'Invalid signature: it was made for another instruction'),
  timestampMissing: bad('INVALID_CLIENT_REQUEST', 'Invalid timestamp: missing header X-Timestamp'),
  timestampMalformed: bad('INVALID_CLIENT_REQUEST', 'Invalid timestamp: X-Timestamp must be milliseconds since 1970'),
  windowMalformed: bad('INVALID_CLIENT_REQUEST', 'Invalid window: X-Window must be milliseconds'),
  windowTooLong: bad('INVALID_CLIENT_REQUEST', 'Invalid window: X-Window is at most 60000'),
  parameterUnsignable: bad('INVALID_CLIENT_REQUEST', 'A parameter has no unambiguous place in the signed text'),
  parameterInvalid: bad('INVALID_CLIENT_REQUEST', 'Invalid parameter'),
  bodyMalformed: bad('INVALID_CLIENT_REQUEST', 'parse request payload error'),
  bodyTooLarge: { code: 'INVALID_CLIENT_REQUEST', status: 413, message: 'Request body is too large' },
  contentTypeUnsupported: {
    code: 'INVALID_CLIENT_REQUEST',
    status: 415,
    message: 'Content-Type must be application/json',
  },
  batchTooLarge: bad('INVALID_CLIENT_REQUEST', 'Too many orders in one batch'),
  rangeInvalid: bad('INVALID_RANGE', 'Invalid range'),
  tooManyRequests: { code: 'TOO_MANY_REQUESTS', status: 429, message: 'Too many requests' },
  routeUnknown: missing(),
  methodNotAllowed: { code: 'INVALID_CLIENT_REQUEST', status: 405, message: 'Method not allowed' },
  notImplemented: { code: 'NOT_IMPLEMENTED', status: 501, message: 'Not implemented' },
  serverError: { code: 'SERVER_ERROR', status: 500, message: 'Internal server error' },
  overloaded: {
    code: 'SERVER_ERROR',
    status: 503,
    message: 'The exchange is overloaded; the request was not accepted',
  },
  maintenance: { code: 'MAINTENANCE', status: 503, message: 'The exchange is under maintenance' },
  quoteLost: conflict('The quoter can no longer settle: the quote is gone, the request stays open'),
  outcomeUnknown: { code: 'TIMEOUT', status: 503, message: 'The request was accepted but its result is not known yet' },
} as const satisfies Record<string, ErrorEntry>;

/** Why the exchange itself refuses a command; named as its reject reasons. */
const REJECT_ERRORS = {
  keyUnknown: { code: 'UNAUTHORIZED', status: 401, message: 'Unknown API key' },
  keyRevoked: { code: 'UNAUTHORIZED', status: 401, message: 'API key has been revoked' },
  malformedCommand: bad('INVALID_CLIENT_REQUEST', 'parse request payload error'),
  requestExpired: bad('INVALID_CLIENT_REQUEST', 'Request has expired'),
  requestFromFuture: bad('INVALID_CLIENT_REQUEST', 'Invalid timestamp: it lies too far in the future'),
  requestReplayed: bad('INVALID_CLIENT_REQUEST', 'Request has already been received'),
  roleNotAllowed: forbidden('This kind of key may not sign this instruction'),
  permissionMissing: forbidden('The API key lacks the permission for this instruction'),
  accountLiquidating: {
    code: 'ACCOUNT_LIQUIDATING',
    status: 400,
    message: 'The account is being liquidated: the exchange alone acts for it until its margin suffices',
  },
  accountIsOperators: forbidden("Accounts of the exchange's operator cannot trade"),
  marketUnknown: bad('INVALID_MARKET', 'Invalid market symbol'),
  assetUnknown: bad('INVALID_ASSET', 'Invalid asset symbol'),
  accountUnknown: missing(),
  orderUnknown: missing(),
  keyNotOwn: forbidden('The key belongs to another account'),
  proposalUnknown: missing(),
  withdrawalUnknown: missing(),
  backstopUnknown: missing(),
  negativeBalanceUnknown: missing(),
  marketClosed: bad('TRADING_PAUSED', 'Market is closed'),
  marketCancelOnly: bad('TRADING_PAUSED', 'Market accepts cancels only'),
  marketLimitOnly: bad('INVALID_ORDER', 'Market accepts limit orders only'),
  marketPostOnly: bad('INVALID_ORDER', 'Market accepts post-only orders only'),
  parameterConflict: bad('INVALID_CLIENT_REQUEST', 'Parameters contradict each other'),
  priceMissing: bad('INVALID_CLIENT_REQUEST', 'Limit orders must specify a `price`'),
  priceNotOnTick: bad('INVALID_PRICE', 'Price is not a multiple of the tick size'),
  priceBelowMinimum: bad('INVALID_PRICE', 'Price is below the minimum'),
  priceAboveMaximum: bad('INVALID_PRICE', 'Price is above the maximum'),
  quantityMissing: bad(
    'INVALID_CLIENT_REQUEST',
    'Market orders must specify a `quantity` or `quoteQuantity`, limit orders a `quantity`',
  ),
  quantityNotOnStep: bad('INVALID_QUANTITY', 'Quantity is not a multiple of the step size'),
  quantityBelowMinimum: bad('INVALID_QUANTITY', 'Quantity is below the minimum'),
  quantityAboveMaximum: bad('INVALID_QUANTITY', 'Quantity is above the maximum'),
  notionalTooLarge: bad('INVALID_QUANTITY', 'Quantity times price is too large'),
  priceOutsideBand: bad('INVALID_PRICE', 'Price is too far from the last active price'),
  postOnlyWouldTake: bad('INVALID_ORDER', 'Order would immediately match and take'),
  clientIdInUse: bad('INVALID_ORDER', 'Order with client ID already exists'),
  fillOrKillNotFilled: bad('INVALID_ORDER', 'Order cannot be filled in full'),
  noLiquidity: bad('INVALID_ORDER', 'There is nothing to trade against'),
  openOrderLimit: bad('ORDER_LIMIT', 'Too many open orders'),
  subaccountLimit: conflict('Too many subaccounts'),
  keyLimit: conflict('Too many API keys'),
  backstopBound: conflict('A notice is running: less can be offered again when it has run'),
  proposalLimit: conflict('Too many open proposals'),
  insufficientFunds: bad('INSUFFICIENT_FUNDS', 'Insufficient funds'),
  insufficientMargin: bad('INSUFFICIENT_MARGIN', 'Insufficient margin'),
  priceUnknown: bad('TRADING_PAUSED', 'No live price'),
  notLendable: bad('INVALID_ASSET', 'The asset is neither lent nor borrowed'),
  insufficientBorrowableQuantity: bad('INSUFFICIENT_SUPPLY', 'Not enough in the lending pool'),
  borrowLimit: bad('BORROW_LIMIT', 'Borrow limit of the account'),
  openBorrowLendLimit: bad('LEND_LIMIT', 'Borrow limit of the market'),
  utilizationLimit: bad('INSUFFICIENT_SUPPLY', 'The lending pool is too utilised'),
  sourceUnknown: bad('INVALID_SOURCE', 'No such price source'),
  reduceOnlyWouldIncrease: bad('INVALID_ORDER', 'Reduce-only order would not reduce the position'),
  triggerWouldFireAtOnce: bad('INVALID_ORDER', 'The trigger price has been reached already'),
  positionLimit: bad('POSITION_LIMIT', 'Position limit of the market'),
  openInterestLimit: bad('INVALID_ORDER', 'Open interest limit of the market'),
  balanceTooLarge: bad('INVALID_QUANTITY', 'The balance would exceed what an account can hold'),
  blockchainUnknown: bad('INVALID_CLIENT_REQUEST', 'The asset does not exist on this blockchain'),
  depositDisabled: forbidden('Deposits of this asset are disabled'),
  depositBelowMinimum: bad('INVALID_QUANTITY', 'Quantity is below the minimum deposit'),
  depositAlreadyCredited: conflict('The deposit has already been credited'),
  withdrawalDisabled: forbidden('Withdrawals of this asset are disabled'),
  withdrawalBelowMinimum: bad('INVALID_QUANTITY', 'Quantity is below the minimum withdrawal'),
  withdrawalAlreadyConfirmed: conflict('The withdrawal has already been confirmed'),
  addressInvalid: bad('INVALID_CLIENT_REQUEST', 'Invalid address'),
  transferToSelf: bad('INVALID_CLIENT_REQUEST', 'Source and destination are the same account'),
  transferToStranger: forbidden('The destination belongs to another customer'),
  keyAlreadyRegistered: conflict('The public key is already registered'),
  lastKey: conflict('The last key of an account that may withdraw cannot be revoked'),
  registrationClosed: forbidden('Registration is not open to the public'),
  actionInvalid: bad('INVALID_CLIENT_REQUEST', 'The proposed action is not valid'),
  approvalBySameKey: forbidden('A proposal needs the approval of another operator key'),
  proposalNotOpen: conflict('The proposal is no longer open'),
  rfqUnknown: missing(),
  quoteUnknown: missing(),
  quoteToSelf: bad('INVALID_ORDER', 'The request for quotes is your own'),
  quoteTooLate: bad('INVALID_ORDER', 'The request for quotes is not quoted any more'),
  quoteWorseThanPrice: bad('INVALID_PRICE', 'The quote is worse than the price of the request'),
  rfqLimit: bad('ORDER_LIMIT', 'Too many open requests for quotes'),
  quoteLimit: bad('ORDER_LIMIT', 'Too many open quotes'),
  notConvertible: bad('INVALID_QUANTITY', 'The balance is no dust'),
  feesTooSmall: bad('INSUFFICIENT_SUPPLY', 'The exchange has not earned enough to buy it'),
} as const satisfies Record<string, ErrorEntry>;

export const ERRORS: Readonly<Record<ErrorName, ErrorEntry>> = { ...DOOR_ERRORS, ...REJECT_ERRORS };
export type ErrorName = keyof typeof DOOR_ERRORS | keyof typeof REJECT_ERRORS;

/** The body for a situation: `message` replaces the default text, `details` carries the deciding numbers. */
export function apiError(name: ErrorName, details?: ErrorDetails, message?: string): ApiError {
  const entry = ERRORS[name];
  const body = { code: entry.code, message: message ?? entry.message };
  return details === undefined ? body : { ...body, details };
}
