import { Bandage, Eye, Footprints, Hand, MessageCircleQuestion, Pill, Smile, Wind } from 'lucide-react';
import type { Asked } from '../../contract/examination.ts';
import type { View } from '../../contract/examining.ts';
import { useWords } from '../app/words.ts';

export const iconOf = {
  wound: Bandage,
  skin: Hand,
  gait: Footprints,
  pupils: Eye,
  breathing: Wind,
  mouth: Smile,
  medicines: Pill,
  other: MessageCircleQuestion,
} as const satisfies Record<View, unknown>;

/** What is asked for, as it is said to whoever stands beside the patient. */
export function useAskWords(): (asked: Asked) => string {
  const { t } = useWords();
  return ({ view, words, site }) => {
    const [what, where] = [view === 'other' ? '' : t(`viewSays.${view}`), site ? `${t(`site.${site}`)}.` : ''];
    return [what, where, words].filter(Boolean).join(' ');
  };
}
