/** The demo's directory of principals, and a coordinated plan of a resident whose summons wait for answers. All of it is made up. */
import { eq, inArray } from 'drizzle-orm';
import type { Preparation } from '../../contract/carePlans.ts';
import type { SummonsText } from '../../contract/planParties.ts';
import { type Area, type Chosen, nothingChosen, type PartKind, type TextField } from '../../contract/planParts.ts';
import type { Tx } from '../../drizzle/client.ts';
import {
  carePlanItems,
  carePlanParties,
  carePlanParts,
  carePlans,
  carePlanTexts,
  consents,
  directoryUnits,
  users,
} from '../../drizzle/schema/index.ts';
import { writtenText } from '../careplan/texts.ts';
import { idOf } from './idOf.ts';

const municipalities = [
  ...['Bjurholm', 'Dorotea', 'Lycksele', 'Malå', 'Nordmaling', 'Norsjö', 'Robertsfors', 'Skellefteå'],
  ...['Sorsele', 'Storuman', 'Umeå', 'Vilhelmina', 'Vindeln', 'Vännäs', 'Åsele'],
];

type Unit = typeof directoryUnits.$inferInsert;

/** Sixty units, as a county has them: three of each municipality, health centres, and two authorities. */
export function demoDirectory(): Unit[] {
  const unit = (principal: string, name: string, rest: Pick<Unit, 'kind' | 'channel'> & Partial<Unit>): Unit => ({
    id: idOf('directory', principal, name),
    principal: `${principal} (demo)`,
    name,
    synthetic: true,
    ...rest,
  });
  const letter = (name: string) => ({ channel: 'letter' as const, address: `${name}\nProvgatan 1\n900 00 Provstad` });
  const mailbox = (name: string) => ({ email: `${name}@demo.example`, headEmail: `chef.${name}@demo.example` });
  const own = municipalities.flatMap((name) => [
    name === 'Dorotea'
      ? unit(`${name} kommun`, 'Socialtjänsten, vuxna', {
          kind: 'socialServices',
          channel: 'samrum',
          unitId: idOf('unit', 'DS'),
          ...mailbox('socialtjansten'),
        })
      : unit(`${name} kommun`, 'Socialtjänsten, vuxna', { kind: 'socialServices', channel: 'system', system: 'Länets planeringssystem' }),
    unit(`${name} kommun`, 'Socialtjänsten, barn och familj', { kind: 'socialServices', ...letter('Barn och familj') }),
    unit(`${name} kommun`, 'Elevhälsan', { kind: 'school', ...letter('Elevhälsan') }),
  ]);
  const region = ['Åsele', 'Lycksele', 'Storuman', 'Sorsele', 'Malå', 'Norsjö', 'Vännäs', 'Vindeln', 'Bjurholm'].map((name) =>
    unit('Region Västerbotten', `${name} hälsocentral`, { kind: 'region', channel: 'system', system: 'Länets planeringssystem' }),
  );
  return [
    ...own,
    ...region,
    unit('Region Västerbotten', 'Vilhelmina hälsocentral', {
      kind: 'region',
      channel: 'samrum',
      unitId: idOf('unit', 'VH'),
      ...mailbox('vilhelmina'),
    }),
    unit('Region Västerbotten', 'Digital hälsocentral Inlandet', {
      kind: 'region',
      channel: 'samrum',
      unitId: idOf('unit', 'VK'),
      ...mailbox('digital'),
    }),
    unit('Dorotea kommun', 'Hemsjukvården', {
      kind: 'municipalHealth',
      channel: 'samrum',
      unitId: idOf('unit', 'DH'),
      ...mailbox('hemsjukvarden'),
    }),
    unit('Dorotea kommun', 'Särskilt boende Bergvattnet', {
      kind: 'municipalHealth',
      channel: 'samrum',
      unitId: idOf('unit', 'DR'),
      ...mailbox('bergvattnet'),
    }),
    unit('Försäkringskassan', 'Lokalt kontor', { kind: 'insurance', ...letter('Lokalt kontor') }),
    unit('Arbetsförmedlingen', 'Lokalt kontor', { kind: 'employment', ...letter('Lokalt kontor') }),
  ];
}

const key = 'nordin';
const planId = idOf('carePlan', key);
const coordinator = 'sjukskoterska.dorotea';
const preparation: Preparation = {
  form: 'easy',
  matters: 'Påhittat: att sova gott och komma ut på gården',
  goals: 'Påhittat: att gå till matsalen själv',
  questions: '',
  notShared: 'Påhittat: inget om pengar',
  who: 'Påhittat: sonen ska vara med',
  where: 'Påhittat: i mitt rum, på surfplattan',
};
const summons: SummonsText = {
  purpose: 'Påhittat: att planera stödet tillsammans',
  longTermGoal: 'Påhittat: att kunna röra sig mer',
  questions: 'Påhittat: vad kan ni bidra med?',
  contribution: 'Påhittat: stöd i vardagen',
  answerBy: '',
};

type Part = { kind: PartKind; areas: Area[]; texts: Partial<Record<TextField, string>> };
const parts: Part[] = [
  { kind: 'need', areas: ['health'], texts: { what: 'Påhittat: sover dåligt och är trött på dagarna.' } },
  {
    kind: 'goal',
    areas: ['dailyLife'],
    texts: { what: 'Påhittat: jag vill gå till matsalen själv.', sign: 'Påhittat: tre gånger i veckan.' },
  },
  {
    kind: 'intervention',
    areas: ['dailyLife'],
    texts: { what: 'Påhittat: promenad varje förmiddag.', how: 'Påhittat: en kvart, med rollator.' },
  },
];

const dayAfter = (now: Date, days: number): string => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** What is there stays as it is. */
export async function layCarePlan(tx: Tx, now: Date): Promise<void> {
  await tx.insert(directoryUnits).values(demoDirectory()).onConflictDoNothing();
  const [user] = await tx.select({ id: users.id }).from(users).where(eq(users.username, coordinator));
  if (!user) return; // whoever runs the demo has taken them away
  const patientId = idOf('patient', key);
  const made = await tx
    .insert(carePlans)
    .values({
      ...{ id: planId, patientId, unitId: idOf('unit', 'DR'), state: 'summoned', synthetic: true, madeBy: user.id, coordinatorId: user.id },
      ...{ need: 'Påhittat: flera insatser som ingen håller ihop', proposedBy: 'Sonen', preparation: JSON.stringify(preparation) },
    })
    .onConflictDoNothing()
    .returning({ id: carePlans.id });
  if (made.length === 0) return;
  const [region, social] = [idOf('party', key, 'region'), idOf('party', key, 'social')];
  const asked = { planId, summons: JSON.stringify({ ...summons, answerBy: dayAfter(now, 5) }), answerBy: dayAfter(now, 5), sentAt: now };
  await tx
    .insert(carePlanParties)
    .values([
      partyOf(region, 'Region Västerbotten', 'Digital hälsocentral Inlandet', 'region', 'VK', asked),
      partyOf(social, 'Dorotea kommun', 'Socialtjänsten, vuxna', 'socialServices', 'DS', asked),
    ]);
  const yes = { patientId, carePlanId: planId, capacity: 'own' as const, form: 'oral' as const, keptBy: user.id };
  await tx.insert(consents).values([
    { ...yes, type: 'carePlan' },
    { ...yes, type: 'planSharing', partyId: region, areas: ['health', 'dailyLife', 'medicines'] },
    { ...yes, type: 'planSharing', partyId: social, areas: ['dailyLife', 'home'] },
  ]);
  await tx.insert(carePlanItems).values([
    { id: idOf('item', key, '1'), planId, position: 1, title: 'Hälsan', areas: ['health'], minutes: 15, partyIds: [region] },
    { id: idOf('item', key, '2'), planId, position: 2, title: 'Vardagen', areas: ['dailyLife'], minutes: 20, partyIds: [region, social] },
  ]);
  for (const [index, { kind, areas, texts }] of parts.entries()) {
    const partId = idOf('part', key, String(index));
    const chosen: Chosen = kind === 'intervention' ? { ...nothingChosen, partyId: social } : nothingChosen;
    await tx
      .insert(carePlanParts)
      .values({ id: partId, planId, kind, areas, position: index + 1, chosen: JSON.stringify(chosen), madeBy: user.id });
    const rows = Object.entries(texts).map(([field, text]) => ({
      partId,
      field: field as TextField,
      change: writtenText(text),
      by: user.id,
    }));
    await tx.insert(carePlanTexts).values(rows);
  }
}

function partyOf(
  id: string,
  principal: string,
  name: string,
  kind: 'region' | 'socialServices',
  mark: string,
  asked: { planId: string; summons: string; answerBy: string; sentAt: Date },
): typeof carePlanParties.$inferInsert {
  const directoryId = idOf('directory', principal, name);
  return { ...asked, id, kind, name: `${name}, ${principal} (demo)`, directoryId, unitId: idOf('unit', mark), channel: 'samrum' };
}

/** All plans of the demo's patients; the directory as it was. */
export async function takeCarePlansAway(tx: Tx): Promise<void> {
  const theirs = tx.select({ id: carePlans.id }).from(carePlans).where(eq(carePlans.synthetic, true));
  await tx.delete(consents).where(inArray(consents.carePlanId, theirs));
  await tx.update(carePlans).set({ responsiblePartyId: null }).where(eq(carePlans.synthetic, true));
  await tx.delete(carePlans).where(eq(carePlans.synthetic, true));
  await tx.delete(directoryUnits).where(eq(directoryUnits.synthetic, true));
}
