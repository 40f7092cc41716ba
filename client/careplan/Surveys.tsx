import { useState } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import type { SurveyAnswers } from '../../contract/planAfter.ts';
import { surveyQuestions } from '../../contract/planKinds.ts';
import { heldStates } from '../../contract/planSteps.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Card, Facts } from '../ui/Card.tsx';
import { Radios } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { AskedFields } from './AskedFields.tsx';
import { usePlanAct } from './usePlan.ts';

/** What the person and those close to them say afterwards: by themselves, or to the coordinator who asks. */
export function Surveys({ plan }: { plan: CarePlan }) {
  const { t } = useWords();
  const [whose, setWhose] = useState<string | null | undefined>(undefined);
  const { surveys, parties, you, may, state, patient } = plan;
  const asked: { partyId: string | null; name: string }[] = [
    ...(you.whole ? [{ partyId: null, name: patient.name }] : []),
    ...parties
      .filter(({ id, kind }) => kind === 'relative' && (may.coordinate || you.partyId === id))
      .map(({ id, name }) => ({ partyId: id, name })),
  ];
  if (!heldStates.includes(state) || asked.length === 0) return null;
  return (
    <Card title={t('carePlan.survey.title')} id="survey">
      <ul className={card.list}>
        {asked.map(({ partyId, name }) => {
          const said = surveys.find((one) => one.partyId === partyId);
          return (
            <li key={partyId ?? 'person'}>
              <div className={card.grow}>
                <p>
                  <strong>{name}</strong>
                </p>
                {!said && <p className={card.soft}>{t('carePlan.survey.none')}</p>}
                {said && (
                  <Facts
                    facts={[
                      ...surveyQuestions.map((question): [string, string | null] => [
                        t(`carePlan.survey.q.${question}`),
                        said.scores[question] === null ? null : t('carePlan.survey.of5', { nr: said.scores[question] ?? 0 }),
                      ]),
                      ...said.answers.map(({ question, answer }): [string, string] => [question, answer]),
                      [t('carePlan.survey.words'), said.words],
                    ]}
                  />
                )}
              </div>
              {whose !== partyId && (
                <Button aria-label={t('carePlan.survey.answerFor', { name })} onClick={() => setWhose(partyId)}>
                  {t('carePlan.survey.answer')}
                </Button>
              )}
              {whose === partyId && <Form plan={plan} partyId={partyId} name={name} onDone={() => setWhose(undefined)} />}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

type FormProps = { plan: CarePlan; partyId: string | null; name: string; onDone: () => void };

const unanswered = Object.fromEntries(surveyQuestions.map((question) => [question, null])) as SurveyAnswers['scores'];

function Form({ plan, partyId, name, onDone }: FormProps) {
  const { t } = useWords();
  const { act } = usePlanAct(plan);
  const before = plan.surveys.find((one) => one.partyId === partyId);
  const [scores, setScores] = useState(before?.scores ?? unanswered);
  const [said, setSaid] = useState(before?.words ?? '');
  const [answers, setAnswers] = useState(before?.answers ?? []);
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (said.trim() || answers.length > 0 || Object.values(scores).some((score) => score !== null) ? undefined : 'scores'),
    async () => {
      await api('PUT /api/care-plans/:planId/survey', { params: { planId: plan.id }, body: { partyId, scores, answers, words: said } });
      await act(async () => undefined);
      onDone();
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate className={card.fold} aria-label={t('carePlan.survey.answerFor', { name })}>
      <p>{t('carePlan.survey.lead')}</p>
      {surveyQuestions.map((question) => (
        <Radios
          key={question}
          legend={t(`carePlan.survey.q.${question}`)}
          value={scores[question] === null ? null : (String(scores[question]) as '1')}
          onChange={(value) => setScores((now) => ({ ...now, [question]: Number(value) }))}
          beside
          options={(['1', '2', '3', '4', '5'] as const).map((value) => ({ value, label: value }))}
        />
      ))}
      <AskedFields asked={plan.asked} answers={answers} onAnswers={setAnswers} />
      <Field name="words" rows={2} label={t('carePlan.survey.words')} value={said} onChange={setSaid} maxLength={2_000} />
      {errorOf('scores') && <Notice look="problem">{errorOf('scores')}</Notice>}
      <FormEnd words={words} busy={busy} onCancel={onDone} />
    </form>
  );
}
