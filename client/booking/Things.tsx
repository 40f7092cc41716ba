import type { ResourceView } from '../../contract/scheduling.ts';
import { useWords } from '../app/words.ts';
import { Check } from '../ui/Choices.tsx';

type Props = { things: ResourceView[]; chosen: string[]; onChange: (ids: string[]) => void };

/** The rooms and the equipment that a visit takes up. */
export function Things({ things, chosen, onChange }: Props) {
  const { t } = useWords();
  if (things.length === 0) return null;
  return (
    <fieldset style={{ display: 'grid', gap: 8 }}>
      <legend style={{ fontWeight: 600 }}>{t('slots.things')}</legend>
      {things.map(({ id, name, kind }) => (
        <Check
          key={id}
          checked={chosen.includes(id)}
          onChange={(on) => onChange(on ? [...chosen, id] : chosen.filter((other) => other !== id))}
        >
          {name} <small>{t(`resource.${kind}`)}</small>
        </Check>
      ))}
    </fieldset>
  );
}
