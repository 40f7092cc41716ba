import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { areas, partKinds } from '../../contract/planKinds.ts';
import { type Area, nothingChosen } from '../../contract/planParts.ts';
import { carePlanParties, carePlanParts, carePlans, consents, planTemplates, planTemplateVersions } from '../../drizzle/schema/index.ts';
import { type Account, type CareHome, makeAccount, makeCareHome, makePatient, makeUnit } from '../../testing/care.ts';
import { PlanPage } from '../../testing/PlanPage.ts';
import { type Caller, TestApp, until } from '../../testing/TestApp.ts';

let app: TestApp;
let home: CareHome;
let coordinator: Caller;
let keeper: string;
let units: { unitId: string; caller: Caller }[];

before(async () => {
  app = await TestApp.start();
  const { db } = app.ctx;
  home = await makeCareHome(db);
  const account = await makeAccount(db, home.unitId, 'careCoordinator');
  keeper = account.userId;
  coordinator = await app.signedInAs(account);
  const elsewhere = await makeCareHome(db);
  units = [];
  for (const name of ['Skolan', 'Socialtjänsten', 'Arbetsmarknad']) {
    const { unitId } = await makeUnit(db, elsewhere.organisationId, name);
    const account: Account = await makeAccount(db, unitId, 'needsAssessor');
    units.push({ unitId, caller: await app.signedInAs(account) });
  }
});
after(() => app[Symbol.asyncDispose]());

const someAreas = fc.uniqueArray(fc.constantFrom(...areas), { minLength: 1, maxLength: 4 });
const told = fc.record({ areas: fc.uniqueArray(fc.constantFrom(...areas), { maxLength: 8 }), ended: fc.boolean(), expired: fc.boolean() });
const shape = fc.record({
  stands: fc.boolean(),
  parties: fc.array(fc.array(told, { maxLength: 2 }), { minLength: 1, maxLength: 3 }),
  parts: fc.array(fc.record({ kind: fc.constantFrom(...partKinds), areas: someAreas }), { minLength: 1, maxLength: 6 }),
});
type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never;

/** The rule, said once more in plain words. */
function expected({ stands, parties, parts }: Shape, party: number): Set<number> {
  const running = (parties[party] ?? []).filter(({ ended, expired }) => !ended && !expired);
  const allowed = new Set<Area>(running.flatMap((one) => one.areas));
  return new Set(parts.flatMap((part, nr) => (stands && part.areas.every((area) => allowed.has(area)) ? [nr] : [])));
}

async function make({ stands, parties, parts }: Shape) {
  const { db } = app.ctx;
  const planId = randomUUID();
  const patientId = await makePatient(db, home);
  const madeBy = randomUUID();
  const plan = { id: planId, patientId, unitId: home.unitId, need: 'HEMLIGT-behov', proposedBy: 'HEMLIGT-vem', madeBy };
  const said = { form: 'adult', matters: 'HEMLIGT-viktigt', goals: '', questions: '', notShared: 'HEMLIGT-ej', who: '', where: '' };
  const [template] = await db.insert(planTemplates).values({ unitId: home.unitId }).returning();
  assert.ok(template);
  const content = { kinds: [], items: [], parts: [], questions: [{ kind: 'words' as const, text: 'HEMLIGT-fråga' }] };
  await db.insert(planTemplateVersions).values({ templateId: template.id, version: 1, name: 'HEMLIGT-mall', content, madeBy: keeper });
  const from = { templateId: template.id, templateVersion: 1 };
  await db.insert(carePlans).values({ ...plan, ...from, state: 'preparing', preparation: JSON.stringify(said) });
  const given = { patientId, capacity: 'own' as const, form: 'oral' as const, keptBy: madeBy, carePlanId: planId };
  if (stands) await db.insert(consents).values({ ...given, type: 'carePlan' });
  for (const [nr, rows] of parties.entries()) {
    const partyId = randomUUID();
    await db.insert(carePlanParties).values({
      id: partyId,
      planId,
      kind: 'school',
      name: `Part ${nr}`,
      sentAt: new Date(),
      unitId: units[nr]?.unitId ?? null,
      contact: `HEMLIGT-${nr}`,
    });
    for (const { areas: of, ended, expired } of rows) {
      const end = ended ? { endedAt: new Date(), endedAs: 'withdrawn' as const, stoppedAt: new Date() } : {};
      const until_ = expired ? { validUntil: new Date(Date.now() - 60_000) } : {};
      await db.insert(consents).values({ ...given, type: 'planSharing', partyId, areas: of, ...end, ...until_ });
    }
  }
  const ids = parts.map(() => randomUUID() as string);
  await db.insert(carePlanParts).values(
    parts.map((part, nr) => ({
      ...{ ...part, id: ids[nr] ?? '', planId, position: nr + 1, prompt: `fråga-${nr}.` },
      ...{ chosen: JSON.stringify(nothingChosen), madeBy },
    })),
  );
  return { planId, ids };
}

test('for any consents and any plan, nothing that a party gets, by REST or socket, carries a part outside what it may be told of', async () => {
  await fc.assert(
    fc.asyncProperty(shape, async (given) => {
      const { planId, ids } = await make(given);
      using writer = await PlanPage.open(coordinator, app.address, planId);
      const pages: PlanPage[] = [];
      for (const [nr] of given.parties.entries()) {
        const { caller } = units[nr] ?? { caller: coordinator };
        pages.push(await PlanPage.open(caller, app.address, planId));
      }
      for (const [nr, id] of ids.entries()) {
        const { kind } = given.parts[nr] ?? { kind: 'need' };
        const field = kind === 'crisis' ? 'signs' : 'what';
        await writer.ask('plan:at', { at: { partId: id, field } });
        await writer.write(id, field, `ord-${nr}.`);
      }
      await writer.ask('plan:at', { at: null });
      for (const [nr] of given.parties.entries()) {
        const page = pages[nr];
        const allowed = expected(given, nr);
        const rest = JSON.stringify(await units[nr]?.caller.get(`/api/care-plans/${planId}`));
        const board = JSON.stringify(await units[nr]?.caller.get('/api/care-plans'));
        await until(() =>
          ids.every((id, at) => !allowed.has(at) || (page?.text(id, 'what') ?? '') + (page?.text(id, 'signs') ?? '') !== ''),
        );
        const socket = JSON.stringify(page?.heard);
        for (const [at, id] of ids.entries()) {
          assert.equal(rest.includes(id), allowed.has(at), 'the answer carries what is told, and nothing else');
          for (const words of [`ord-${at}.`, `fråga-${at}.`]) assert.equal(rest.includes(words), allowed.has(at));
          assert.ok(!board.includes(id));
          if (!allowed.has(at)) assert.ok(!socket.includes(id), 'no event carries it');
        }
        for (const secret of [rest.replaceAll(`HEMLIGT-${nr}`, ''), board, socket]) assert.ok(!secret.includes('HEMLIGT'));
        page?.[Symbol.dispose]();
      }
    }),
    { numRuns: 12 },
  );
});
