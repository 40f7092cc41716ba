import { useState } from 'react';
import type { Question } from '../../contract/forms.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Radios } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';

type Answer = { question: string; answer: string };
type Props = { questions: Question[]; submit: string; onAnswers: (answers: Answer[]) => Promise<void>; onCancel: () => void };

/** A few short questions, all of them to be answered. */
export function Answers({ questions, submit, onAnswers, onCancel }: Props) {
  const { t } = useWords();
  const [said, setSaid] = useState<Record<number, string>>({});
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const answers = questions.map(({ text }, index) => ({ question: text, answer: said[index]?.trim() ?? '' }));
  const send = async (): Promise<void> => {
    const incomplete = answers.some(({ answer }) => !answer);
    setMissing(incomplete);
    if (incomplete) return;
    setBusy(true);
    await onAnswers(answers);
    setBusy(false);
  };
  const say = (index: number, text: string): void => setSaid((now) => ({ ...now, [index]: text }));
  return (
    <form
      className={css.card}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {questions.map((question, index) => {
        const { text, kind } = question;
        if (kind === 'words')
          return (
            <Field
              key={text}
              name={`answer-${index}`}
              rows={3}
              label={text}
              value={said[index] ?? ''}
              onChange={(words) => say(index, words)}
              maxLength={300}
            />
          );
        const options = kind === 'yesNo' ? [t('queue.yes'), t('queue.no')] : question.options;
        return (
          <Radios
            key={text}
            legend={text}
            value={said[index] ?? null}
            onChange={(chosen) => say(index, chosen)}
            options={options.map((value) => ({ value, label: value }))}
          />
        );
      })}
      {missing && <Notice look="problem">{t('queue.answerAll')}</Notice>}
      <div className={css.row}>
        <Button type="submit" look="primary" disabled={busy}>
          {submit}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}
