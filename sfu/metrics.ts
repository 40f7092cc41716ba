import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

export type SfuMetrics = ReturnType<typeof createSfuMetrics>;

/** What an operator sees of a node. Labels are codes and event names, never ids of people. */
export function createSfuMetrics(count: () => Promise<{ rooms: number; consumers: number }>) {
  const registry = new Registry();
  // Looking at the event loop a hundred times a second, the default, would cost more than the control itself.
  collectDefaultMetrics({ register: registry, prefix: 'samrum_sfu_', eventLoopMonitoringPrecision: 500 });
  const refused = new Counter({
    name: 'samrum_sfu_refused_total',
    help: 'Commands and connections that the node refused, by reason',
    labelNames: ['event', 'code'],
    registers: [registry],
  });
  const workersDied = new Counter({
    name: 'samrum_sfu_workers_died_total',
    help: 'Media workers that ended by themselves',
    registers: [registry],
  });
  new Gauge({
    name: 'samrum_sfu_rooms',
    help: 'Rooms open on this node',
    registers: [registry],
    async collect() {
      this.set((await count()).rooms);
    },
  });
  new Gauge({
    name: 'samrum_sfu_consumers',
    help: 'Tracks on their way to a participant',
    registers: [registry],
    async collect() {
      this.set((await count()).consumers);
    },
  });
  return { registry, refused, workersDied };
}
