import { useEffect } from 'react';
import { api } from '../app/api.ts';

/** Reads what the note beside the pictures takes, so that it can be written without a line although it was not opened before. */
export function useReadAhead(visitId: string, wanted: boolean): void {
  useEffect(() => {
    if (wanted) api('GET /api/visits/:visitId', { params: { visitId } }).catch(() => undefined); // then it is read when it is opened
  }, [visitId, wanted]);
}
