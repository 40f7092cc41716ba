import type { ParticipantView, Role } from '../../contract/visits.ts';

/** These mirror the server's policies only to hide a button. */
const staff: Role[] = ['remotePhysician', 'physician', 'nurse', 'assistantNurse', 'careCoordinator', 'needsAssessor', 'unitHead'];

export const isStaff = (role: Role): boolean => staff.includes(role);

/** The patient, or somebody beside them. */
export const isBedside = ({ role, atBedside }: Pick<ParticipantView, 'role' | 'atBedside'>): boolean => atBedside || role === 'patient';
