import type { Context } from '../context.ts';
import { LivePlan, type Looker } from './LivePlan.ts';

/** The plans that anybody has open in this process. */
export class LivePlans {
  readonly #ctx: Context;
  readonly #open = new Map<string, Promise<LivePlan>>();

  constructor(ctx: Context) {
    this.#ctx = ctx;
  }

  /** @throws {Refusal} `not_found` for a plan out of reach. */
  async enter(planId: string, looker: Looker): Promise<LivePlan> {
    const opening = this.#open.get(planId) ?? LivePlan.open(this.#ctx, planId);
    this.#open.set(planId, opening);
    try {
      const plan = await opening;
      await plan.enter(looker);
      return plan;
    } catch (error) {
      await this.#forget(planId);
      throw error;
    }
  }

  async leave(planId: string, looker: Looker): Promise<void> {
    (await this.#open.get(planId))?.leave(looker);
    await this.#forget(planId);
  }

  async changed(planId: string): Promise<void> {
    await (await this.#open.get(planId))?.changed();
  }

  async #forget(planId: string): Promise<void> {
    const plan = await this.#open.get(planId)?.catch(() => null);
    if (!plan || plan.empty) this.#open.delete(planId);
  }
}
