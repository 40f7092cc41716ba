/** The same browser's other pages of the product: they share one session. */

/** `changed`: somebody else is logged in, or nobody. `proved`: who is logged in has shown again who they are. */
export type News = 'changed' | 'proved';

const channel = new BroadcastChannel('samrum');

export const tellOtherPages = (news: News): void => channel.postMessage(news);

/** @returns how to stop listening. */
export function hearOtherPages(hear: (news: News) => void): () => void {
  const listener = ({ data }: MessageEvent<News>): void => hear(data);
  channel.addEventListener('message', listener);
  return () => channel.removeEventListener('message', listener);
}
