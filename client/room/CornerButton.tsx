import type { Pin } from 'lucide-react';
import css from './Stage.module.css';

type Props = { icon: typeof Pin; label: string; pressed?: boolean; onClick: () => void };

/** A small tool in the corner of a picture. */
export const CornerButton = ({ icon: Icon, label, pressed, onClick }: Props) => (
  <button type="button" className={css.pin} aria-pressed={pressed} aria-label={label} title={label} onClick={onClick}>
    <Icon aria-hidden size={22} />
  </button>
);
