import { LogOut, Menu } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect, useId, useRef, useState } from 'react';
import { NavLink } from 'react-router';
import type { Me } from '../../contract/identity.ts';
import { useDemo } from '../app/about.ts';
import { powersOf, useLogOut, useMe } from '../app/me.ts';
import { openBook, useWords } from '../app/words.ts';
import { Button } from './Button.tsx';
import { LanguageSelect } from './LanguageSelect.tsx';
import css from './Page.module.css';
import { useRoleAndPlace } from './person.ts';

const OfflineBar = lazy(async () => (await Promise.all([import('../offline/OfflineBar.tsx'), openBook('office')]))[0]);

/** The frame of every screen but the room: who is logged in, the language, one heading. */
export function Page({ title, children, narrow, wide }: { title: string; children: ReactNode; narrow?: boolean; wide?: boolean }) {
  const { t } = useWords();
  const me = useMe();
  const heading = useRef<HTMLHeadingElement>(null);
  const content = useId(); // a locked page lies hidden beneath the one that says so
  const staff = me?.kind === 'staff';
  const [unfolded, setUnfolded] = useState(false); // on a phone; elsewhere all of it has room
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
    heading.current?.focus({ preventScroll: true });
  }, [title, t]);
  return (
    <div className={css.page}>
      <a className={css.skip} href={`#${content}`}>
        {t('app.skip')}
      </a>
      <header className={css.header} data-folded={staff && !unfolded}>
        <span className={css.brand}>
          <img src="/favicon.svg" alt="" width={34} height={34} />
          {t('app.name')}
        </span>
        {staff && (
          <button type="button" className={css.menu} aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
            <Menu aria-hidden size={24} /> {t('app.menu')}
          </button>
        )}
        {staff && !me.locked && <Ways me={me} />}
        <Self />
        <LanguageSelect />
      </header>
      {staff && (
        <Suspense>
          <OfflineBar />
        </Suspense>
      )}
      <main id={content} className={`${css.main} ${narrow ? css.narrow : wide ? css.wide : ''}`}>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </main>
    </div>
  );
}

/** Where staff go; a guest has the one visit and needs none. */
function Ways({ me }: { me: Me }) {
  const { t } = useWords();
  const { care, takesPart, administers, installs, registers, reviews } = powersOf(me);
  const demo = useDemo();
  return (
    <nav className={css.ways} aria-label={t('app.ways')}>
      {takesPart && <NavLink to="/today">{t('app.today')}</NavLink>}
      {care.length > 0 && <NavLink to="/calendar">{t('app.calendar')}</NavLink>}
      {care.length > 0 && <NavLink to="/book">{t('app.book')}</NavLink>}
      {care[0] && <NavLink to={`/units/${care[0].unitId}/plan`}>{t('app.plan')}</NavLink>}
      {takesPart && <NavLink to="/care-plans">{t('app.carePlans')}</NavLink>}
      {takesPart && <NavLink to="/schedule">{t('app.schedule')}</NavLink>}
      {(care.length > 0 || registers) && <NavLink to="/patients">{t('app.patients')}</NavLink>}
      {administers && <NavLink to="/units">{t('app.units')}</NavLink>}
      {administers && <NavLink to="/agreements">{t('app.agreements')}</NavLink>}
      {reviews && <NavLink to="/reviews">{t('app.reviews')}</NavLink>}
      {installs && <NavLink to="/installation">{t('app.installation')}</NavLink>}
      {demo && takesPart && <NavLink to="/outbox">{t('app.outbox')}</NavLink>}
    </nav>
  );
}

function Self() {
  const { t } = useWords();
  const me = useMe();
  const logOut = useLogOut();
  const roleAndPlace = useRoleAndPlace();
  const demo = useDemo();
  if (!me) return <span className={css.self}>{demo && <span className={css.badge}>{t('app.synthetic')}</span>}</span>;
  return (
    <span className={css.self}>
      {me.synthetic && <span className={css.badge}>{t('app.synthetic')}</span>}
      <span>{me.name ?? roleAndPlace({ role: me.assignments[0]?.role ?? null, place: me.place })}</span>
      {me.choices.length > 1 && !me.locked && (
        <NavLink to="/assignment">{me.assignments[0]?.unitName ?? t('app.chooseAssignment')}</NavLink>
      )}
      {me.onlyVisitId === null && !me.locked && <NavLink to="/my-login">{t('app.myLogin')}</NavLink>}
      {me.kind === 'staff' && <NavLink to="/switch">{t('app.switch')}</NavLink>}
      <Button look="quiet" icon={<LogOut aria-hidden size={20} />} onClick={logOut}>
        {t('app.logOut')}
      </Button>
    </span>
  );
}
