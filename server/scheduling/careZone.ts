/** The clock of the units, and of everything that patients are told. The care day is Swedish wherever the clinician sits. */
export const careZone = 'Europe/Stockholm';
