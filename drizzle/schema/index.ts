export * from './audit.ts';
export * from './media.ts';
export * from './patients.ts';
export * from './people.ts';
export * from './quality.ts';
export * from './records.ts';
export * from './units.ts';
export * from './visits.ts';
