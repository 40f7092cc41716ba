import { useRef, useState } from 'react';
import type { ReadingView } from '../../contract/measurements.ts';
import { consciousnessLevels, doubtOf, plausible } from '../../contract/vitals.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { newId } from '../media/newId.ts';
import { Button } from '../ui/Button.tsx';
import { Check, Select } from '../ui/Choices.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { numberOf } from './useMeasuring.ts';
import css from './Vitals.module.css';
import { useValueWithUnit, useValueWords } from './values.ts';

/** Another value in the place of a wrong one, or none: it was somebody else's. The wrong one stays to be seen. */
export function CorrectDialog({ reading, onClose }: { reading: ReadingView; onClose: (changed: boolean) => void }) {
  const { t } = useWords();
  const written = useValueWithUnit();
  const words = useValueWords();
  const { kind } = reading;
  const [text, setText] = useState(reading.value === null ? '' : String(reading.value));
  const [notTheirs, setNotTheirs] = useState(false);
  const [right, setRight] = useState(false);
  const id = useRef(newId());
  const value = numberOf(text);
  const doubt = value === null ? 'impossible' : doubtOf(kind, value);
  const {
    onSubmit,
    busy,
    errorOf,
    field,
    words: problem,
  } = useSubmit(
    () => {
      if (notTheirs || doubt === null || (doubt === 'unusual' && right)) return undefined;
      return 'reading';
    },
    async () => {
      const body = { id: id.current, value: notTheirs ? null : value, confirmed: right };
      await api('POST /api/measurements/:measurementId/correct', { params: { measurementId: reading.id }, body });
      onClose(true);
    },
  );
  const [least, most] = plausible[kind].possible.map((one) => words(kind, one));
  const unit = t(`vitals.unit.${kind}`, { defaultValue: '' });
  const range = { least: least ?? '', most: most ?? '', unit };
  const wrong = field === 'reading' && doubt ? t(`vitals.doubt.${doubt}`, { ...range, value: text }) : errorOf('reading');
  return (
    <DialogFrame
      title={t('vitals.correctTitle', { kind: t(`vitals.kind.${kind}`) })}
      onClose={() => onClose(false)}
      buttons={
        <Button look="primary" type="submit" form="correct" disabled={busy}>
          {t('edit.save')}
        </Button>
      }
    >
      <form id="correct" className={css.form} onSubmit={onSubmit} noValidate>
        {reading.value !== null && <p>{t('vitals.correctLead', { value: written(kind, reading.value) })}</p>}
        {!notTheirs &&
          (kind === 'consciousness' ? (
            <Select
              name="reading"
              label={t('vitals.kind.consciousness')}
              value={text}
              onChange={setText}
              options={consciousnessLevels.map((level, index) => ({ value: String(index), label: t(`consciousness.${level}`) }))}
            />
          ) : (
            <Field
              name="reading"
              label={unit ? `${t(`vitals.kind.${kind}`)} (${unit})` : t(`vitals.kind.${kind}`)}
              inputMode="decimal"
              value={text}
              onChange={setText}
              error={wrong}
              maxLength={6}
            />
          ))}
        {!notTheirs && doubt === 'unusual' && (
          <Check checked={right} onChange={setRight}>
            {t('vitals.isRight')}
          </Check>
        )}
        <Check checked={notTheirs} onChange={setNotTheirs}>
          {t('vitals.notTheirs')}
        </Check>
        {problem && <Notice look="problem">{problem}</Notice>}
      </form>
    </DialogFrame>
  );
}
