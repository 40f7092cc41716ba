/** How the lines of a visit were: what browsers measured during it, and what was checked before. */
import { count, desc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { StoredCheck } from '../../contract/check.ts';
import { gradeOfSample, sampleEveryMs } from '../../contract/line.ts';
import type { QualitySample, visitQuality } from '../../contract/quality.ts';
import type { Tx } from '../../drizzle/client.ts';
import { networkChecks, qualitySamples } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';

/**
 * Keeps a sample. It is no access to anybody's record and says itself who measured and when, so it has no audit row.
 *
 * @throws {Refusal} `rate_limited` if they come thicker than they are taken.
 */
export async function keepSample(ctx: Context, visitId: string, participantId: string, sample: QualitySample, at: Date): Promise<void> {
  await ctx.limits.sampling(participantId);
  const grade = gradeOfSample(sample, sampleEveryMs);
  await ctx.db.insert(qualitySamples).values({ visitId, participantId, at, grade, sample }).onConflictDoNothing();
}

/** How many samples of each grade each participant's browser took: one statement. */
export async function qualityOf(tx: Tx, visitId: string): Promise<z.infer<typeof visitQuality>> {
  const rows = await tx
    .select({ participantId: qualitySamples.participantId, grade: qualitySamples.grade, samples: count() })
    .from(qualitySamples)
    .where(eq(qualitySamples.visitId, visitId))
    .groupBy(qualitySamples.participantId, qualitySamples.grade);
  const all = new Map<string, z.infer<typeof visitQuality>[number]>();
  for (const { participantId, grade, samples } of rows) {
    const sum = all.get(participantId) ?? { participantId, good: 0, weak: 0, bad: 0 };
    all.set(participantId, { ...sum, [grade]: samples });
  }
  return [...all.values()];
}

/** The last check of each participant: one statement. */
export async function checksOf(tx: Tx, visitId: string): Promise<StoredCheck[]> {
  const rows = await tx
    .selectDistinctOn([networkChecks.participantId])
    .from(networkChecks)
    .where(eq(networkChecks.visitId, visitId))
    .orderBy(networkChecks.participantId, desc(networkChecks.at));
  return rows.map(({ participantId, at, verdict, report }) => ({ participantId, at: at.toISOString(), verdict, report }));
}
