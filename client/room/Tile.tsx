import { EarOff, ImageOff, MicOff, Pen, Pin, Snowflake, UserRound, Volume2 } from 'lucide-react';
import { lazy, Suspense, useRef, useState, useSyncExternalStore } from 'react';
import type { Surface as Place } from '../../contract/examination.ts';
import { goodLine, gradeOfTracks } from '../../contract/line.ts';
import type { LineState } from '../../contract/media.ts';
import type { Bystander, ParticipantView } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Picture } from '../ui/Picture.tsx';
import { useNameOf, useRoleAndPlace } from '../ui/person.ts';
import { useGestures, useQuality, useSession, useSpeaks, useView } from '../visit/useVisit.ts';
import { CornerButton } from './CornerButton.tsx';
import { LineSign } from './LineSign.tsx';
import css from './Stage.module.css';
import { useShownSize } from './useShownSize.ts';

const Surface = lazy(() => import('../examining/Surface.tsx'));

/** What is shown of somebody in a tile of its own. */
export type Source = 'camera' | 'screen' | 'examination';

type Props = {
  person: ParticipantView;
  source: Source;
  size: 'large' | 'small';
  pinned: boolean;
  /** Looked at: the last picture to be left out when the line has no room. */
  foremost: boolean;
  onPin: (participantId: string | null) => void;
  people: ParticipantView[];
  /** Before the same camera, without a device of their own. */
  beside: Bystander[];
  youId: string;
  /** Whoever attends freezes and draws. */
  attends: boolean;
  onFreeze: (surface: Place, video: HTMLVideoElement) => void;
};

/** One person's camera or screen, with who they are and how they are heard. */
export function Tile({ person, source, size, pinned, foremost, onPin, people, beside, youId, attends, onFreeze }: Props) {
  const { t } = useWords();
  const session = useSession();
  const name = useNameOf()(person);
  const { remote, lines, silent } = useView(session);
  const speaking = useSpeaks(session, person.id);
  const sent = remote.get(person.id)?.[source];
  const line = lines.get(person.id) ?? goodLine;
  const { receives, sends: sendsOwn } = lines.get(youId) ?? goodLine;
  const ownGood = receives === 'everything' && sendsOwn === 'everything'; // else how they come in says nothing of their line
  const { soundOnly, off } = useSyncExternalStore(session.pictures.view.subscribe, session.pictures.view.get);
  const element = useRef<HTMLElement>(null);
  const wanted = !soundOnly && !off.has(person.id);
  const sends = sent !== undefined && person.sending.includes(source);
  const roomFor = receives === 'everything' || (receives === 'examination' && foremost);
  const showing = sends && wanted && roomFor && line.sends !== 'speech';
  useShownSize(element, { consumerId: sent?.consumerId, on: sends && wanted, foremost });
  const away = person.presence === 'returning' || line.silent;
  const label = { camera: name, screen: t('room.screenOf', { name }), examination: t('room.secondOf', { name }) }[source];
  const [aspect, setAspect] = useState(0);
  const [pen, setPen] = useState(false);
  const { strokes, pointers } = useGestures(session);
  const marked = [...strokes, ...pointers.values()].some((mark) => mark.participantId === person.id && mark.source === source);
  const place = source === 'screen' || size === 'small' ? null : { participantId: person.id, source };
  const pinLabel = t(pinned ? 'room.unpin' : 'room.pin', { name });
  return (
    <section ref={element} className={`${css.tile} ${css[size]} ${speaking && source === 'camera' ? css.speaking : ''}`} aria-label={label}>
      {showing ? (
        <Picture track={sent.track} label={label} data={{ 'data-participant': person.id, 'data-source': source }} onAspect={setAspect} />
      ) : (
        <div className={css.initial}>
          <UserRound aria-hidden size={size === 'large' ? 72 : 36} />
          <p>{t(whyNoPicture({ sends, expected: person.sending.includes(source), wanted, roomFor, line }), { name })}</p>
          {!wanted && !soundOnly && <Button onClick={() => session.pictures.show(person.id, true)}>{t('line.turnOn')}</Button>}
        </div>
      )}
      {showing && place && (pen || marked) && (
        <Suspense>
          <Surface around={element} place={place} aspect={aspect} pen={pen} youId={youId} />
        </Suspense>
      )}
      {(away || silent) && <p className={css.returning}>{t(away ? 'room.returning' : 'room.standsStill')}</p>}
      <div className={css.label}>
        {source !== 'camera' ? (
          label
        ) : (
          <Who person={person} speaking={speaking} people={people} beside={beside} line={line} heard={!away && !silent && ownGood} />
        )}
      </div>
      {source !== 'screen' && (
        <div className={css.corner}>
          {attends && showing && place && (
            <>
              <CornerButton icon={Pen} label={t('room.pen', { name: label })} pressed={pen} onClick={() => setPen(!pen)} />
              <CornerButton
                icon={Snowflake}
                label={t('room.freeze', { name: label })}
                onClick={() => {
                  const video = element.current?.querySelector('video');
                  if (video) onFreeze(place, video);
                }}
              />
            </>
          )}
          {source === 'camera' && sends && wanted && (
            <CornerButton
              icon={ImageOff}
              label={t('line.turnOff', { name })}
              pressed={false}
              onClick={() => session.pictures.show(person.id, false)}
            />
          )}
          {source === 'camera' && (
            <CornerButton icon={Pin} label={pinLabel} pressed={pinned} onClick={() => onPin(pinned ? null : person.id)} />
          )}
        </div>
      )}
    </section>
  );
}

type Why = { sends: boolean; expected: boolean; wanted: boolean; roomFor: boolean; line: LineState };

type NoPicture = 'room.noCamera' | 'room.pictureComes' | 'line.off' | 'line.theySendSpeech' | 'line.pausedHere';

function whyNoPicture({ sends, expected, wanted, roomFor, line }: Why): NoPicture {
  if (!wanted) return 'line.off';
  if (!sends) return expected ? 'room.pictureComes' : 'room.noCamera';
  return line.sends === 'speech' || roomFor ? 'line.theySendSpeech' : 'line.pausedHere';
}

type WhoProps = Pick<Props, 'person' | 'people' | 'beside'> & { speaking: boolean; line: LineState; heard: boolean };

function Who({ person, speaking, people, beside, line, heard }: WhoProps) {
  const { t } = useWords();
  const nameOf = useNameOf();
  const roleAndPlace = useRoleAndPlace();
  const quality = useQuality(useSession());
  const tracks = quality?.tracks.filter(({ participantId }) => participantId === person.id) ?? [];
  const companionOf = people.find(({ id }) => id === person.companionOf);
  return (
    <>
      <span>{nameOf(person)}</span>
      {person.name && <small>{roleAndPlace(person)}</small>}
      {beside.length > 0 && (
        <small>{t('room.alsoThere', { names: beside.map(({ name, role }) => `${name} (${t(`role.${role}`)})`).join(', ') })}</small>
      )}
      {companionOf ? (
        <span className={css.sign}>
          <EarOff aria-hidden size={18} /> <small>{t('room.silent', { name: nameOf(companionOf) })}</small>
        </span>
      ) : (
        !person.sending.includes('microphone') && (
          <span className={css.sign}>
            <MicOff aria-hidden size={18} /> <span className="visually-hidden">{t('room.muted')}</span>
          </span>
        )
      )}
      {tracks.length > 0 && heard && <LineSign grade={gradeOfTracks(tracks, 1_000)} />}
      {line.receives !== 'everything' && <small>{t(theyReceive[line.receives], { name: nameOf(person) })}</small>}
      {speaking && (
        <span className={css.sign}>
          <Volume2 aria-hidden size={18} /> <span className="visually-hidden">{t('room.speaking')}</span>
        </span>
      )}
    </>
  );
}

const theyReceive = { examination: 'line.theyReceiveExamination', speech: 'line.theyReceiveSpeech' } as const;
