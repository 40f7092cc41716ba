import { type RefObject, useEffect, useState } from 'react';

export type Box = { left: number; top: number; width: number; height: number };

/** Where a picture of this aspect lies in its element, as `object-fit: contain` puts it; CSS px. Null: not known yet. */
export function useContentBox(element: RefObject<HTMLElement | null>, aspect: number): Box | null {
  const [box, setBox] = useState<Box | null>(null);
  useEffect(() => {
    const around = element.current;
    if (!around || !aspect) return setBox(null);
    const measure = (): void => {
      const { clientWidth, clientHeight } = around;
      const width = Math.min(clientWidth, clientHeight * aspect);
      const height = width / aspect;
      setBox({ left: (clientWidth - width) / 2, top: (clientHeight - height) / 2, width, height });
    };
    const size = new ResizeObserver(measure);
    size.observe(around);
    return () => size.disconnect();
  }, [element, aspect]);
  return box;
}
