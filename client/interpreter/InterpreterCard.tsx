import { useState } from 'react';
import type { IssuedCode } from '../../contract/codes.ts';
import type { InterpreterView } from '../../contract/interpreting.ts';
import type { VisitRecord } from '../../contract/record.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Code } from '../office/Codes.tsx';
import { useAct } from '../record/useAct.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card, Facts } from '../ui/Card.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { useLanguageName } from './languages.ts';
import { emptyOrder, OrderFields, orderOf, wrongInOrder } from './OrderFields.tsx';

/** The interpreter of a visit: ordered, confirmed by number, or not needed. */
export function InterpreterCard({ record }: { record: VisitRecord }) {
  const { t } = useWords();
  const [codes, setCodes] = useState<IssuedCode[]>([]);
  const [ordering, setOrdering] = useState(false);
  const { interpreter, may, beganAt } = record;
  const open = may.change && beganAt === null;
  if (!interpreter && !may.change) return null;
  return (
    <Card title={t('interpreter.title')} id="interpreter">
      {record.preliminary && <Notice>{t('interpreter.preliminary')}</Notice>}
      {interpreter ? <Ordered interpreter={interpreter} /> : <p>{t('interpreter.none')}</p>}
      {may.change && interpreter && interpreter.number === null && <Confirm visitId={record.id} onCodes={setCodes} />}
      {codes.map((issued) => (
        <Code key={issued.participantId} issued={issued} />
      ))}
      {open && !ordering && (
        <div className={css.row}>
          <Button onClick={() => setOrdering(true)}>{t(interpreter ? 'interpreter.orderAnother' : 'interpreter.order')}</Button>
        </div>
      )}
      {open && ordering && <Order visitId={record.id} onDone={() => setOrdering(false)} />}
      {open && interpreter && !ordering && <End visitId={record.id} onCodes={setCodes} />}
    </Card>
  );
}

function Ordered({ interpreter }: { interpreter: InterpreterView }) {
  const { t } = useWords();
  const nameOf = useLanguageName();
  const { orderNumber, language, mode, number, instead } = interpreter;
  return (
    <Facts
      facts={[
        [t('interpreter.orderNumber'), String(orderNumber)],
        [t('interpreter.whichLanguage'), nameOf(language)],
        [t('interpreter.how'), t(`interpreter.mode.${mode}`)],
        [t('interpreter.number'), number ?? t('interpreter.unconfirmed')],
        [t('interpreter.instead'), instead && t(`interpreter.insteadOf.${instead}`)],
      ]}
    />
  );
}

function Confirm({ visitId, onCodes }: { visitId: string; onCodes: (codes: IssuedCode[]) => void }) {
  const { t } = useWords();
  const [number, setNumber] = useState('');
  const { act } = useAct(visitId);
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (number.trim() ? undefined : 'interpreterNumber'),
    async () => {
      const { codes } = await api('POST /api/visits/:visitId/interpreter/confirm', {
        params: { visitId },
        body: { interpreterNumber: number },
      });
      onCodes(codes);
      await act(async () => undefined);
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate className={css.card} aria-label={t('interpreter.confirm')}>
      <Field
        name="interpreterNumber"
        label={t('interpreter.numberField')}
        hint={t('interpreter.numberHint')}
        value={number}
        onChange={setNumber}
        error={errorOf('interpreterNumber')}
        maxLength={16}
        autoComplete="off"
      />
      {words && <Notice look="problem">{words}</Notice>}
      <div>
        <Button type="submit" look="primary" disabled={busy}>
          {t('interpreter.confirm')}
        </Button>
      </div>
    </form>
  );
}

function Order({ visitId, onDone }: { visitId: string; onDone: () => void }) {
  const { t } = useWords();
  const [draft, setDraft] = useState(emptyOrder);
  const { act } = useAct(visitId);
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => wrongInOrder(draft),
    async () => {
      const body = orderOf(draft);
      if (!body) return;
      await api('PUT /api/visits/:visitId/interpreter', { params: { visitId }, body });
      await act(async () => undefined);
      onDone();
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate className={css.card} aria-label={t('interpreter.order')}>
      <OrderFields draft={draft} onChange={setDraft} errorOf={errorOf} />
      {words && <Notice look="problem">{words}</Notice>}
      <div className={css.row}>
        <Button type="submit" look="primary" disabled={busy}>
          {t('interpreter.order')}
        </Button>
        <Button onClick={onDone}>{t('app.cancel')}</Button>
      </div>
    </form>
  );
}

function End({ visitId, onCodes }: { visitId: string; onCodes: (codes: IssuedCode[]) => void }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { act, busy, problem } = useAct(visitId);
  if (!open)
    return (
      <div>
        <Button onClick={() => setOpen(true)}>{t('interpreter.end')}</Button>
      </div>
    );
  return (
    <form
      noValidate
      className={css.card}
      aria-label={t('interpreter.end')}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim())
          void act(async () =>
            onCodes((await api('POST /api/visits/:visitId/interpreter/end', { params: { visitId }, body: { reason } })).codes),
          );
      }}
    >
      <Field name="endReason" label={t('interpreter.endReason')} value={reason} onChange={setReason} maxLength={300} />
      {problem && <Notice look="problem">{problem}</Notice>}
      <div className={css.row}>
        <Button type="submit" disabled={busy || !reason.trim()}>
          {t('interpreter.end')}
        </Button>
        <Button onClick={() => setOpen(false)}>{t('app.cancel')}</Button>
      </div>
    </form>
  );
}
