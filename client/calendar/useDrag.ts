import { type PointerEvent, useRef, useState } from 'react';
import type { CalendarEntry } from '../../contract/calendar.ts';
import { minuteOf, minutesAStep } from './layout.ts';

export type Dragged = { entry: CalendarEntry; minute: number; day: string };

const leastPx = 6; // less is a press

/**
 * Drags a visit by its handle up and down the hours, and to another day.
 *
 * @param pxAMinute - how tall a minute is drawn.
 * @param onDrop - where it was let go, if that is elsewhere; a press without a drag comes as where it is.
 */
export function useDrag(pxAMinute: number, onDrop: (dragged: Dragged) => void) {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const from = useRef<{ x: number; y: number } | null>(null);
  const dropped = useRef(false); // the press that a drag ends with is no press
  const handle = (entry: CalendarEntry, day: string) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>): void => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      from.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>): void => {
      const start = from.current;
      if (!start) return;
      const [dx, dy] = [event.clientX - start.x, event.clientY - start.y];
      if (!dragged && Math.hypot(dx, dy) < leastPx) return;
      const under = document.elementsFromPoint(event.clientX, event.clientY).find((one) => one.hasAttribute('data-day'));
      const steps = Math.round(dy / pxAMinute / minutesAStep);
      const minute = Math.min(Math.max(minuteOf(entry.startsAt) + steps * minutesAStep, 0), 24 * 60 - minutesAStep);
      setDragged({ entry, minute, day: under?.getAttribute('data-day') ?? day });
    },
    onPointerUp: (): void => {
      from.current = null;
      dropped.current = dragged !== null;
      if (dragged) onDrop(dragged);
      setDragged(null);
    },
    onClick: (): void => {
      if (!dropped.current) onDrop({ entry, minute: minuteOf(entry.startsAt), day });
      dropped.current = false;
    },
    onPointerCancel: (): void => {
      from.current = null;
      setDragged(null);
    },
  });
  return { dragged, handle };
}
