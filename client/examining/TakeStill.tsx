import { Camera, Check as CheckIcon, RotateCcw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { keptDays, type Site, type StillKind } from '../../contract/examining.ts';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { BasisFields, ownBasis, wrongBasis } from '../consent/BasisFields.tsx';
import { newId } from '../media/newId.ts';
import { outbox } from '../offline/Outbox.ts';
import { isStaff } from '../room/roles.ts';
import { Button } from '../ui/Button.tsx';
import { Check, Radios } from '../ui/Choices.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { Field } from '../ui/Field.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { useLocal, useSession } from '../visit/useVisit.ts';
import { BodySite } from './BodySite.tsx';
import { beforeTaking, type Known } from './beforeTaking.ts';
import css from './Examining.module.css';
import { takeStill } from './takeStill.ts';

type Props = { snapshot: VisitSnapshot; site: Site | null; onClose: (sent: boolean) => void };
type Taken = { blob: Blob; url: string; camera: string; at: string };

/** The picture is taken at once; then what it is of is said, and it goes. Until then it can be taken again. */
export function TakeStill({ snapshot, site, onClose }: Props) {
  const { t } = useWords();
  const { taken, failed, shoot, second, choose } = useShutter();
  return (
    <DialogFrame title={t('still.take')} onClose={() => onClose(false)}>
      {failed && <Notice look="problem">{t('still.failed')}</Notice>}
      {second && (
        <Radios
          beside
          legend={t('still.camera')}
          value={second.chosen}
          onChange={choose}
          options={[
            { value: 'camera', label: t('still.first') },
            { value: 'examination', label: t('still.second') },
          ]}
        />
      )}
      {taken ? (
        <>
          <img className={css.taken} src={taken.url} alt={t('still.preview')} />
          <Button icon={<RotateCcw aria-hidden size={22} />} onClick={shoot}>
            {t('still.again')}
          </Button>
          <Said snapshot={snapshot} site={site} taken={taken} onSent={() => onClose(true)} />
        </>
      ) : failed ? (
        <Button look="primary" icon={<Camera aria-hidden size={22} />} onClick={shoot}>
          {t('still.again')}
        </Button>
      ) : (
        <Loading />
      )}
    </DialogFrame>
  );
}

/** Takes a picture when it is opened, and again when that is asked for. */
function useShutter() {
  const { tracks } = useLocal(useSession());
  const both = tracks.camera !== undefined && tracks.examination !== undefined;
  const [chosen, setChosen] = useState<'camera' | 'examination'>(tracks.examination ? 'examination' : 'camera');
  const [taken, setTaken] = useState<Taken | null>(null);
  const [failed, setFailed] = useState(false);
  const [times, setTimes] = useState(0);
  const track = tracks[chosen] ?? tracks.camera ?? tracks.examination;
  useEffect(() => {
    let url = '';
    let gone = false;
    setTaken(null);
    setFailed(false);
    const at = new Date().toISOString();
    (track ? takeStill(track) : Promise.reject(new Error('there is no camera'))).then(
      (blob) => {
        if (gone) return;
        url = URL.createObjectURL(blob);
        setTaken({ blob, url, camera: track?.label.slice(0, 200) || '?', at });
      },
      () => !gone && setFailed(true),
    );
    return () => {
      gone = true;
      URL.revokeObjectURL(url);
    };
  }, [track, times]);
  return { taken, failed, shoot: () => setTimes((count) => count + 1), second: both ? { chosen } : null, choose: setChosen };
}

type SaidProps = { snapshot: VisitSnapshot; site: Site | null; taken: Taken; onSent: () => void };

/** What the picture is of, what it is for, and the patient's yes. */
function Said({ snapshot: { visitId, you, patient }, site: asked, taken, onSent }: SaidProps) {
  const { t } = useWords();
  const me = useMe();
  const staff = isStaff(you.role);
  const known = useKnown(visitId);
  const [site, setSite] = useState(asked);
  const [kind, setKind] = useState<StillKind>('record');
  const [words, setWords] = useState('');
  const [scaled, setScaled] = useState(false);
  const [yes, setYes] = useState(false);
  const [basis, setBasis] = useState(ownBasis);
  const asks = staff && known !== 'unknown' && known?.consented === false;
  const { onSubmit, busy, errorOf } = useSubmit(
    () => [...(site ? [] : ['site']), ...(asks && !yes ? ['recordingConsent'] : []), ...(asks ? [wrongBasis(basis) ?? []].flat() : [])],
    async () => {
      if (!site || !known || known === 'unknown') return;
      const still = { id: newId(), patientId: known.patientId, kind, site, words, scaled, takenAt: taken.at, camera: taken.camera };
      await outbox.belongsTo(me?.userId ?? null);
      const body = { ...still, consent: asks ? basis : null };
      await outbox.put(still.id, { what: 'still', visitId, about: patient?.name ?? '', body }, taken.blob);
      onSent();
    },
  );
  if (!known) return <Loading />;
  if (known === 'unknown') return <Notice look="problem">{t('error.offline')}</Notice>;
  return (
    <form onSubmit={onSubmit} noValidate className={css.form}>
      <BodySite value={site} onChange={setSite} error={errorOf('site')} />
      <Radios
        legend={t('still.kind')}
        value={kind}
        onChange={setKind}
        options={(Object.keys(keptDays) as StillKind[]).map((value) => ({
          value,
          label: t(`still.${value}`),
          hint: t(`still.${value}Hint`),
        }))}
      />
      <Check checked={scaled} onChange={setScaled}>
        {t('still.scaled')}
      </Check>
      <Field name="words" label={t('still.words')} value={words} onChange={setWords} rows={2} maxLength={500} />
      {asks && (
        <>
          <div data-field="recordingConsent">
            <Check checked={yes} onChange={setYes} error={errorOf('recordingConsent')}>
              {t('still.consent')}
            </Check>
          </div>
          {yes && <BasisFields basis={basis} onChange={setBasis} guardians={[]} errorOf={errorOf} />}
        </>
      )}
      {!staff && <p>{t('still.ownConsent')}</p>}
      <p className={css.soft}>{t('still.neverInGallery')}</p>
      <Button type="submit" look="primary" wide disabled={busy} icon={<CheckIcon aria-hidden size={24} />}>
        {t('still.use')}
      </Button>
    </form>
  );
}

/** Null: not known yet. */
function useKnown(visitId: string): Known | 'unknown' | null {
  const [known, setKnown] = useState<Known | 'unknown' | null>(null);
  useEffect(() => {
    let gone = false;
    beforeTaking(visitId).then(
      (found) => !gone && setKnown(found),
      () => !gone && setKnown('unknown'),
    );
    return () => {
      gone = true;
    };
  }, [visitId]);
  return known;
}
