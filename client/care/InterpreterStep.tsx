import { useState } from 'react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { useLanguageName } from '../interpreter/languages.ts';
import { newId } from '../media/newId.ts';
import { Button } from '../ui/Button.tsx';
import { Check, Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSession } from '../visit/useVisit.ts';
import css from './PatientPanel.module.css';

type Props = { snapshot: VisitSnapshot; interpreter: NonNullable<VisitSnapshot['interpreter']> };

/** Nothing starts without the interpreter: they are here, on the telephone, or it is said why it cannot wait. */
export function InterpreterStep({ snapshot, interpreter }: Props) {
  const { t } = useWords();
  const session = useSession();
  const nameOf = useLanguageName();
  const [urgent, setUrgent] = useState(false);
  const { language, mode, number, instead } = interpreter;
  const here = !snapshot.missing.includes('interpreter');
  const beside = (): void =>
    void session.perform('people:bystander', {
      id: newId(),
      name: number ?? String(interpreter.orderNumber),
      role: 'interpreter',
      besideId: snapshot.you.id,
      consented: true, // kept when the interpreter was ordered
    });
  return (
    <>
      <p>
        {t('interpreter.ordered', { language: nameOf(language), mode: t(`interpreter.mode.${mode}`) })}{' '}
        {number === null ? t('interpreter.unconfirmed') : t('interpreter.byNumber', { number })}
      </p>
      {here && <p>{t(instead ? `interpreter.insteadOf.${instead}` : 'interpreter.here')}</p>}
      {!here && (
        <div className={css.buttons}>
          {mode === 'onSite' && <Button onClick={beside}>{t('interpreter.beside')}</Button>}
          <Button onClick={() => void session.perform('interpreter:instead', { kind: 'phone' })}>{t('interpreter.onPhone')}</Button>
          <Button aria-expanded={urgent} onClick={() => setUrgent(!urgent)}>
            {t('interpreter.cannotWait')}
          </Button>
        </div>
      )}
      {!here && urgent && <Urgent snapshot={snapshot} />}
    </>
  );
}

const close = ['relative', 'guardian', 'trustee'];

function Urgent({ snapshot: { people } }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const personName = useNameOf();
  const [reason, setReason] = useState('');
  const [relativeId, setRelativeId] = useState('');
  const [adult, setAdult] = useState(false);
  const relatives = people.filter(({ role, status, seat }) => close.includes(role) && status === 'admitted' && seat === 'own');
  const ready = reason.trim() !== '' && (relativeId === '' || adult);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void session.perform('interpreter:instead', { kind: 'urgent', reason, relativeId: relativeId || null });
      }}
    >
      <Field name="urgentReason" label={t('interpreter.urgentReason')} value={reason} onChange={setReason} maxLength={300} />
      {relatives.length > 0 && (
        <Select
          label={t('interpreter.whoInstead')}
          value={relativeId}
          onChange={setRelativeId}
          options={[
            { value: '', label: t('interpreter.nobody') },
            ...relatives.map((one) => ({ value: one.id, label: `${personName(one)} (${t(`role.${one.role}`)})` })),
          ]}
        />
      )}
      {relativeId !== '' && (
        <Check checked={adult} onChange={setAdult}>
          {t('interpreter.adult')}
        </Check>
      )}
      <Button type="submit" disabled={!ready}>
        {t('interpreter.holdWithout')}
      </Button>
    </form>
  );
}
