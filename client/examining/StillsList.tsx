import { useState } from 'react';
import type { StillView } from '../../contract/stills.ts';
import { useWords } from '../app/words.ts';
import { Notice } from '../ui/Notice.tsx';
import css from './Examining.module.css';
import { StillDialog } from './StillDialog.tsx';
import { addressOf, useStills } from './useStills.ts';
import { useWhen } from './useWhen.ts';

/** Pictures of the patient, the newest first; each opens in its full size. */
export default function StillsList({ visitId, stamp }: { visitId: string; stamp: string | null }) {
  const { t } = useWords();
  const when = useWhen();
  const { stills, problem } = useStills(visitId, stamp);
  const [openId, setOpenId] = useState<string | null>(null);
  const open = stills?.find(({ id }) => id === openId);
  const label = (still: StillView): string => `${t(`site.${still.site}`)}, ${when(still.takenAt)}`;
  return (
    <section className={css.part} aria-labelledby="stills">
      <h3 id="stills">{t('still.title')}</h3>
      {problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
      {!stills && !problem && <p role="status">{t('app.loading')}</p>}
      {stills?.length === 0 && <p className={css.soft}>{t('still.none')}</p>}
      <ul className={css.stills}>
        {stills?.map((still) => (
          <li key={still.id}>
            {still.struck ? (
              <p className={css.soft}>
                {label(still)}. {t('still.struck', { reason: still.struck.reason })}
              </p>
            ) : still.width === null ? (
              <p role="status">
                {label(still)} · {t('still.comes')}
              </p>
            ) : (
              <button type="button" aria-label={t('still.open', { what: label(still) })} onClick={() => setOpenId(still.id)}>
                <img src={addressOf(still, true)} alt="" loading="lazy" />
                <span>
                  <strong>{t(`site.${still.site}`)}</strong>
                  <span>{when(still.takenAt)}</span>
                </span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {open && stills && <StillDialog still={open} stills={stills} onClose={() => setOpenId(null)} />}
    </section>
  );
}
