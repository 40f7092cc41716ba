import { useState } from 'react';
import type { VisitRecord } from '../../contract/record.ts';
import { useWords } from '../app/words.ts';
import { newId } from '../media/newId.ts';
import { NoteField } from '../office/NoteField.tsx';
import { Card } from '../ui/Card.tsx';

/** One's own note, as it stands; it belongs to this patient. */
export function Note({ record }: { record: VisitRecord }) {
  const { t } = useWords();
  const [noteId] = useState(() => record.note?.id ?? newId());
  return (
    <Card title={t('note.title')} id="note">
      <NoteField visitId={record.id} patientId={record.patientId} noteId={noteId} patientName={record.patient.name} stored={record.note} />
    </Card>
  );
}
