import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { Waiting } from '../offline/Waiting.tsx';
import panel from '../room/PeoplePanel.module.css';
import { isBedside, isStaff } from '../room/roles.ts';
import { Notice } from '../ui/Notice.tsx';
import { useNameOf } from '../ui/person.ts';
import { useGestures, useSession } from '../visit/useVisit.ts';
import { AskForView } from './AskForView.tsx';
import { CameraTools, offersTools } from './CameraTools.tsx';
import css from './Examining.module.css';
import { OwnTools } from './OwnTools.tsx';
import StillsList from './StillsList.tsx';

/** Eyes and hands: what is asked to be shown, by which camera, and the pictures that are kept. */
export default function ExaminationPanel({ snapshot, onClose }: { snapshot: VisitSnapshot; onClose: () => void }) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { you } = snapshot;
  const beside = isBedside(you);
  return (
    <aside className={panel.panel} aria-label={t('examine.title')}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {t('examine.title')}
        </h2>
        <button type="button" className={panel.close} aria-label={t('app.close')} onClick={onClose}>
          <X aria-hidden size={26} />
        </button>
      </header>
      <Waiting visitId={snapshot.visitId} />
      {beside ? <OwnTools snapshot={snapshot} /> : <AskForView snapshot={snapshot} />}
      {!beside && <CamerasBeside snapshot={snapshot} />}
      {isStaff(you.role) && <StillsList visitId={snapshot.visitId} stamp={snapshot.stillsAt} />}
    </aside>
  );
}

/** Cameras beside the patient, set from here. */
function CamerasBeside({ snapshot: { people } }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const nameOf = useNameOf();
  const { devices } = useGestures(session);
  return people
    .filter((person) => isBedside(person) && person.presence === 'room' && devices.has(person.id))
    .map((person) => {
      const theirs = devices.get(person.id);
      if (!theirs || !(theirs.bodySounds || offersTools(theirs))) return null;
      const title = t('examine.camerasOf', { name: nameOf(person) });
      return (
        <section key={person.id} className={css.part} aria-label={title}>
          <h3>{title}</h3>
          {theirs.bodySounds && <Notice>{t('examine.headphones', { name: nameOf(person) })}</Notice>}
          <CameraTools devices={theirs} onWish={(wish) => void session.perform('camera:wish', { participantId: person.id, ...wish })} />
        </section>
      );
    });
}
