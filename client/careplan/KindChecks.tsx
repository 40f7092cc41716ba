import { partyKinds } from '../../contract/planKinds.ts';
import type { PartyKind } from '../../contract/planParties.ts';
import { useWords } from '../app/words.ts';
import { Check } from '../ui/Choices.tsx';
import css from './CarePlan.module.css';

type Props = { chosen: readonly PartyKind[]; onChange: (chosen: PartyKind[]) => void };

/** Kinds of parties, as templates name them. */
export function KindChecks({ chosen, onChange }: Props) {
  const { t } = useWords();
  return (
    <div className={css.kinds}>
      {partyKinds.map((kind) => (
        <Check
          key={kind}
          checked={chosen.includes(kind)}
          onChange={(on) => onChange(on ? [...chosen, kind] : chosen.filter((one) => one !== kind))}
        >
          {t(`carePlan.partyKind.${kind}`)}
        </Check>
      ))}
    </div>
  );
}
