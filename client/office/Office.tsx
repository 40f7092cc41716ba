import type { ReactNode } from 'react';
import { Navigate } from 'react-router';
import { codeOf } from '../app/api.ts';
import { homeOf, mustChoose, mustEnrol, powersOf, useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Loading } from '../ui/Loading.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';
import { Queries } from './Queries.tsx';

type Props = {
  title: string;
  for: 'takesPart' | 'administers' | 'installs' | 'reviews' | 'ownPage' | 'anyStaff' | 'anyone';
  narrow?: boolean;
  wide?: boolean;
  children: ReactNode;
};

/** The frame of pages behind a login. */
export function Office({ title, for: wanted, narrow = false, wide = false, children }: Props) {
  return (
    <Behind title={title} for={wanted}>
      <Page title={title} narrow={narrow} wide={wide}>
        {children}
      </Page>
    </Behind>
  );
}

/** Behind a login, and nothing around it. */
export function Behind({ title, for: wanted, children }: Pick<Props, 'title' | 'for' | 'children'>) {
  const me = useMe();
  if (me === undefined) return <Loading />;
  if (!me) return <Navigate to="/" replace />;
  if (mustEnrol(me)) return <Navigate to="/my-login" replace />;
  if (mustChoose(me)) return <Navigate to="/assignment" replace state={{ to: location.pathname + location.search }} />;
  const powers = powersOf(me);
  const allowed = wanted === 'anyone' || (wanted === 'anyStaff' ? me.kind === 'staff' : powers[wanted]);
  if (!allowed) return homeOf(me) === location.pathname ? <Page title={title}>{null}</Page> : <Navigate to={homeOf(me)} replace />;
  return <Queries>{children}</Queries>;
}

/** Draws what was fetched, or says that it is on its way or why it is not there. */
export function Fetched<T>({
  of: { data, error, isPending },
  children,
}: {
  of: { data: T | undefined; error: Error | null; isPending: boolean };
  children: (data: T) => ReactNode;
}) {
  const { t } = useWords();
  if (isPending) return <p role="status">{t('app.loading')}</p>;
  return (
    <>
      {error && <Notice look="problem">{t(`error.${codeOf(error)}`)}</Notice>}
      {data !== undefined && children(data)}
    </>
  );
}
