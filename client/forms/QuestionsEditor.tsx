import type { Question } from '../../contract/forms.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';

const kinds = ['yesNo', 'choice', 'words'] as const satisfies Question['kind'][];
export type QuestionDraft = { kind: Question['kind']; text: string; options: string };

export const draftOf = (question: Question): QuestionDraft => ({
  kind: question.kind,
  text: question.text,
  options: question.kind === 'choice' ? question.options.join('\n') : '',
});
const optionsOf = ({ options }: QuestionDraft): string[] =>
  options
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean);
export const questionOf = (draft: QuestionDraft): Question =>
  draft.kind === 'choice' ? { kind: 'choice', text: draft.text, options: optionsOf(draft) } : { kind: draft.kind, text: draft.text };
export const isWhole = (draft: QuestionDraft): boolean =>
  draft.text.trim() !== '' && (draft.kind !== 'choice' || optionsOf(draft).length >= 2);

type Props = { drafts: QuestionDraft[]; onDrafts: (drafts: QuestionDraft[]) => void; most: number };

/** The questions of a form: yes or no, one of several, or words. */
export function QuestionsEditor({ drafts, onDrafts, most }: Props) {
  const { t } = useWords();
  const change = (index: number, part: Partial<QuestionDraft>): void =>
    onDrafts(drafts.map((one, at) => (at === index ? { ...one, ...part } : one)));
  return (
    <>
      {drafts.map(({ kind, text, options }, index) => (
        <fieldset key={index} className={css.card}>
          <legend>{t('queue.question', { nr: index + 1 })}</legend>
          <Field
            name={`question-${index}`}
            label={t('queue.questionText')}
            value={text}
            onChange={(now) => change(index, { text: now })}
            maxLength={160}
          />
          <Select
            label={t('queue.questionKind')}
            value={kind}
            onChange={(now) => change(index, { kind: now })}
            options={kinds.map((value) => ({ value, label: t(`queue.kind.${value}`) }))}
          />
          {kind === 'choice' && (
            <Field
              name={`options-${index}`}
              rows={4}
              label={t('queue.options')}
              hint={t('queue.optionsHint')}
              value={options}
              onChange={(now) => change(index, { options: now })}
            />
          )}
          <div>
            <Button look="quiet" onClick={() => onDrafts(drafts.filter((_, at) => at !== index))}>
              {t('queue.removeQuestion', { nr: index + 1 })}
            </Button>
          </div>
        </fieldset>
      ))}
      {drafts.length < most && (
        <div>
          <Button onClick={() => onDrafts([...drafts, { kind: 'yesNo', text: '', options: '' }])}>{t('queue.addQuestion')}</Button>
        </div>
      )}
    </>
  );
}
