import { areas } from '../../contract/planKinds.ts';
import type { Area } from '../../contract/planParts.ts';
import { useWords } from '../app/words.ts';
import { Check } from '../ui/Choices.tsx';
import css from './CarePlan.module.css';

type Props = {
  legend: string;
  chosen: readonly Area[];
  onChange: (chosen: Area[]) => void;
  among?: readonly Area[];
  error?: string | undefined;
  field?: string; // by which an error finds it
};

/** Areas of life: what a part is about, or what a party may be told of. */
export function AreaChecks({ legend, chosen, onChange, among = areas, error, field = 'areas' }: Props) {
  const { t } = useWords();
  return (
    <fieldset data-field={field}>
      <legend>
        <strong>{legend}</strong>
      </legend>
      <div className={css.areas}>
        {among.map((area) => (
          <Check
            key={area}
            checked={chosen.includes(area)}
            onChange={(on) => onChange(on ? [...chosen, area] : chosen.filter((one) => one !== area))}
          >
            {t(`carePlan.area.${area}`)}
          </Check>
        ))}
      </div>
      {error && <p role="alert">{error}</p>}
    </fieldset>
  );
}

/** Areas as badges. */
export function useAreaNames(): (chosen: readonly Area[]) => string {
  const { t } = useWords();
  return (chosen) =>
    areas
      .filter((area) => chosen.includes(area))
      .map((area) => t(`carePlan.area.${area}`))
      .join(', ');
}
