/**
 * Link restored → first new frame, both ways, after cuts, a new address, a server started anew and a worker killed; beside
 * the same app on its libraries' timers, by turns.
 *   node bench/restore.ts [times] [event]
 */
import { buildClient } from './lines/buildClient.ts';
import { Pair, patienceMs, pause } from './lines/Pair.ts';
import { quantile, round, writeResult } from './result.ts';

const times = Number(process.argv[2] ?? 10);
const only = process.argv[3]; // for a look at one; written results have all
const calmMs = 4_000; // between two events
/** One after the other, since two that come back at once take the processor from each other, ms. */
const apartMs = 4_000;
/** What was on its way is still played for so long, and is no sign of a return. */
const bufferedMs = 300;

const events: Record<string, (pair: Pair) => Promise<number>> = {
  ...Object.fromEntries(
    [3, 8, 20, 40].map((seconds) => [
      `cut of ${seconds} s`,
      async (pair: Pair) => {
        pair.line.cut();
        await pause(seconds * 1_000);
        pair.line.restore();
        return pair.untilFrames(Date.now());
      },
    ]),
  ),
  'new address': async (pair) => {
    pair.line.changeAddress();
    return bufferedMs + (await pair.untilFrames(Date.now() + bufferedMs));
  },
  'server started anew': async (pair) => {
    await pair.killServer();
    return pair.untilConnected(Date.now());
  },
  'worker killed': async (pair) => {
    const killedAt = Date.now();
    for (const pid of pair.product.pidOf('mediasoup-worker')) process.kill(pid, 'SIGKILL');
    return bufferedMs + (await pair.untilFrames(killedAt + bufferedMs));
  },
};

await using built = await buildClient({ LIBRARY_TIMERS: '1' });
const results: Record<'ours' | 'library', Record<string, number[]>> = { ours: {}, library: {} };
{
  await using ours = await Pair.open({});
  await using library = await Pair.open({ CLIENT_DIR: built.folder, SOCKET_PING_MS: '25000', SOCKET_GONE_MS: '20000' });
  for (let round = 0; round < times; round++) {
    for (const [name, event] of Object.entries(events)) {
      if (only && only !== name) continue;
      const late = (pair: Pair): Promise<number> => pause(apartMs).then(() => event(pair));
      const [a, b] = await Promise.all(round % 2 === 0 ? [event(ours), late(library)] : [late(ours), event(library)]);
      results.ours[name] = [...(results.ours[name] ?? []), a];
      results.library[name] = [...(results.library[name] ?? []), b];
      console.log(round + 1, name, a, b);
      await Promise.all([ours.untilFrames(Date.now()), library.untilFrames(Date.now())]);
      await pause(calmMs);
    }
  }
  for (const pair of [ours, library]) for (const one of pair.both) await one.inRoom();
  if (only) process.exit();
  const rows = Object.fromEntries(
    Object.keys(events).map((name) => {
      const [a, b] = [results.ours[name] ?? [], results.library[name] ?? []];
      return [
        name,
        {
          times: a.length,
          'p50 ms': quantile(a, 0.5),
          'p95 ms': quantile(a, 0.95),
          'library p50 ms': quantile(b, 0.5),
          'library p95 ms': quantile(b, 0.95),
          'p95 ratio': round(quantile(a, 0.95) / quantile(b, 0.95), 2),
        },
      ];
    }),
  );
  writeResult('restore', rows, {
    goal: '≤ 1 s after 3 and 8 s; p95 ≤ 0.25 of the library’s timers for the others; no reload, no manual rejoin',
    pageReloads: { ours: ours.reloads, library: library.reloads },
    patienceMs,
    ...results,
  });
}
