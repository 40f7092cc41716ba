import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Area } from '../../contract/planParts.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Field } from '../ui/Field.tsx';
import { AreaChecks } from './AreaChecks.tsx';

export type ItemDraft = { title: string; minutes: string; areas: Area[] };
export const emptyItem: ItemDraft = { title: '', minutes: '10', areas: [] };

/** The name of the first field that is wrong. */
export function wrongItem(items: readonly ItemDraft[]): string | undefined {
  const nr = items.findIndex(({ title, minutes }) => !title.trim() || !(Number(minutes) >= 1 && Number(minutes) <= 240));
  return nr < 0 ? undefined : `${items[nr]?.title.trim() ? 'minutes' : 'title'}${nr}`;
}

type Props<T extends ItemDraft> = {
  items: T[];
  onItems: (items: T[]) => void;
  wrong: string | undefined; // as `wrongItem` says
  children: (item: T, set: (part: Partial<T>) => void) => ReactNode; // who takes part
};

/** What is talked of, in order. */
export function ItemFields<T extends ItemDraft>({ items, onItems, wrong, children }: Props<T>) {
  const { t } = useWords();
  const move = (from: number, to: number): void => onItems(items.toSpliced(from, 1).toSpliced(to, 0, ...items.slice(from, from + 1)));
  return items.map((item, nr) => {
    const set = (part: Partial<T>): void => onItems(items.with(nr, { ...item, ...part }));
    const own = (part: Partial<ItemDraft>): void => set(part as Partial<T>);
    return (
      <section key={nr} className={card.fold} aria-label={t('carePlan.itemNr', { nr: nr + 1 })}>
        <div className={card.pair}>
          <Field
            name={`title${nr}`}
            label={t('carePlan.itemTitle', { nr: nr + 1 })}
            value={item.title}
            onChange={(title) => own({ title })}
            error={wrong === `title${nr}` ? t('carePlan.wrong.title') : undefined}
            maxLength={120}
          />
          <Field
            name={`minutes${nr}`}
            label={t('carePlan.itemMinutes', { nr: nr + 1 })}
            inputMode="numeric"
            value={item.minutes}
            onChange={(minutes) => own({ minutes })}
            error={wrong === `minutes${nr}` ? t('carePlan.wrong.minutes') : undefined}
            maxLength={3}
          />
        </div>
        <AreaChecks legend={t('carePlan.isAbout')} chosen={item.areas} onChange={(areas) => own({ areas })} />
        <fieldset data-field={`items.${nr}`}>
          <legend>
            <strong>{t('carePlan.whoTakesPart')}</strong>
          </legend>
          <p className={card.soft}>{t('carePlan.always')}</p>
          {children(item, set)}
        </fieldset>
        <div className={card.row}>
          {nr > 0 && (
            <Button
              aria-label={t('carePlan.earlier', { nr: nr + 1 })}
              icon={<ArrowUp aria-hidden size={22} />}
              onClick={() => move(nr, nr - 1)}
            />
          )}
          {nr < items.length - 1 && (
            <Button
              aria-label={t('carePlan.later', { nr: nr + 1 })}
              icon={<ArrowDown aria-hidden size={22} />}
              onClick={() => move(nr, nr + 1)}
            />
          )}
          <Button
            look="quiet"
            icon={<Trash2 aria-hidden size={22} />}
            aria-label={t('carePlan.dropItem', { nr: nr + 1 })}
            onClick={() => onItems(items.toSpliced(nr, 1))}
          >
            {t('carePlan.remove')}
          </Button>
        </div>
      </section>
    );
  });
}
