import { useEffect, useRef, useState } from 'react';
import { codeOf } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { writeOrKeep } from '../offline/fileOrKeep.ts';
import { PhraseField } from '../phrases/PhraseField.tsx';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';

type Props = {
  visitId: string;
  patientId: string;
  noteId: string;
  patientName: string;
  stored: { text: string; version: number } | null;
};

const pauseMs = 1_200;

/** A note that is kept by itself, a moment after the last key; it names whom it is about. */
export function NoteField({ visitId, patientId, noteId, patientName, stored }: Props) {
  const { t } = useWords();
  const [text, setText] = useState(stored?.text ?? '');
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const [busy, setBusy] = useState(false);
  const [waits, setWaits] = useState(false); // kept on this device until there is a line
  const kept = useRef({ text: stored?.text ?? '', version: stored?.version ?? null });
  const keep = async (): Promise<void> => {
    if (busy || text === kept.current.text) return;
    setBusy(true);
    try {
      const body = { id: noteId, patientId, text, basedOn: kept.current.version };
      const version = await writeOrKeep(visitId, patientName, body);
      kept.current = { text, version: version ?? kept.current.version };
      setWaits(version === null);
      setProblem(null);
    } catch (error) {
      setProblem(codeOf(error));
    }
    setBusy(false);
  };
  const latest = useRef(keep);
  latest.current = keep;
  useEffect(() => {
    if (text === kept.current.text) return;
    const timer = setTimeout(() => void latest.current(), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => () => void latest.current(), []); // what was typed last is kept when the panel is closed
  const clean = !busy && text === kept.current.text;
  return (
    <>
      <PhraseField
        name="note"
        label={t('note.about', { name: patientName })}
        hint={t('note.hint')}
        rows={6}
        maxLength={8_000}
        value={text}
        onChange={setText}
      />
      {problem && (
        <Notice look="problem">
          <p>{t(problem === 'conflict' ? 'note.overtaken' : `error.${problem}`)}</p>
          <Button onClick={() => void keep()}>{t('app.again')}</Button>
        </Notice>
      )}
      <p role="status">{clean && (waits ? t('offline.noteWaits') : kept.current.version !== null && t('note.kept'))}</p>
    </>
  );
}
