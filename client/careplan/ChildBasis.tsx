import { useState } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import type { ChildBasis as Basis } from '../../contract/planAfter.ts';
import { childWays } from '../../contract/planKinds.ts';
import { endedStates } from '../../contract/planSteps.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Card, Facts } from '../ui/Card.tsx';
import { Radios } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import css from './CarePlan.module.css';
import { usePlanAct } from './usePlan.ts';
import { useRelatives } from './YesForm.tsx';

/** Of a child: how they were heard, and what each guardian says; before the yes, and whenever it changes. */
export function ChildBasis({ plan }: { plan: CarePlan }) {
  const { t } = useWords();
  const [writing, setWriting] = useState(false);
  const guardians = useRelatives(plan).filter(({ role }) => role === 'guardian');
  const { child, state } = plan;
  const nameOf = (relativeId: string): string => guardians.find(({ id }) => id === relativeId)?.name ?? '';
  return (
    <Card title={t('carePlan.child.title')} id="child">
      {!child && !writing && <p>{t('carePlan.child.lead')}</p>}
      {child && !writing && (
        <Facts
          facts={[
            [t('carePlan.child.way'), t(`carePlan.child.ways.${child.way}`)],
            [t('carePlan.child.view'), child.view],
            [t('carePlan.child.maturity'), child.maturity],
            ...child.guardians.map(({ relativeId, yes, words }): [string, string] => [
              nameOf(relativeId),
              `${t(yes ? 'carePlan.child.yes' : 'carePlan.child.no')} ${words}`.trim(),
            ]),
            [t('carePlan.child.why'), child.why],
          ]}
        />
      )}
      {child?.guardians.some(({ yes }) => !yes) && !writing && <Notice>{t('carePlan.child.disagree')}</Notice>}
      {writing ? (
        <Form plan={plan} guardians={guardians} onDone={() => setWriting(false)} />
      ) : (
        !endedStates.includes(state) && (
          <div>
            <Button look={child ? 'plain' : 'primary'} onClick={() => setWriting(true)}>
              {t(child ? 'edit.change' : 'carePlan.child.write')}
            </Button>
          </div>
        )
      )}
    </Card>
  );
}

/** Null: not answered yet; nobody's yes is taken for granted. */
type Said = { relativeId: string; yes: boolean | null; words: string };
type FormProps = { plan: CarePlan; guardians: { id: string; name: string }[]; onDone: () => void };

function Form({ plan, guardians, onDone }: FormProps) {
  const { t } = useWords();
  const { act } = usePlanAct(plan);
  const [basis, setBasis] = useState<Basis>(() => plan.child ?? { way: 'saidThemselves', view: '', maturity: '', guardians: [], why: '' });
  const set = (part: Partial<Basis>): void => setBasis((now) => ({ ...now, ...part }));
  const [said, setSaid] = useState<Said[]>(() => plan.child?.guardians ?? []);
  const saidBy = (relativeId: string): Said => said.find((one) => one.relativeId === relativeId) ?? { relativeId, yes: null, words: '' };
  const say = (relativeId: string, part: Partial<Said>): void =>
    setSaid(guardians.map(({ id }) => (id === relativeId ? { ...saidBy(id), ...part } : saidBy(id))));
  const answered = guardians.flatMap(({ id }) => {
    const { yes, words } = saidBy(id);
    return yes === null ? [] : [{ relativeId: id, yes, words }];
  });
  const refused = answered.some(({ yes }) => !yes);
  const heard = basis.way === 'saidThemselves' || basis.way === 'throughOther';
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () =>
      [
        heard && !basis.view.trim() ? 'view' : undefined,
        basis.way === 'notMature' && !basis.maturity.trim() ? 'maturity' : undefined,
        answered.length < guardians.length ? 'guardians' : undefined,
        refused && !basis.why.trim() ? 'why' : undefined,
      ].filter((name) => name !== undefined),
    async () => {
      const body = { ...basis, guardians: answered, basedOn: plan.version };
      await api('PUT /api/care-plans/:planId/child', { params: { planId: plan.id }, body });
      await act(async () => undefined);
      onDone();
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate className={css.group} aria-label={t('carePlan.child.title')}>
      <Radios
        legend={t('carePlan.child.way')}
        value={basis.way}
        onChange={(way) => set({ way })}
        options={childWays.map((value) => ({ value, label: t(`carePlan.child.ways.${value}`) }))}
      />
      <Field
        name="view"
        rows={2}
        label={t('carePlan.child.view')}
        value={basis.view}
        onChange={(view) => set({ view })}
        error={errorOf('view')}
        maxLength={2_000}
      />
      <Field
        name="maturity"
        rows={2}
        label={t('carePlan.child.maturity')}
        value={basis.maturity}
        onChange={(maturity) => set({ maturity })}
        error={errorOf('maturity')}
        maxLength={500}
      />
      {guardians.length === 0 && <Notice>{t('carePlan.child.noGuardians')}</Notice>}
      {guardians.map(({ id, name }) => (
        <div key={id} className={card.fold}>
          <Radios
            legend={t('carePlan.child.guardianSays', { name })}
            value={saidBy(id).yes === null ? null : saidBy(id).yes ? 'yes' : 'no'}
            onChange={(value) => say(id, { yes: value === 'yes' })}
            beside
            options={(['yes', 'no'] as const).map((value) => ({ value, label: t(`carePlan.child.${value}`) }))}
          />
          <Field
            name={`words-${id}`}
            label={t('carePlan.child.guardianWords', { name })}
            value={saidBy(id).words}
            onChange={(text) => say(id, { words: text })}
            maxLength={500}
          />
        </div>
      ))}
      {(refused || basis.why) && (
        <Field
          name="why"
          rows={2}
          label={t('carePlan.child.why')}
          hint={t('carePlan.child.whyHint')}
          value={basis.why}
          onChange={(why) => set({ why })}
          error={errorOf('why')}
          maxLength={2_000}
        />
      )}
      {errorOf('guardians') && <Notice look="problem">{errorOf('guardians')}</Notice>}
      <FormEnd words={words} busy={busy} onCancel={onDone} />
    </form>
  );
}
