import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { QueueSettings } from '../../contract/queue.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { draftOf, isWhole, type QuestionDraft, QuestionsEditor, questionOf } from '../forms/QuestionsEditor.tsx';
import { Fetched } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { isWeek, WeekEditor } from './WeekEditor.tsx';

/** When a unit takes patients without a booked time, and what it asks them. */
export function QueueCard({ unitId }: { unitId: string }) {
  const { t } = useWords();
  const found = useQuery({ queryKey: ['queue', unitId], queryFn: () => api('GET /api/units/:unitId/queue', { params: { unitId } }) });
  return (
    <Fetched of={found}>
      {({ settings, mayChange }) =>
        mayChange ? (
          <Settings key={JSON.stringify(settings)} unitId={unitId} settings={settings} />
        ) : (
          <Card title={t('queue.settings')} id="queue">
            <p>{t(settings.hours.length > 0 ? 'queue.has' : 'queue.hasNone')}</p>
          </Card>
        )
      }
    </Fetched>
  );
}

const mostQuestions = 6;

function Settings({ unitId, settings }: { unitId: string; settings: QueueSettings }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [hours, setHours] = useState(settings.hours);
  const [questions, setQuestions] = useState<QuestionDraft[]>(settings.questions.map(draftOf));
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (isWeek(hours) ? (questions.every(isWhole) ? undefined : 'questions') : 'hours'),
    async () => {
      const body = { hours, questions: questions.map(questionOf) };
      await api('PUT /api/units/:unitId/queue', { params: { unitId }, body });
      await queries.invalidateQueries({ queryKey: ['queue', unitId] });
    },
  );
  const problem = errorOf('hours') ?? errorOf('questions') ?? words;
  return (
    <form onSubmit={onSubmit} noValidate>
      <Card title={t('queue.settings')} id="queue">
        <p>{t('queue.settingsLead')}</p>
        <WeekEditor hours={hours} empty={t('plan.shut')} onChange={setHours} />
        <QuestionsEditor drafts={questions} onDrafts={setQuestions} most={mostQuestions} />
        {problem && <Notice look="problem">{problem}</Notice>}
        <div>
          <Button type="submit" look="primary" disabled={busy}>
            {t('edit.save')}
          </Button>
        </div>
      </Card>
    </form>
  );
}
