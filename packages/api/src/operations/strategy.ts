// Strategies: orders that the exchange places slice by slice.
import { Type } from 'typebox';
import {
  MarketType,
  SortDirection,
  Strategy,
  StrategyCancelAllPayload,
  StrategyCancelPayload,
  StrategyCreatePayload,
  StrategyType,
  StrategyTypeEnum,
} from '../schemas/index.js';
import { MarketSymbol, PAGE, query, Uint32 } from '../schemas/primitive.js';
import { signedCommand, signedQuery } from './operation.js';
import { ADMISSION_ERRORS } from './order.js';

export const STRATEGY_OPERATIONS = {
  strategy: signedQuery('strategyQuery', {
    method: 'GET',
    path: '/api/v1/strategy',
    tag: 'Strategy',
    summary: 'A running strategy by exactly one of strategyId and clientStrategyId; 404 once it has ended.',
    query: query({
      symbol: MarketSymbol,
      strategyId: Type.Optional(Type.String()),
      clientStrategyId: Type.Optional(Uint32),
    }),
    response: StrategyType,
    errors: ['marketUnknown', 'parameterConflict', 'strategyUnknown'],
  }),
  createStrategy: signedCommand('strategyCreate', 'trade', {
    method: 'POST',
    path: '/api/v1/strategy',
    tag: 'Strategy',
    summary:
      'Places an order slice by slice: one part of the quantity every `interval` milliseconds, the first at once, for `duration`. The reply carries its state after the first slice.',
    body: StrategyCreatePayload,
    response: StrategyType,
    errors: [...ADMISSION_ERRORS, 'scheduleOutOfBounds', 'strategyIdInUse', 'strategyLimit'],
  }),
  cancelStrategy: signedCommand('strategyCancel', 'trade', {
    method: 'DELETE',
    path: '/api/v1/strategy',
    tag: 'Strategy',
    summary: 'Ends a strategy, by exactly one of strategyId and clientStrategyId, and cancels its open orders.',
    body: StrategyCancelPayload,
    response: StrategyType,
    errors: ['marketUnknown', 'strategyUnknown'],
  }),
  strategies: signedQuery('strategyQueryAll', {
    method: 'GET',
    path: '/api/v1/strategies',
    tag: 'Strategy',
    summary: 'Running strategies, oldest first.',
    query: query({
      marketType: Type.Optional(MarketType),
      strategyType: Type.Optional(StrategyTypeEnum),
      symbol: Type.Optional(MarketSymbol),
    }),
    response: Type.Array(StrategyType),
    errors: ['marketUnknown'],
  }),
  cancelAllStrategies: signedCommand('strategyCancelAll', 'trade', {
    method: 'DELETE',
    path: '/api/v1/strategies',
    tag: 'Strategy',
    summary: 'Ends the strategies of one market, cancels their open orders, and returns them.',
    body: StrategyCancelAllPayload,
    response: Type.Array(StrategyType),
    errors: ['marketUnknown'],
  }),
  strategyHistory: signedQuery('strategyHistoryQueryAll', {
    method: 'GET',
    path: '/wapi/v1/history/strategies',
    tag: 'Strategy',
    summary: 'Own strategies, finished ones included, newest first.',
    query: query({
      strategyId: Type.Optional(Type.String()),
      symbol: Type.Optional(MarketSymbol),
      ...PAGE,
      marketType: Type.Optional(Type.Array(MarketType)),
      sortDirection: Type.Optional(SortDirection),
    }),
    response: Type.Array(Strategy),
    paged: true,
    errors: ['marketUnknown'],
  }),
};
