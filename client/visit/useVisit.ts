import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { Quality } from '../../contract/quality.ts';
import type { GesturesView } from '../media/Gestures.ts';
import type { LocalState } from '../media/LocalMedia.ts';
import { VisitSession, type VisitView } from '../media/VisitSession.ts';

/** The session of this page; null until it is made. It is closed when the page is left. */
export function useNewSession(visitId: string): VisitSession | null {
  const [session, setSession] = useState<VisitSession | null>(null);
  useEffect(() => {
    const made = new VisitSession(visitId);
    setSession(made);
    return () => made.close();
  }, [visitId]);
  return session;
}

export const SessionContext = createContext<VisitSession | null>(null);

export function useSession(): VisitSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error('there is no visit around this component');
  return session;
}

export function useView(session: VisitSession): VisitView {
  return useSyncExternalStore(session.view.subscribe, session.view.get);
}

export function useSpeaks(session: VisitSession, participantId: string): boolean {
  return useSyncExternalStore(session.speaker.subscribe, () => session.speaker.get() === participantId);
}

export function useQuality(session: VisitSession): Quality | null {
  return useSyncExternalStore(session.quality.subscribe, session.quality.get);
}

export function useGestures(session: VisitSession): GesturesView {
  return useSyncExternalStore(session.gestures.view.subscribe, session.gestures.view.get);
}

export function useLocal(session: VisitSession): LocalState {
  return useSyncExternalStore(session.local.state.subscribe, session.local.state.get);
}
