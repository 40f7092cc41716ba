import type { Answer, Question } from '../../contract/forms.ts';
import { useWords } from '../app/words.ts';
import { Radios } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';

type Props = { asked: Question[]; answers: Answer[]; onAnswers: (answers: Answer[]) => void };

/** What the plan's template asks afterwards; none of it has to be answered. */
export function AskedFields({ asked, answers, onAnswers }: Props) {
  const { t } = useWords();
  return asked.map((question, nr) => {
    const { text, kind } = question;
    const said = answers.find((one) => one.question === text)?.answer;
    const say = (answer: string): void => {
      const others = answers.filter((one) => one.question !== text);
      onAnswers(answer ? [...others, { question: text, answer }] : others);
    };
    if (kind === 'words')
      return <Field key={text} name={`asked${nr}`} rows={2} label={text} value={said ?? ''} onChange={say} maxLength={300} />;
    const options = kind === 'yesNo' ? [t('queue.yes'), t('queue.no')] : question.options;
    return (
      <Radios
        key={text}
        legend={text}
        value={said ?? null}
        onChange={say}
        beside
        options={options.map((value) => ({ value, label: value }))}
      />
    );
  });
}
