import { UserRound } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Me } from '../../contract/identity.ts';
import type { Role } from '../../contract/visits.ts';
import { api } from '../app/api.ts';
import { setMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import css from './Identity.module.css';

type OnDevice = { key: string; name: string | null; role: Role | null; here: boolean };
type Props = { me: Me; seat: { visitId: string; tabId: string } | null; onSwitched: (me: Me) => void };

/** A shared tablet: who else is logged in here takes over with a PIN, in a running visit together with the seat. */
export function SwitchUser({ me, seat, onSwitched }: Props) {
  const { t } = useWords();
  const [people, setPeople] = useState<OnDevice[]>([]);
  const [chosen, setChosen] = useState<OnDevice | null>(null);
  useEffect(() => {
    let gone = false;
    api('GET /api/device/people').then(
      (found) => !gone && setPeople(found),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, []);
  const others = people.filter(({ here }) => !here);
  if (others.length === 0) return me.locked ? null : <p>{t('switch.nobody')}</p>;
  return (
    <Card title={t('switch.title')} id="switch">
      <ul className={css.people}>
        {others.map((one) => (
          <li key={one.key}>
            <Button wide aria-pressed={chosen?.key === one.key} icon={<UserRound aria-hidden size={22} />} onClick={() => setChosen(one)}>
              {one.name} {one.role && `(${t(`role.${one.role}`)})`}
            </Button>
          </li>
        ))}
      </ul>
      {chosen && <Pin key={chosen.key} chosen={chosen} seat={seat} onSwitched={onSwitched} />}
    </Card>
  );
}

function Pin({
  chosen,
  seat,
  onSwitched,
}: {
  chosen: OnDevice;
  seat: { visitId: string; tabId: string } | null;
  onSwitched: (me: Me) => void;
}) {
  const { t } = useWords();
  const [pin, setPin] = useState('');
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (/^\d{4,8}$/.test(pin) ? undefined : 'pin'),
    async () => {
      try {
        const now = await api('POST /api/device/switch', { body: { key: chosen.key, pin, seat } });
        setMe(now);
        onSwitched(now);
      } catch (error) {
        setPin('');
        throw error;
      }
    },
  );
  return (
    <form className={css.form} onSubmit={onSubmit} noValidate>
      <Field
        name="pin"
        label={t('switch.pinOf', { name: chosen.name ?? '' })}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        value={pin}
        onChange={setPin}
        maxLength={8}
        error={errorOf('pin')}
      />
      {words && <Notice look="problem">{words}</Notice>}
      <Button type="submit" look="primary" wide disabled={busy}>
        {t('switch.take')}
      </Button>
    </form>
  );
}
