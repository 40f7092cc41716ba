import { api } from '../app/api.ts';

/** Whose picture it would be, and whether they have said yes to pictures before. */
export type Known = { patientId: string; consented: boolean };

const withinMs = 6_000;

/** Asked as soon as somebody stands at the bed, so that it is known if the line goes. @throws {ApiError} */
export const beforeTaking = (visitId: string): Promise<Known> =>
  api('GET /api/visits/:visitId/stills/taking', { params: { visitId } }, withinMs);
