import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import { areas, partKinds } from '../../contract/planKinds.ts';
import type { Area, PartKind, PartView } from '../../contract/planParts.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { newId } from '../media/newId.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import { AreaChecks } from './AreaChecks.tsx';
import css from './CarePlan.module.css';
import { Part } from './Part.tsx';
import { useLinkState, usePlanAct } from './usePlan.ts';

/** What a template asked and nobody answered says nothing to whoever reads. */
const said = ({ texts, prompt }: PartView): boolean => prompt === '' || Object.values(texts).some((text) => text.trim() !== '');

/** The plan itself, written by all who are told of each part. */
export function Parts({ plan, onRenew }: { plan: CarePlan; onRenew: () => void }) {
  const { t } = useWords();
  const { connected, unsent, refused } = useLinkState();
  const writes = plan.may.write;
  const shown = partKinds.filter((kind) => writes || plan.parts.some((part) => part.kind === kind && said(part)));
  if (shown.length === 0 || ['need_identified', 'offered', 'declined', 'consented'].includes(plan.state)) return null;
  return (
    <>
      {writes && !connected && <Notice>{t('carePlan.offline')}</Notice>}
      {refused && (
        <Notice look="problem">
          <p>{t('carePlan.notTaken')}</p>
          <Button onClick={onRenew}>{t('carePlan.readAnew')}</Button>
        </Notice>
      )}
      {shown.map((kind) => (
        <Kind key={kind} plan={plan} kind={kind} />
      ))}
      {writes && connected && !refused && (
        <p className={card.soft} role="status">
          {t(unsent ? 'carePlan.keeping' : 'carePlan.kept')}
        </p>
      )}
    </>
  );
}

function Kind({ plan, kind }: { plan: CarePlan; kind: PartKind }) {
  const { t } = useWords();
  const [adding, setAdding] = useState(false);
  const parts = plan.parts.filter((part) => part.kind === kind && (plan.may.write || said(part)));
  return (
    <Card title={t(`carePlan.parts.${kind}`)} id={`parts-${kind}`}>
      <p className={card.soft}>{t(`carePlan.partsLead.${kind}`)}</p>
      {parts.map((part, nr) => (
        <Part key={part.id} plan={plan} part={part} nr={nr + 1} />
      ))}
      {plan.may.write &&
        (adding ? (
          <Add plan={plan} kind={kind} onDone={() => setAdding(false)} />
        ) : (
          <div>
            <Button icon={<Plus aria-hidden size={22} />} onClick={() => setAdding(true)}>
              {t(`carePlan.addPart.${kind}`)}
            </Button>
          </div>
        ))}
    </Card>
  );
}

/** On which areas of life it is: that decides who is told of it. */
function Add({ plan, kind, onDone }: { plan: CarePlan; kind: PartKind; onDone: () => void }) {
  const { t } = useWords();
  const { act, busy, problem } = usePlanAct(plan);
  const [partId] = useState(newId); // a resend is the same part
  const own = plan.parties.find(({ id }) => id === plan.you.partyId)?.areas;
  const [chosen, setChosen] = useState<Area[]>([]);
  const [missing, setMissing] = useState(false);
  const add = async (): Promise<void> => {
    setMissing(chosen.length === 0);
    if (chosen.length === 0) return;
    const body = { partId, kind, areas: chosen };
    if (await act(() => api('POST /api/care-plans/:planId/parts', { params: { planId: plan.id }, body }))) onDone();
  };
  return (
    <section className={card.fold} aria-label={t(`carePlan.addPart.${kind}`)}>
      <AreaChecks
        legend={t('carePlan.isAbout')}
        chosen={chosen}
        onChange={setChosen}
        among={plan.you.whole ? areas : (own ?? [])}
        error={missing ? t('field.areas') : undefined}
      />
      <p className={css.hint}>{t('carePlan.whoIsTold', { names: namesOf(plan, chosen) || t('carePlan.nobodyElse') })}</p>
      {problem && <Notice look="problem">{problem}</Notice>}
      <div className={card.row}>
        <Button look="primary" disabled={busy} onClick={() => void add()}>
          {t('carePlan.add')}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {t('app.cancel')}
        </Button>
      </div>
    </section>
  );
}

/** The parties that may be told of all of these areas, as far as whoever looks knows. */
const namesOf = ({ parties }: CarePlan, chosen: readonly Area[]): string =>
  parties
    .filter(({ areas: told }) => told !== null && chosen.length > 0 && chosen.every((area) => told.includes(area)))
    .map(({ name }) => name)
    .join(', ');
