import { ImageOff, Phone, X } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { goodLine, gradeOfLine, gradeOfTracks } from '../../contract/line.ts';
import type { LineState } from '../../contract/media.ts';
import type { Quality, TrackQuality } from '../../contract/quality.ts';
import type { ParticipantView, VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { DeviceRow } from '../lobby/DeviceRow.tsx';
import { SpeakerTest } from '../lobby/SpeakerTest.tsx';
import { Button } from '../ui/Button.tsx';
import { Facts } from '../ui/Card.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { useNameOf } from '../ui/person.ts';
import { useQuality, useSession, useView } from '../visit/useVisit.ts';
import { LineSign } from './LineSign.tsx';
import css from './PeoplePanel.module.css';
import { isStaff } from './roles.ts';

/** One's devices, what to do without on a poor line, and how it is with everyone's. */
export default function LinePanel({ snapshot, onClose }: { snapshot: VisitSnapshot; onClose: () => void }) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const session = useSession();
  const quality = useQuality(session);
  const { lines } = useView(session);
  const others = snapshot.people.filter(({ id, presence }) => id !== snapshot.you.id && (presence === 'room' || presence === 'returning'));
  return (
    <aside className={css.panel} aria-label={t('line.control')}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {t('line.control')}
        </h2>
        <button type="button" className={css.close} aria-label={t('app.close')} onClick={onClose}>
          <X aria-hidden size={26} />
        </button>
      </header>
      <section className={css.add}>
        <DeviceRow device="camera" />
        {snapshot.you.companionOf === null && <DeviceRow device="microphone" />}
        <SpeakerTest />
        <Choices />
      </section>
      {isStaff(snapshot.you.role) && !snapshot.phone && <CallInstead onDone={onClose} />}
      {quality && (
        <section className={css.group} aria-label={t('line.yours')}>
          <h3>{t('line.yours')}</h3>
          <Own quality={quality} line={lines.get(snapshot.you.id) ?? goodLine} />
          {others.map((person) => (
            <Other key={person.id} person={person} tracks={quality.tracks.filter(({ participantId }) => participantId === person.id)} />
          ))}
        </section>
      )}
    </aside>
  );
}

function Choices() {
  const { t } = useWords();
  const session = useSession();
  const { soundOnly } = useSyncExternalStore(session.pictures.view.subscribe, session.pictures.view.get);
  return (
    <Button icon={<ImageOff aria-hidden size={22} />} aria-pressed={soundOnly} onClick={() => void session.pictures.soundOnly(!soundOnly)}>
      {t('line.soundOnly')}
    </Button>
  );
}

const kilobits = (bps: number): string => `${Math.round(bps / 1_000)} kbit/s`;
const percent = (part: number): string => `${Math.round(part * 100)} %`;

function Own({ quality: { own }, line }: { quality: Quality; line: LineState }) {
  const { t } = useWords();
  return (
    <div className={css.line}>
      <LineSign spelled grade={gradeOfLine(own, line)} />
      <Facts
        facts={[
          [t('line.way'), own.way && t(`line.way_${own.way}`)],
          [t('line.roundTrip'), own.roundTripMs !== null && `${own.roundTripMs} ms`],
          [t('line.sent'), kilobits(own.sentBps)],
          [t('line.available'), own.availableBps !== null && kilobits(own.availableBps)],
          [t('line.loss'), percent(own.loss)],
        ].map(([label, value]) => [String(label), value || null])}
      />
    </div>
  );
}

function Other({ person, tracks }: { person: ParticipantView; tracks: TrackQuality[] }) {
  const { t } = useWords();
  const name = useNameOf()(person);
  return (
    <div className={css.line}>
      <h4>{name}</h4>
      <LineSign spelled grade={gradeOfTracks(tracks, 1_000)} />
      <details>
        <summary>{t('line.figuresOf', { name })}</summary>
        {tracks.map((track) => (
          <Facts
            key={track.source}
            facts={[
              [t(`line.source_${track.source}`), kilobits(track.bitrateBps)],
              [t('line.loss'), percent(track.loss)],
              [t('line.jitter'), `${track.jitterMs} ms`],
              [t('line.concealed'), track.source === 'microphone' ? percent(track.concealment) : null],
              [t('line.size'), track.width > 0 ? `${track.width} × ${track.height}, ${Math.round(track.framesPerSecond)}/s` : null],
              [t('line.layer'), track.layer === null ? null : t('line.layerOf', { layer: track.layer + 1 })],
              [t('line.frozen'), track.source === 'microphone' ? null : `${track.freezeMs} ms`],
            ]}
          />
        ))}
      </details>
    </div>
  );
}

/** The last way out: the telephone. */
function CallInstead({ onDone }: { onDone: () => void }) {
  const { t } = useWords();
  const session = useSession();
  const [asking, setAsking] = useState(false);
  return (
    <section className={css.group} aria-label={t('line.call')}>
      <Button icon={<Phone aria-hidden size={22} />} wide onClick={() => setAsking(true)}>
        {t('line.call')}
      </Button>
      {asking && (
        <Confirm title={t('line.callTitle')} text={t('line.callText')} onClose={() => setAsking(false)}>
          <Button
            look="primary"
            onClick={() => {
              setAsking(false);
              void session.perform('visit:toPhone', {}).then((done) => done && onDone()); // what it says is behind the panel on a phone
            }}
          >
            {t('line.callDo')}
          </Button>
        </Confirm>
      )}
    </section>
  );
}
