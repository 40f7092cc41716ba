import { type RefObject, useEffect } from 'react';
import { useSession } from '../visit/useVisit.ts';

/** Device pixels up to which the quarter and the half of a 1280 pixel wide picture are sharp enough. */
const quarterUpTo = 330;
const halfUpTo = 660;

export function layerFor(widthPx: number): 0 | 1 | 2 {
  if (widthPx <= quarterUpTo) return 0;
  return widthPx <= halfUpTo ? 1 : 2;
}

type Wish = { consumerId: string | undefined; on: boolean; foremost: boolean };

/** Tells the SFU how large this element shows the track: the layer that is needed, and nothing at all while out of sight. */
export function useShownSize(element: RefObject<HTMLElement | null>, { consumerId, on, foremost }: Wish): void {
  const session = useSession();
  useEffect(() => {
    const shown = element.current;
    if (!shown || !consumerId) return;
    const hide = (): void => session.show({ consumerId, on: false, spatialLayer: 0, foremost });
    if (!on) return hide();
    let visible = true;
    let width = shown.clientWidth;
    const tell = (): void =>
      session.show({ consumerId, on: visible && !document.hidden, spatialLayer: layerFor(width * devicePixelRatio), foremost });
    const size = new ResizeObserver(() => {
      width = shown.clientWidth;
      tell();
    });
    const sight = new IntersectionObserver(([entry]) => {
      visible = entry?.isIntersecting ?? true;
      tell();
    });
    size.observe(shown);
    sight.observe(shown);
    document.addEventListener('visibilitychange', tell);
    return () => {
      size.disconnect();
      sight.disconnect();
      document.removeEventListener('visibilitychange', tell);
      hide();
    };
  }, [session, element, consumerId, on, foremost]);
}
