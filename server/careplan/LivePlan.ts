/** A plan that somebody has open: its texts, and who is told of which. One a plan and process, as long as anybody looks. */

import { eq } from 'drizzle-orm';
import type { TextField } from '../../contract/planParts.ts';
import { writtenStates } from '../../contract/planSteps.ts';
import { Refusal } from '../../contract/refusal.ts';
import { carePlans, carePlanTexts } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { meetingSeatOf } from './meeting.ts';
import { partFor, requireWriter } from './parts.ts';
import { loadPlan, noSuchPlan, type PlanState_ } from './plan.ts';
import { mayBeTold, type Viewer, viewerOf } from './sharing.ts';
import { documentsOf, PlanText } from './texts.ts';

export type TextOf = { partId: string; field: TextField };
/** One connection of somebody who looks. */
export type Looker = {
  actor: Actor;
  name: string;
  changed: () => void;
  written: (change: TextOf & { change: Uint8Array }) => void;
  writers: (writers: (TextOf & { name: string })[]) => void;
  /** The plan is not theirs to see any more. */
  shut: () => void;
};
type Looking = { looker: Looker; viewer: Viewer; at: TextOf | null };

/** Somebody who goes on writing in one field is one row of the audit for so long. */
const auditEveryMs = 60_000;

export class LivePlan {
  readonly #ctx: Context;
  readonly #planId: string;
  readonly #looking = new Map<Looker, Looking>();
  readonly #audited = new Map<string, number>();
  #state: PlanState_;
  #documents: Map<string, Map<TextField, PlanText>>;
  #reading: Promise<void> | null = null;

  private constructor(ctx: Context, state: PlanState_, documents: Map<string, Map<TextField, PlanText>>) {
    this.#ctx = ctx;
    this.#planId = state.plan.id;
    this.#state = state;
    this.#documents = documents;
  }

  static async open(ctx: Context, planId: string): Promise<LivePlan> {
    return ctx.db.transaction(async (tx) => {
      const state = await loadPlan(tx, planId, new Date());
      if (!state) throw noSuchPlan();
      return new LivePlan(
        ctx,
        state,
        await documentsOf(
          tx,
          state.parts.map(({ id }) => id),
        ),
      );
    });
  }

  get empty(): boolean {
    return this.#looking.size === 0;
  }

  /** @throws {Refusal} `not_found` for whom there is no such plan. */
  async enter(looker: Looker): Promise<void> {
    const viewer = await this.#viewerOf(looker);
    if (!viewer) throw noSuchPlan();
    this.#looking.set(looker, { looker, viewer, at: null });
  }

  leave(looker: Looker): void {
    const left = this.#looking.get(looker);
    this.#looking.delete(looker);
    if (left?.at) this.#tellWriters();
  }

  texts(looker: Looker): (TextOf & { whole: Uint8Array })[] {
    const { viewer } = this.#lookingOf(looker);
    const told = this.#state.parts.filter((part) => mayBeTold(this.#state.sharing, viewer, part));
    return told.flatMap(({ id: partId }) =>
      [...(this.#documents.get(partId) ?? [])].map(([field, document]) => ({ partId, field, whole: document.whole })),
    );
  }

  /**
   * The others have it at once; it is kept before it is answered. What was lost then, everybody reads anew.
   *
   * @throws {Refusal} `not_found` for a part that they are not told of; `conflict` where the plan is not being written;
   *   `invalid`, naming `change`.
   */
  async write(looker: Looker, { partId, field, change }: TextOf & { change: Uint8Array }, now: Date): Promise<void> {
    const { viewer } = this.#lookingOf(looker);
    const seen = this.#state.plan.version;
    this.#requireWriting(viewer, partId);
    this.#documentOf(partId, field).take(change);
    for (const { looker: other } of this.#toldOf(partId)) if (other !== looker) other.written({ partId, field, change });
    try {
      await this.#keep(looker.actor, { partId, field, change }, seen, now);
    } catch (error) {
      await this.changed(); // without it
      throw error;
    }
  }

  at(looker: Looker, at: TextOf | null): void {
    const looking = this.#lookingOf(looker);
    if (at && !this.#state.parts.some(({ id }) => id === at.partId)) return;
    looking.at = at;
    this.#tellWriters();
  }

  /** The plan is not as it was: everybody is judged anew, and told. */
  async changed(): Promise<void> {
    await this.#read();
    for (const looking of [...this.#looking.values()]) {
      const viewer = await this.#viewerOf(looking.looker);
      if (!viewer) {
        this.#looking.delete(looking.looker);
        looking.looker.shut();
        continue;
      }
      looking.viewer = viewer;
      looking.looker.changed();
    }
    this.#tellWriters();
  }

  async #read(): Promise<void> {
    this.#reading ??= LivePlan.open(this.#ctx, this.#planId)
      .then((now) => {
        this.#state = now.#state;
        this.#documents = now.#documents;
      })
      .finally(() => (this.#reading = null));
    await this.#reading;
  }

  async #keep(actor: Actor, { partId, field, change }: TextOf & { change: Uint8Array }, seen: number, now: Date): Promise<void> {
    const key = `${actor.userId} ${partId} ${field}`;
    const audit = now.getTime() - (this.#audited.get(key) ?? 0) >= auditEveryMs;
    await this.#ctx.db.transaction(async (tx) => {
      const [plan] = await tx.select().from(carePlans).where(eq(carePlans.id, this.#planId)).for('share');
      if (plan?.version !== seen) await this.#judgeAnew(actor, partId);
      await tx.insert(carePlanTexts).values({ partId, field, change: new Uint8Array(change), by: actor.userId, at: now });
      const { unitId, patientId } = this.#state.plan;
      if (audit)
        await writeAudit(tx, { actorId: actor.userId, action: 'plan.write', subjectId: partId, unitId, patientId, detail: { field } });
    });
    if (audit) this.#audited.set(key, now.getTime());
  }

  /** Between what this process knew and now the plan was changed: it may not be theirs to write any more. */
  async #judgeAnew(actor: Actor, partId: string): Promise<void> {
    const state = await loadPlan(this.#ctx.db, this.#planId, new Date());
    if (!state) throw noSuchPlan();
    const seat = await meetingSeatOf(this.#ctx.db, actor, this.#planId);
    const viewer = viewerOf(actor, { ...state.plan, personUserId: state.patient.userId }, state.parties, seat);
    if (!viewer) throw noSuchPlan();
    requireWriting(state, viewer, partId);
  }

  async #viewerOf({ actor }: Looker): Promise<Viewer | null> {
    const { plan, patient, parties } = this.#state;
    const seat = await meetingSeatOf(this.#ctx.db, actor, this.#planId);
    return viewerOf(actor, { ...plan, personUserId: patient.userId }, parties, seat);
  }

  #lookingOf(looker: Looker): Looking {
    const looking = this.#looking.get(looker);
    if (!looking) throw noSuchPlan();
    return looking;
  }

  #requireWriting(viewer: Viewer, partId: string): void {
    requireWriting(this.#state, viewer, partId);
  }

  #documentOf(partId: string, field: TextField): PlanText {
    const fields = this.#documents.get(partId) ?? new Map<TextField, PlanText>();
    this.#documents.set(partId, fields);
    const document = fields.get(field) ?? new PlanText();
    fields.set(field, document);
    return document;
  }

  #toldOf(partId: string): Looking[] {
    const part = this.#state.parts.find(({ id }) => id === partId);
    return part ? [...this.#looking.values()].filter(({ viewer }) => mayBeTold(this.#state.sharing, viewer, part)) : [];
  }

  #tellWriters(): void {
    const writing = [...this.#looking.values()].flatMap(({ looker, at }) => (at ? [{ looker, at }] : []));
    for (const { looker } of this.#looking.values()) {
      const others = writing.filter((one) => one.looker !== looker && this.#toldOf(one.at.partId).some((told) => told.looker === looker));
      looker.writers(others.map(({ looker: { name }, at }) => ({ ...at, name })));
    }
  }
}

function requireWriting(state: PlanState_, viewer: Viewer, partId: string): void {
  partFor({ ...state, viewer }, partId);
  requireWriter(viewer);
  if (!writtenStates.includes(state.plan.state)) throw new Refusal('conflict', 'The plan is not being written.', 'state');
}
