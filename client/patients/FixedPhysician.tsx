import { useState } from 'react';
import type { Continuity } from '../../contract/continuity.ts';
import { ApiError, api, codeOf } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { ColleagueSearch } from '../booking/StaffPicker.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Notice } from '../ui/Notice.tsx';
import { useNameOf, useRoleAndPlace } from '../ui/person.ts';
import own from './ContinuityCard.module.css';

type Props = { patientId: string; continuity: Continuity; onChanged: () => Promise<void> };

/** The physician whom the patient is to meet; chosen among those who work for the care provider. */
export function FixedPhysician({ patientId, continuity: { fixedPhysician, mayChange, version }, onChanged }: Props) {
  const { t } = useWords();
  const nameOf = useNameOf();
  const roleAndPlace = useRoleAndPlace();
  const [choosing, setChoosing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const fix = (userId: string | null): void => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    void api('PUT /api/patients/:patientId/fixed-physician', { params: { patientId }, body: { userId, basedOn: version } })
      .then(() => setChoosing(false))
      .catch((error: unknown) => {
        const noPhysician = error instanceof ApiError && error.field === 'userId';
        setProblem(noPhysician ? t('continuity.noPhysician') : t(`error.${codeOf(error)}`));
      })
      .then(onChanged) // whoever was first stands there then
      .finally(() => setBusy(false));
  };
  return (
    <div className={own.part}>
      <h3>{t('continuity.fixed')}</h3>
      <div className={css.row}>
        <div className={css.grow}>
          {fixedPhysician ? (
            <>
              <p>
                <strong>{nameOf(fixedPhysician)}</strong>
              </p>
              <p className={css.soft}>
                {[fixedPhysician.name !== null && roleAndPlace(fixedPhysician), fixedPhysician.unitName].filter(Boolean).join(' · ')}
              </p>
            </>
          ) : (
            <p>{t('continuity.none')}</p>
          )}
        </div>
        {mayChange && !choosing && (
          <>
            <Button
              disabled={busy}
              aria-label={t(fixedPhysician ? 'continuity.changeFixed' : 'continuity.chooseFixed')}
              onClick={() => setChoosing(true)}
            >
              {t(fixedPhysician ? 'continuity.change' : 'continuity.choose')}
            </Button>
            {fixedPhysician && (
              <Button look="quiet" disabled={busy} aria-label={t('continuity.removeFixed')} onClick={() => fix(null)}>
                {t('continuity.remove')}
              </Button>
            )}
          </>
        )}
      </div>
      {fixedPhysician?.unitName === null && <Notice>{t('continuity.gone')}</Notice>}
      {problem && <Notice look="problem">{problem}</Notice>}
      {choosing && (
        <>
          <ColleagueSearch physicians without={[]} onAdd={({ userId }) => fix(userId)} />
          <div>
            <Button look="quiet" onClick={() => setChoosing(false)}>
              {t('app.cancel')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
