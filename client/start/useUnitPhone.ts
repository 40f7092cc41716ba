import { useEffect, useState } from 'react';
import { api } from '../app/api.ts';

/** The unit that an invitation's number belongs to, as soon as the number is whole; null if it is nobody's. */
export function useUnitPhone(reference: string): { name: string; phone: string } | null {
  const [unit, setUnit] = useState<{ name: string; phone: string } | null>(null);
  useEffect(() => {
    let current = true;
    setUnit(null);
    if (reference.length === 8)
      api('GET /api/unit-phone/:reference', { params: { reference } }).then(
        (found) => current && setUnit(found),
        () => undefined, // the number is in the invitation too
      );
    return () => {
      current = false;
    };
  }, [reference]);
  return unit;
}
