import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import type { IssuedCode } from '../../contract/codes.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from './Codes.module.css';

const grouped = (text: string, size: number): string => text.replace(new RegExp(`(.{${size}})(?=.)`, 'g'), '$1 ');

/** A link and a code to hand over, large enough to be read aloud over the telephone. They are shown this once. */
export function Code({ issued }: { issued: IssuedCode }) {
  const { t, language } = useWords();
  const link = `${location.origin}/join/${issued.reference}`;
  const until = `${dayOf(issued.expiresAt, language)} ${t('today.at', { time: bothClocks(issued.expiresAt, language).care })}`;
  return (
    <div className={css.code}>
      <p>
        <strong>{issued.name}</strong>
      </p>
      <p>
        {t('codes.link')} <span className={css.link}>{link}</span>
      </p>
      <p className={css.numbers}>
        {t('codes.number')} <b>{grouped(issued.reference, 4)}</b> {t('codes.code')} <b>{grouped(issued.code, 3)}</b>
      </p>
      <p>
        {t('check.link')}: <span className={css.link}>{`${location.origin}/check/${issued.reference}`}</span>
      </p>
      <p>{t('codes.once', { until })}</p>
      <CopyButton text={`${link}\n${t('codes.code')} ${issued.code}`} label={t('codes.copy')} />
    </div>
  );
}

/** Copies, and says that it did. On an insecure address there is no clipboard: then the text is there to be marked. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  if (!navigator.clipboard) return null;
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <>
      <Button icon={copied ? <Check aria-hidden size={20} /> : <Copy aria-hidden size={20} />} onClick={copy}>
        {label}
      </Button>
      <span className="visually-hidden" role="status">
        {copied && t('codes.copied')}
      </span>
    </>
  );
}
