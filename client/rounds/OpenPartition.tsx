import { DoorOpen } from 'lucide-react';
import { useState } from 'react';
import type { Readiness, Round, RoundItem } from '../../contract/rounds.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Check, Radios } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { useSession, useView } from '../visit/useVisit.ts';
import { SoundCheck } from './SoundCheck.tsx';
import { useRoundAct } from './useRound.ts';

type Part = Exclude<keyof Readiness, 'soundHeard'>;
const parts: Part[] = ['hearingAids', 'glasses', 'quiet', 'light'];

/** YYYYMMDD or YYYY-MM-DD, as it is read from the wristband; null for what is no date. */
function birthDateOf(text: string): string | null {
  const digits = text.replace(/\D/g, '');
  const date = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  return digits.length === 8 && !Number.isNaN(Date.parse(date)) ? date : null;
}

/** At the bed: is it the right person, and is everything ready? Then the door opens, and not before. */
export function OpenPartition({ round, item }: { round: Round; item: RoundItem }) {
  const { t } = useWords();
  const { name } = item.patient;
  const [isThem, setIsThem] = useState(false);
  const [birth, setBirth] = useState('');
  const [wiped, setWiped] = useState(false);
  const [knows, setKnows] = useState(false);
  const [heard, setHeard] = useState<Readiness['soundHeard']>('notNeeded');
  const [readiness, setReadiness] = useState<Partial<Record<Part, Readiness[Part]>>>({});
  const { act, dialog } = useRoundAct(round);
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => [
      ...(isThem ? [] : ['isThem']),
      ...(birthDateOf(birth) ? [] : ['birthDate']),
      ...parts.filter((part) => readiness[part] === undefined),
      ...(wiped ? [] : ['wiped']),
      ...(knows ? [] : ['acknowledged']),
    ],
    async () => {
      const { hearingAids = 'notNeeded', glasses = 'notNeeded', quiet = 'notNeeded', light = 'notNeeded' } = readiness;
      const body = {
        name,
        birthDate: birthDateOf(birth) ?? '',
        wiped: true as const,
        acknowledged: true as const,
        readiness: { hearingAids, glasses, quiet, light, soundHeard: heard },
      };
      await api('POST /api/rounds/:roundId/items/:itemId/open', { params: { roundId: round.id, itemId: item.id }, body });
      await act(async () => undefined);
    },
  );
  const doctor = round.doctor.name ?? round.doctor.place;
  const { snapshot } = useView(useSession());
  const doctorHere = snapshot?.people.some(({ host, presence }) => host && presence === 'room') ?? true;
  return (
    <form onSubmit={onSubmit} noValidate>
      <Card title={t('round.openTitle')} id="open">
        <div data-field="isThem">
          <Check checked={isThem} onChange={setIsThem} error={errorOf('isThem')}>
            {t('round.isThem', { name })}
          </Check>
        </div>
        <Field
          name="birthDate"
          label={t('round.birthDate')}
          hint={t('round.birthDateHint')}
          inputMode="numeric"
          autoComplete="off"
          value={birth}
          onChange={setBirth}
          error={errorOf('birthDate') && (birth.trim() && !birthDateOf(birth) ? t('round.birthDateEight') : errorOf('birthDate'))}
          maxLength={10}
        />
        {parts.map((part) => (
          <div key={part}>
            <Radios
              field={part}
              beside
              legend={t(`round.ready.${part}`)}
              value={readiness[part] ?? null}
              onChange={(value) => setReadiness({ ...readiness, [part]: value })}
              options={(['yes', 'no', 'notNeeded'] as const).map((value) => ({ value, label: t(`round.${value}`) }))}
            />
            {errorOf(part) && <Notice look="problem">{errorOf(part)}</Notice>}
          </div>
        ))}
        <SoundCheck onHeard={setHeard} />
        <div data-field="wiped">
          <Check checked={wiped} onChange={setWiped} error={errorOf('wiped')}>
            {t('round.wiped')}
          </Check>
        </div>
        <div data-field="acknowledged">
          <Check checked={knows} onChange={setKnows} error={errorOf('acknowledged')}>
            {t('round.knows', { doctor })}
          </Check>
        </div>
        {!doctorHere && <Notice>{t('round.doctorAway')}</Notice>}
        {words && <Notice look="problem">{words}</Notice>}
        <Button type="submit" look="primary" wide disabled={busy} icon={<DoorOpen aria-hidden size={24} />}>
          {t('round.openDoor', { name })}
        </Button>
        <p className={css.soft}>{t('round.openLead')}</p>
      </Card>
      {dialog}
    </form>
  );
}
