import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** What an operator sees of a server. Labels are codes, routes and events, never ids of people. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'samrum_', eventLoopMonitoringPrecision: 500 });
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'samrum_http_request_seconds',
      help: 'Time to answer a REST request',
      labelNames: ['route', 'status'],
      registers: [registry],
    }),
    refused: new Counter({
      name: 'samrum_refused_total',
      help: 'Requests and events that were refused, by reason',
      labelNames: ['event', 'code'],
      registers: [registry],
    }),
    sfuRefused: new Counter({
      name: 'samrum_sfu_commands_refused_total',
      help: 'Commands that an SFU node refused, by reason',
      labelNames: ['command', 'code'],
      registers: [registry],
    }),
  };
}
