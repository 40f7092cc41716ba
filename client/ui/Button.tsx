import type { ButtonHTMLAttributes, ReactNode } from 'react';
import css from './Button.module.css';

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: 'primary' | 'plain' | 'danger' | 'quiet';
  icon?: ReactNode;
  wide?: boolean;
};

/** A button with room for a gloved finger. One `primary` a screen: the next thing to do. */
export function Button({ look = 'plain', icon, wide, className, children, type = 'button', ...rest }: Props) {
  return (
    <button type={type} className={[css.button, css[look], wide && css.wide, className].filter(Boolean).join(' ')} {...rest}>
      {icon}
      <span>{children}</span>
    </button>
  );
}
