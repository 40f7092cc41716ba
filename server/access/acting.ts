import { AsyncLocalStorage } from 'node:async_hooks';

/** By which assignment somebody acts. */
type Acting = { assignmentId: string | null };

const store = new AsyncLocalStorage<Acting>();

/** Everything that `task` does is done by this assignment; the access log says so. */
export const actingBy = <T>({ assignments }: { assignments: { id: string }[] }, task: () => T): T =>
  store.run({ assignmentId: assignments[0]?.id ?? null }, task);

export const actingAssignment = (): string | null => store.getStore()?.assignmentId ?? null;
