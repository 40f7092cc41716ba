import { CircleAlert, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import css from './Notice.module.css';

/** Words about what is wrong (`problem`) or good to know; a sign beside the colour. Announced when it appears. */
export function Notice({ look = 'info', children }: { look?: 'info' | 'problem'; children: ReactNode }) {
  const Icon = look === 'problem' ? CircleAlert : Info;
  return (
    <div className={`${css.notice} ${css[look]}`} role={look === 'problem' ? 'alert' : 'status'}>
      <Icon aria-hidden size={24} />
      <div>{children}</div>
    </div>
  );
}
