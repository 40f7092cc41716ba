import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import type { PartyView } from '../../contract/planParties.ts';
import type { Area } from '../../contract/planParts.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { newId } from '../media/newId.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Check } from '../ui/Choices.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { useAreaNames } from './AreaChecks.tsx';
import { emptyItem, type ItemDraft, ItemFields, wrongItem } from './ItemFields.tsx';
import { OthersChanged, useOthersChanged } from './OthersChanged.tsx';
import { usePlanAct } from './usePlan.ts';

type Draft = ItemDraft & { id: string; partyIds: string[] };

const mayHear = ({ areas }: PartyView, about: readonly Area[]): boolean => about.every((area) => areas?.includes(area));

/** As it is; where there is none yet, as the plan's template has it, with those there that it names. */
function draftsOf({ agenda, template, parties }: CarePlan): Draft[] {
  if (agenda.length > 0) return agenda.map((item) => ({ ...item, minutes: String(item.minutes) }));
  if (!template || template.items.length === 0) return [{ ...emptyItem, id: newId(), partyIds: [] }];
  return template.items.map(({ title, minutes, areas, kinds }) => ({
    ...{ id: newId(), title, minutes: String(minutes), areas },
    partyIds: parties.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id), // of them, those who may hear
  }));
}

/** All items at once. Who may not be told of an area of an item cannot be put on it. */
export function AgendaForm({ plan, onDone }: { plan: CarePlan; onDone: () => void }) {
  const { t } = useWords();
  const { act } = usePlanAct(plan);
  const names = useAreaNames();
  const [items, setItems] = useState(() => draftsOf(plan));
  const others = useOthersChanged(plan.agenda);
  const { onSubmit, busy, field, words } = useSubmit(
    () => (others.changed ? 'agenda' : wrongItem(items)),
    async () => {
      const told = items.map(({ minutes, ...item }) => ({
        ...item,
        minutes: Number(minutes),
        partyIds: plan.parties.filter((party) => item.partyIds.includes(party.id) && mayHear(party, item.areas)).map(({ id }) => id),
      }));
      await api('PUT /api/care-plans/:planId/agenda', { params: { planId: plan.id }, body: { items: told, basedOn: plan.version } });
      await act(async () => undefined);
      onDone();
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate style={{ display: 'contents' }} aria-label={t('carePlan.agenda')}>
      <p>{t('carePlan.agendaLead')}</p>
      <ItemFields items={items} onItems={setItems} wrong={field}>
        {({ areas, partyIds }, set) =>
          plan.parties.map((party) =>
            mayHear(party, areas) ? (
              <Check
                key={party.id}
                checked={partyIds.includes(party.id)}
                onChange={(on) => set({ partyIds: on ? [...partyIds, party.id] : partyIds.filter((id) => id !== party.id) })}
              >
                {party.name}
              </Check>
            ) : (
              <p key={party.id} className={card.soft}>
                {t('carePlan.mayNotHear', { name: party.name, areas: names(areas.filter((area) => !party.areas?.includes(area))) })}
              </p>
            ),
          )
        }
      </ItemFields>
      <div>
        <Button
          icon={<Plus aria-hidden size={22} />}
          onClick={() => setItems((now) => [...now, { ...emptyItem, id: newId(), partyIds: [] }])}
        >
          {t('carePlan.addItem')}
        </Button>
      </div>
      {others.changed && (
        <OthersChanged
          onMine={others.seen}
          onTheirs={() => {
            setItems(draftsOf(plan));
            others.seen();
          }}
        />
      )}
      <FormEnd words={words} busy={busy || others.changed} onCancel={onDone} />
    </form>
  );
}
