/** How the lines of a visit were: what browsers measured during it, and what was checked before. */
import { count, desc, eq, sql } from 'drizzle-orm';
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

/** More than a sample that came late or was refused, s. */
const gapS = (sampleEveryMs / 1_000) * 2.5;

/**
 * How many samples of each grade each participant's browser took, and where there were none: one statement.
 *
 * @param end - of the visit, as far as it was held by video; null while it is going on. Who was cut off and did not come
 *   back is away until then.
 */
export async function qualityOf(tx: Tx, visitId: string, end: Date | null): Promise<z.infer<typeof visitQuality>> {
  const { participantId, grade, at } = qualitySamples;
  const each = tx
    .select({
      participantId,
      grade,
      next: sql<
        number | null
      >`extract(epoch from coalesce(lead(${at}) over (partition by ${participantId} order by ${at}), ${end?.toISOString() ?? null}::timestamptz) - ${at})`.as(
        'next',
      ),
    })
    .from(qualitySamples)
    .where(eq(qualitySamples.visitId, visitId))
    .as('each');
  const rows = await tx
    .select({
      participantId: each.participantId,
      grade: each.grade,
      samples: count(),
      gaps: sql`count(*) filter (where ${each.next} > ${gapS})`.mapWith(Number),
      gapSeconds: sql`coalesce(sum(${each.next}) filter (where ${each.next} > ${gapS}), 0)`.mapWith(Number),
    })
    .from(each)
    .groupBy(each.participantId, each.grade);
  const all = new Map<string, z.infer<typeof visitQuality>[number]>();
  for (const { participantId, grade, samples, gaps, gapSeconds } of rows) {
    const sum = all.get(participantId) ?? { participantId, good: 0, weak: 0, bad: 0, gaps: 0, gapSeconds: 0 };
    all.set(participantId, { ...sum, [grade]: samples, gaps: sum.gaps + gaps, gapSeconds: sum.gapSeconds + Math.round(gapSeconds) });
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
