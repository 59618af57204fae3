// What `start` is told.

export const PRICE_CHOICES = ['synthetic', 'live', 'none'] as const;

export const ROLES = ['exchange', 'gateway'] as const;

export type StartArguments = {
  readonly role: (typeof ROLES)[number];
  readonly port: number;
  readonly host: string;
  readonly data: string;
  readonly genesis?: string;
  readonly demo: boolean;
  readonly prices: (typeof PRICE_CHOICES)[number];
  readonly history: string;
  readonly historyKeepDays?: number;
  readonly jsonLogs?: true;
  readonly snapshotEvery?: number;
  readonly requestsPerMinute?: number;
  readonly metricsPort?: number;
  readonly metricsHost: string;
};
