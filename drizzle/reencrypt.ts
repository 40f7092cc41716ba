import { sql } from 'drizzle-orm';
import type { Db, Tx } from './client.ts';
import { keys, numberIndex } from './encrypted.ts';
import type { KeyRing } from './KeyRing.ts';
import { keyChecks } from './schema/index.ts';

/** Everything that lies encrypted: table, its key, column; the context is what the schema says. */
export const encryptedColumns = [
  { table: 'patients', id: 'id', column: 'number', context: 'patients.number' },
  { table: 'visits', id: 'id', column: 'about', context: 'visits.about' },
  { table: 'visits', id: 'id', column: 'asked', context: 'visits.asked' },
  { table: 'visits', id: 'id', column: 'answers', context: 'visits.answers' },
  { table: 'visits', id: 'id', column: 'handed_reason', context: 'visits.handedReason' },
  { table: 'visits', id: 'id', column: 'closing_reason', context: 'visits.closingReason' },
  { table: 'visits', id: 'id', column: 'outside_region', context: 'visits.outsideRegion' },
  { table: 'visits', id: 'id', column: 'suitability_reason', context: 'visits.suitabilityReason' },
  { table: 'documentations', id: 'visit_id', column: 'outcome', context: 'documentations.outcome' },
  { table: 'documentations', id: 'visit_id', column: 'agreed', context: 'documentations.agreed' },
  { table: 'documentations', id: 'visit_id', column: 'follow_up', context: 'documentations.followUp' },
  { table: 'notes', id: 'id', column: 'text', context: 'notes.text' },
  { table: 'consents', id: 'id', column: 'topics', context: 'consents.topics' },
  { table: 'consents', id: 'id', column: 'exclusions', context: 'consents.exclusions' },
  { table: 'consents', id: 'id', column: 'capacity_note', context: 'consents.capacityNote' },
  { table: 'identity_providers', id: 'id', column: 'client_secret', context: 'identity_providers.clientSecret' },
  { table: 'totp_secrets', id: 'user_id', column: 'secret', context: 'totp_secrets.secret' },
  { table: 'bookings', id: 'id', column: 'reason', context: 'bookings.reason' },
  { table: 'interpretations', id: 'visit_id', column: 'instead_reason', context: 'interpretations.insteadReason' },
  { table: 'form_answers', id: 'visit_id', column: 'answers', context: 'form_answers.answers' },
  { table: 'sayings', id: 'id', column: 'text', context: 'sayings.text' },
  { table: 'poll_invitees', id: 'id', column: 'name', context: 'poll_invitees.name' },
  { table: 'round_items', id: 'id', column: 'brief', context: 'round_items.brief' },
  { table: 'round_items', id: 'id', column: 'instructions', context: 'round_items.instructions' },
  { table: 'care_plans', id: 'id', column: 'need', context: 'care_plans.need' },
  { table: 'care_plans', id: 'id', column: 'proposed_by', context: 'care_plans.proposedBy' },
  { table: 'care_plans', id: 'id', column: 'declined_why', context: 'care_plans.declinedWhy' },
  { table: 'care_plans', id: 'id', column: 'preparation', context: 'care_plans.preparation' },
  { table: 'care_plans', id: 'id', column: 'child', context: 'care_plans.child' },
  { table: 'care_plan_surveys', id: 'id', column: 'answers', context: 'care_plan_surveys.answers' },
  { table: 'concern_reports', id: 'id', column: 'words', context: 'concern_reports.words' },
  { table: 'care_plans', id: 'id', column: 'person_words', context: 'care_plans.personWords' },
  { table: 'care_plans', id: 'id', column: 'ended_why', context: 'care_plans.endedWhy' },
  { table: 'care_plan_parties', id: 'id', column: 'name', context: 'care_plan_parties.name' },
  { table: 'care_plan_parties', id: 'id', column: 'contact', context: 'care_plan_parties.contact' },
  { table: 'care_plan_parties', id: 'id', column: 'summons', context: 'care_plan_parties.summons' },
  { table: 'care_plan_parties', id: 'id', column: 'answer_words', context: 'care_plan_parties.answerWords' },
  { table: 'care_plan_parties', id: 'id', column: 'stance_words', context: 'care_plan_parties.stanceWords' },
  { table: 'care_plan_parts', id: 'id', column: 'chosen', context: 'care_plan_parts.chosen' },
  { table: 'care_plan_items', id: 'id', column: 'title', context: 'care_plan_items.title' },
  { table: 'care_plan_parts', id: 'id', column: 'aid', context: 'care_plan_parts.aid' },
  { table: 'referrals', id: 'id', column: 'question', context: 'referrals.question' },
  { table: 'referrals', id: 'id', column: 'answer', context: 'referrals.answer' },
  { table: 'snippets', id: 'id', column: 'text', context: 'snippets.text' },
  { table: 'delegations', id: 'id', column: 'words', context: 'delegations.words' },
  { table: 'stills', id: 'id', column: 'words', context: 'stills.words' },
  { table: 'stills', id: 'id', column: 'struck_reason', context: 'stills.struckReason' },
  { table: 'messages', id: 'id', column: 'address', context: 'messages.address' },
  { table: 'messages', id: 'id', column: 'recipient', context: 'messages.recipient' },
  { table: 'messages', id: 'id', column: 'subject', context: 'messages.subject' },
  { table: 'messages', id: 'id', column: 'body', context: 'messages.body' },
  { table: 'messages', id: 'id', column: 'calendar', context: 'messages.calendar' },
  { table: 'openings', id: 'id', column: 'note', context: 'openings.note' },
  { table: 'access_reviews', id: 'id', column: 'note', context: 'access_reviews.note' },
] as const;

/** Pictures: bytes and not text, large, and so one at a time. */
export const encryptedPictures = [
  { table: 'still_pictures', id: 'still_id', column: 'picture', context: 'still_pictures.picture' },
  { table: 'still_pictures', id: 'still_id', column: 'small', context: 'still_pictures.small' },
  { table: 'care_plan_texts', id: 'nr', column: 'change', context: 'care_plan_texts.change' },
  { table: 'frozen_pictures', id: 'visit_id', column: 'picture', context: 'frozen_pictures.picture' },
] as const;

const batch = 500;
const checkWord = 'samrum';
const checkContext = 'key_checks.sample';

/** Whether these are the keys of this database. A database without any yet takes them. */
export async function areKeysOf(db: Db, ring: KeyRing = keys()): Promise<boolean> {
  const rows = await db.select().from(keyChecks);
  if (!rows.every(({ sample }) => opens(ring, sample))) return false;
  const keyId = ring.keys.current;
  await db
    .insert(keyChecks)
    .values({ keyId, sample: ring.encrypt(checkWord, checkContext) })
    .onConflictDoNothing();
  return true;
}

function opens(ring: KeyRing, sample: string): boolean {
  try {
    return ring.decrypt(sample, checkContext) === checkWord;
  } catch {
    return false;
  }
}

/** Puts under the current key whatever lies under another, or under none. Safe to stop anywhere. @returns how many values. */
export async function reencrypt(db: Db, ring: KeyRing = keys()): Promise<number> {
  let done = 0;
  for (const place of encryptedColumns) {
    for (;;) {
      const count = await db.transaction((tx) => reencryptBatch(tx, ring, place));
      done += count;
      if (count < batch) break;
    }
  }
  for (const place of encryptedPictures) {
    while (await db.transaction((tx) => reencryptPicture(tx, ring, place))) done += 1;
  }
  return done + (await indexNumbers(db, ring));
}

/** @returns whether there was one. */
async function reencryptPicture(tx: Tx, ring: KeyRing, place: (typeof encryptedPictures)[number]): Promise<boolean> {
  const [table, id, column] = [place.table, place.id, place.column].map((name) => sql.identifier(name));
  const prefix = Buffer.from(ring.prefix);
  const { rows } = await tx.execute<{ id: string; stored: Buffer }>(
    sql`select ${id} as id, ${column} as stored from ${table}
        where substring(${column} from 1 for ${prefix.length}) <> ${prefix} limit 1 for update`,
  );
  const [row] = rows;
  if (!row) return false;
  const fresh = ring.encryptBytes(ring.decryptBytes(row.stored, place.context), place.context);
  await tx.execute(sql`update ${table} set ${column} = ${fresh} where ${id} = ${row.id}`);
  return true;
}

async function reencryptBatch(tx: Tx, ring: KeyRing, place: (typeof encryptedColumns)[number]): Promise<number> {
  const [table, id, column] = [place.table, place.id, place.column].map((name) => sql.identifier(name));
  const { rows } = await tx.execute<{ id: string; stored: string }>(
    sql`select ${id} as id, ${column} as stored from ${table}
        where ${column} <> '' and not starts_with(${column}, ${ring.prefix}) limit ${batch} for update`,
  );
  for (const row of rows) {
    const fresh = ring.encrypt(ring.decrypt(row.stored, place.context), place.context);
    await tx.execute(sql`update ${table} set ${column} = ${fresh} where ${id} = ${row.id}`);
  }
  return rows.length;
}

/** Numbers from before there was an index. */
async function indexNumbers(db: Db, ring: KeyRing): Promise<number> {
  const { rows } = await db.execute<{ id: string; kind: string; number: string }>(
    sql`select id, number_kind as kind, number from patients where number_index is null`,
  );
  for (const { id, kind, number } of rows) {
    const index = numberIndex(kind, ring.decrypt(number, 'patients.number'), ring);
    await db.execute(sql`update patients set number_index = ${index} where id = ${id}`);
  }
  return rows.length;
}

/** Keys under which nothing lies any more, but for the current one. */
export async function unusedKeys(db: Db, ring: KeyRing = keys()): Promise<string[]> {
  const used = new Set<string>([ring.keys.current]);
  for (const place of encryptedColumns) {
    const [table, column] = [place.table, place.column].map((name) => sql.identifier(name));
    const { rows } = await db.execute<{ key: string }>(
      sql`select distinct split_part(${column}, '.', 2) as key from ${table} where starts_with(${column}, 'v1.')`,
    );
    for (const { key } of rows) used.add(key);
  }
  for (const place of encryptedPictures) {
    const [table, column] = [place.table, place.column].map((name) => sql.identifier(name));
    const { rows } = await db.execute<{ key: string }>(
      sql`select distinct split_part(encode(substring(${column} from 1 for 20), 'escape'), '.', 2) as key from ${table}`,
    );
    for (const { key } of rows) used.add(key);
  }
  return Object.keys(ring.keys.keys).filter((id) => !used.has(id));
}
