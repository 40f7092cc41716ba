import type { ContactChannel } from '../../contract/messages.ts';
import { useWords } from '../app/words.ts';
import { Radios } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';

const channels = ['none', 'email', 'sms', 'letter'] as const satisfies ContactChannel[];

type Reach = { email: string; channel: ContactChannel };
type Props = {
  draft: Reach;
  hushed?: boolean; // a protected identity
  onEmail: (email: string) => void;
  onChannel: (channel: ContactChannel) => void;
  errorOf: (name: string) => string | undefined;
};

/** How somebody hears of visits, and where mail goes. */
export function ReachFields({ draft, hushed = false, onEmail, onChannel, errorOf }: Props) {
  const { t } = useWords();
  return (
    <>
      {hushed && <Notice>{t('reach.hushed')}</Notice>}
      <Field
        name="email"
        type="email"
        label={t('reach.email')}
        value={draft.email}
        onChange={onEmail}
        error={errorOf('email')}
        maxLength={254}
      />
      <Radios
        legend={t('reach.channel')}
        value={draft.channel}
        onChange={onChannel}
        options={channels.map((value) => ({ value, label: t(`reach.${value}`) }))}
      />
    </>
  );
}
