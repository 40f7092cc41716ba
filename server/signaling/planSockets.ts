/** The sockets of those who have a plan open. */
import type { Namespace } from 'socket.io';
import { type Answerable, answer, answerUnknown } from '../../contract/answer.ts';
import { type planEvents, planHandshake, planRequests } from '../../contract/planSocket.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { EventsOf, ToldBy } from '../../contract/wire.ts';
import type { Looker } from '../careplan/LivePlan.ts';
import { LivePlans } from '../careplan/LivePlans.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';

type PlanNamespace = Namespace<EventsOf<typeof planRequests>, ToldBy<typeof planEvents>>;

export function planSockets(namespace: PlanNamespace, ctx: () => Context): { namespace: PlanNamespace; changed: (planId: string) => void } {
  let open: LivePlans | null = null;
  const plans = (): LivePlans => {
    open ??= new LivePlans(ctx());
    return open;
  };

  namespace.on('connection', (socket) => {
    const { actor } = socket.data as { actor: Actor };
    if (actor.locked) return void socket.disconnect(true);
    const onRefused = (event: string, code: string): void => void ctx().metrics.refused.inc({ event, code });
    const handshake = planHandshake.safeParse(socket.handshake.auth.plan);
    if (!handshake.success) return void socket.disconnect(true);
    const { planId } = handshake.data;
    const looker: Looker = {
      actor,
      name: actor.name ?? '',
      changed: () => socket.emit('plan:changed', null),
      written: ({ change, ...of }) => socket.emit('plan:written', { ...of, change: base64(change) }),
      writers: (writers) => socket.emit('plan:writers', writers),
      shut: () => socket.disconnect(true),
    };
    answerUnknown(socket as Answerable, onRefused);
    const entered = plans().enter(planId, looker);
    entered.catch((error: unknown) => {
      if (!(error instanceof Refusal)) ctx().log.error({ err: error }, 'a plan could not be opened');
      socket.disconnect(true);
    });
    let last: Promise<void> = Promise.resolve();
    answer(
      socket as Answerable,
      planRequests,
      {
        'plan:texts': async () => (await entered).texts(looker).map(({ whole, ...of }) => ({ ...of, whole: base64(whole) })),
        'plan:write': async ({ change, ...of }) => {
          await (await entered).write(looker, { ...of, change: Buffer.from(change, 'base64') }, new Date());
          return null;
        },
        'plan:at': async ({ at }) => {
          (await entered).at(looker, at);
          return null;
        },
      },
      {
        onBug: (event, error) => ctx().log.error({ event, err: error }, 'a plan request failed'),
        onRefused,
        run: (task) => {
          last = last.then(task); // in the order that they were written
        },
      },
    );
    socket.on('disconnect', () => void plans().leave(planId, looker));
  });

  return {
    namespace,
    changed: (planId) => {
      plans()
        .changed(planId)
        .catch((error: unknown) => ctx().log.error({ err: error }, 'a plan could not be read anew'));
    },
  };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
