import { useEffect, useState } from 'react';
import type { VisitRecord } from '../../contract/record.ts';
import { api } from '../app/api.ts';
import { newId } from '../media/newId.ts';
import { NoteField } from '../office/NoteField.tsx';

/** One's own note beside the pictures, about the patient of this visit and no other. */
export function RoomNote({ visitId }: { visitId: string }) {
  const [record, setRecord] = useState<VisitRecord | null>(null);
  const [noteId] = useState(newId);
  useEffect(() => {
    let current = true;
    api('GET /api/visits/:visitId', { params: { visitId } }).then(
      (found) => current && setRecord(found),
      () => undefined, // without it there is no note; the visit goes on
    );
    return () => {
      current = false;
    };
  }, [visitId]);
  if (!record?.may.document) return null;
  return (
    <NoteField
      visitId={visitId}
      patientId={record.patientId}
      noteId={record.note?.id ?? noteId}
      patientName={record.patient.name}
      stored={record.note}
    />
  );
}
