import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useParams } from 'react-router';
import type { VisitRecord } from '../../contract/record.ts';
import type { SuitabilityQuestion } from '../../contract/suitability.ts';
import { api } from '../app/api.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { languageNames, useWords } from '../app/words.ts';
import { Conversation } from '../conversation/Conversation.tsx';
import { StillsCard } from '../examining/StillsCard.tsx';
import { VisitForm } from '../forms/VisitForm.tsx';
import { InterpreterCard } from '../interpreter/InterpreterCard.tsx';
import { Fetched, Office } from '../office/Office.tsx';
import { PatientLine } from '../office/PatientLine.tsx';
import { useListChanges } from '../office/useListChanges.ts';
import { PollCard } from '../polls/PollCard.tsx';
import css from '../ui/Card.module.css';
import { Card, Facts } from '../ui/Card.tsx';
import { Details } from './Details.tsx';
import { DocumentationForm } from './DocumentationForm.tsx';
import { History } from './History.tsx';
import { Messages } from './Messages.tsx';
import { Note } from './Note.tsx';
import { People } from './People.tsx';
import { QualityCard } from './QualityCard.tsx';
import { RecordText } from './RecordText.tsx';
import { Steps } from './Steps.tsx';

const Referrals = lazy(() => import('../referrals/Referrals.tsx'));
const VitalsCard = lazy(() => import('../vitals/VitalsCard.tsx'));

/** All of one visit: what was booked, who was there, what came of it, and who did what. */
export default function RecordPage() {
  const { t } = useWords();
  const { visitId = '' } = useParams();
  return (
    <Office title={t('record.title')} for="anyStaff">
      <Record visitId={visitId} />
    </Office>
  );
}

/** The key of a visit's record among what was fetched. */
export const recordKey = (visitId: string): string[] => ['record', visitId];

function Record({ visitId }: { visitId: string }) {
  const queries = useQueryClient();
  const record = useQuery({
    queryKey: recordKey(visitId),
    queryFn: () => api('GET /api/visits/:visitId', { params: { visitId } }),
    refetchOnWindowFocus: false, // each reading is in the audit
  });
  useListChanges(() => void queries.invalidateQueries({ queryKey: recordKey(visitId) }));
  return <Fetched of={record}>{(found) => <Found key={visitId} record={found} />}</Fetched>;
}

function Found({ record }: { record: VisitRecord }) {
  const { may, state } = record;
  const writing = may.document && (state === 'in_progress' || state === 'documenting');
  const held = record.beganAt !== null || record.documentation.outcome !== '';
  return (
    <>
      <Head record={record} />
      <Steps record={record} />
      <ReferralCard record={record} />
      <PollCard record={record} />
      {writing && <DocumentationForm record={record} />}
      {!writing && held && <RecordText record={record} />}
      <Details record={record} />
      <Suspense>
        <VitalsCard whose={{ visitId: record.id }} where={{ visitId: record.id }} patient={record.patient} />
      </Suspense>
      <StillsCard visitId={record.id} />
      <VisitForm visitId={record.id} mine={false} />
      <Conversation visitId={record.id} mine={false} />
      <InterpreterCard record={record} />
      <People record={record} />
      <Messages visitId={record.id} />
      {may.document && <Note key={record.note?.id ?? 'new'} record={record} />}
      <QualityCard record={record} />
      <History record={record} />
    </>
  );
}

function ReferralCard({ record: { id, people } }: { record: VisitRecord }) {
  if (!people.some(({ answers }) => answers !== null)) return null;
  return (
    <div className={css.card}>
      <Suspense>
        <Referrals visitId={id} people={people} />
      </Suspense>
    </div>
  );
}

/** What spoke against video when it was booked. */
function against({ suitability }: VisitRecord, wordsOf: (question: SuitabilityQuestion) => string): string | null {
  if (!suitability) return null;
  const { reason: _, ...answers } = suitability;
  const no = (Object.keys(answers) as SuitabilityQuestion[]).filter((question) => !answers[question]);
  return no.map(wordsOf).join(' · ') || null;
}

function Head({ record }: { record: VisitRecord }) {
  const { t, language } = useWords();
  const { details, unit, state, identity, emergencyAt, closingReason } = record;
  const { care, here } = bothClocks(details.startsAt, language);
  const untimed = state === 'requested' || state === 'triaged';
  return (
    <Card title={untimed ? t('own.untimed') : `${dayOf(details.startsAt, language)} ${t('today.at', { time: care })}`} id="head">
      {here && !untimed && <p>{t('today.yourTime', { time: here })}</p>}
      <PatientLine patient={record.patient} synthetic={record.synthetic} />
      <p className={css.row}>
        <span className={css.badge}>{t(record.preliminary ? 'interpreter.preliminaryBadge' : `state.${state}`)}</span> {unit.name}
      </p>
      <Facts
        facts={[
          [t('series.title'), record.series && t('series.nr', record.series)],
          [t('requests.about'), record.about],
          [t('suitability.against'), against(record, (question) => t(`suitability.question.${question}`))],
          [t('suitability.reason'), record.suitability?.reason],
          [t('record.reason'), closingReason],
          [t('record.identity'), identity && t(`identity.${identity.method}`)],
          [t('record.emergency'), emergencyAt && t('today.at', { time: bothClocks(emergencyAt, language).care })],
          [t('book.language'), languageNames[details.language]],
        ]}
      />
    </Card>
  );
}
