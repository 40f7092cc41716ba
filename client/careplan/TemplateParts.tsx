import { Plus, Trash2 } from 'lucide-react';
import { partKinds } from '../../contract/planKinds.ts';
import type { TemplatePart } from '../../contract/planTemplates.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { AreaChecks } from './AreaChecks.tsx';

type Props = { parts: TemplatePart[]; onParts: (parts: TemplatePart[]) => void; wrong: string | undefined }; // as `wrongPart` says

/** The name of the first field that is wrong. */
export function wrongPart(parts: readonly TemplatePart[]): string | undefined {
  const nr = parts.findIndex(({ prompt, areas }) => !prompt.trim() || areas.length === 0);
  return nr < 0 ? undefined : `${parts[nr]?.prompt.trim() ? 'about' : 'prompt'}${nr}`;
}

/** What a plan from this template asks. */
export function TemplateParts({ parts, onParts, wrong }: Props) {
  const { t } = useWords();
  return (
    <>
      {parts.map((part, nr) => {
        const set = (change: Partial<TemplatePart>): void => onParts(parts.with(nr, { ...part, ...change }));
        return (
          <section key={nr} className={card.fold} aria-label={t('carePlan.template.partNr', { nr: nr + 1 })}>
            <div className={card.pair}>
              <Field
                name={`prompt${nr}`}
                label={t('carePlan.template.prompt', { nr: nr + 1 })}
                value={part.prompt}
                onChange={(prompt) => set({ prompt })}
                error={wrong === `prompt${nr}` ? t('field.parts') : undefined}
                maxLength={200}
              />
              <Select
                label={t('carePlan.template.partKind', { nr: nr + 1 })}
                value={part.kind}
                onChange={(kind) => set({ kind })}
                options={partKinds.map((value) => ({ value, label: t(`carePlan.parts.${value}`) }))}
              />
            </div>
            <AreaChecks
              legend={t('carePlan.isAbout')}
              field={`about${nr}`}
              chosen={part.areas}
              onChange={(areas) => set({ areas })}
              error={wrong === `about${nr}` ? t('field.parts') : undefined}
            />
            <div>
              <Button
                look="quiet"
                icon={<Trash2 aria-hidden size={22} />}
                aria-label={t('carePlan.template.dropPart', { nr: nr + 1 })}
                onClick={() => onParts(parts.toSpliced(nr, 1))}
              >
                {t('carePlan.remove')}
              </Button>
            </div>
          </section>
        );
      })}
      <div>
        <Button icon={<Plus aria-hidden size={22} />} onClick={() => onParts([...parts, { kind: 'need', areas: [], prompt: '' }])}>
          {t('carePlan.template.addPart')}
        </Button>
      </div>
    </>
  );
}
