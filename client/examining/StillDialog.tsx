import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { StillView } from '../../contract/stills.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Facts } from '../ui/Card.tsx';
import { Select } from '../ui/Choices.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSubmit } from '../ui/useSubmit.ts';
import { Compare } from './Compare.tsx';
import css from './Examining.module.css';
import { addressOf } from './useStills.ts';
import { useWhen } from './useWhen.ts';

type Props = { still: StillView; stills: StillView[]; onClose: () => void };

/** One picture in its full size, with where it comes from, beside an earlier one of the same place. */
export function StillDialog({ still, stills, onClose }: Props) {
  const { t } = useWords();
  const when = useWhen();
  const nameOf = useNameOf();
  const others = stills.filter(({ id, site, struck, width }) => id !== still.id && site === still.site && !struck && width !== null);
  const [againstId, setAgainstId] = useState('');
  const against = others.find(({ id }) => id === againstId);
  const [striking, setStriking] = useState(false);
  return (
    <DialogFrame wide title={t(`site.${still.site}`)} onClose={onClose} cancel={t('app.close')}>
      {against ? (
        <Compare still={still} against={against} />
      ) : (
        <img className={css.whole} src={addressOf(still)} alt={`${t(`site.${still.site}`)} ${still.words}`} />
      )}
      {others.length > 0 && (
        <Select
          label={t('still.compare')}
          value={againstId}
          onChange={setAgainstId}
          options={[
            { value: '', label: t('still.compareNone') },
            ...others.map(({ id, takenAt }) => ({
              value: id,
              label: takenAt < still.takenAt ? t('still.earlier', { date: when(takenAt) }) : when(takenAt),
            })),
          ]}
        />
      )}
      {still.words && <p>{still.words}</p>}
      <Facts
        facts={[
          [t('still.at'), when(still.takenAt)],
          [t('still.by'), nameOf(still.takenBy)],
          [t('still.with'), still.camera],
          [t('still.size'), `${still.width} × ${still.height}`],
          [t('still.scale'), still.scaled ? t('still.scaleYes') : null],
          [t('still.keptUntil'), when(still.keptUntil)],
        ]}
      />
      {striking ? (
        <Strike still={still} onDone={onClose} />
      ) : (
        <Button look="quiet" icon={<Trash2 aria-hidden size={20} />} onClick={() => setStriking(true)}>
          {t('still.strike')}
        </Button>
      )}
    </DialogFrame>
  );
}

function Strike({ still: { id: stillId }, onDone }: { still: StillView; onDone: () => void }) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (reason.trim() ? undefined : 'strikeReason'),
    async () => {
      await api('POST /api/stills/:stillId/strike', { params: { stillId }, body: { reason } });
      onDone();
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate className={css.form}>
      <h3>{t('still.strikeTitle')}</h3>
      <p>{t('still.strikeText')}</p>
      <Field
        name="strikeReason"
        label={t('still.reason')}
        value={reason}
        onChange={setReason}
        error={errorOf('strikeReason')}
        maxLength={300}
      />
      {words && <Notice look="problem">{words}</Notice>}
      <Button type="submit" look="danger" disabled={busy}>
        {t('still.strike')}
      </Button>
    </form>
  );
}
