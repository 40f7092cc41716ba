export * from './audit.ts';
export * from './people.ts';
export * from './visits.ts';
