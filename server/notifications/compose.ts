/** What is told: when, and how one comes in. Nothing of anybody's health, and no names. */
import type { Language } from '../../contract/language.ts';
import type { MessagePurpose } from '../../contract/messages.ts';
import type { Modality } from '../../contract/scheduling.ts';
import { careZone } from '../scheduling/careZone.ts';
import type { Recipient } from './recipients.ts';
import { wordsIn } from './words.ts';

export type Told = {
  startsAt: Date;
  minutes: number;
  modality: Modality;
  unit: { name: string; phone: string; discreet: boolean };
};

type Purpose = Exclude<MessagePurpose, 'code'>;

/** "tisdag 1 december 2026", as the clock goes there. */
const dayIn = (at: Date, language: Language, timeZone: string): string =>
  new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(at);

const timeIn = (at: Date, language: Language, timeZone: string): string =>
  new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(at);

/** "Europe/Lisbon" is written Lisbon: where nobody has a better name. */
const placeOf = (zone: string): string => zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;

export function whenShort(at: Date, language: Language): string {
  return wordsIn(language)('when.short', { day: dayIn(at, language, careZone), time: timeIn(at, language, careZone) });
}

/** Swedish time, and the recipient's own where it differs then. */
export function whenIn(at: Date, language: Language, zone: string): string {
  const t = wordsIn(language);
  const swedish = t('when', { day: dayIn(at, language, careZone), time: timeIn(at, language, careZone) });
  const there = timeIn(at, language, zone);
  return there === timeIn(at, language, careZone) ? swedish : `${swedish} ${t('there', { time: there, zone: placeOf(zone) })}`;
}

export function subjectOf(purpose: Purpose, { startsAt, modality }: Told, { language }: Pick<Recipient, 'language'>): string {
  const t = wordsIn(language);
  return t(`subject.${purpose}`, { kind: t(`kind.${modality}`), when: whenShort(startsAt, language) });
}

/** Where the recipient enters: their own invitation, or the product's first page. */
export const linkOf = (publicUrl: string, { reference, staff }: Pick<Recipient, 'reference' | 'staff'>): string =>
  reference === null || staff ? `${publicUrl}/` : `${publicUrl}/join/${reference}`;

/** Mail and letters. */
export function bodyOf(purpose: Purpose, told: Told, to: Recipient, publicUrl: string, codeComesBySms: boolean): string {
  const t = wordsIn(to.language);
  const { startsAt, minutes, modality, unit } = told;
  const over = purpose === 'cancellation';
  const entering = modality === 'video' && !over;
  const lines = [
    t('hello'),
    '',
    t(`lead.${purpose}`),
    '',
    `${t(`kind.${modality}`)}, ${t('length', { minutes: String(minutes) })}`,
    whenIn(startsAt, to.language, to.zone),
    ...(unit.discreet ? [] : [t('unit', { name: unit.name })]),
    ...(entering ? ['', t('enter', { url: linkOf(publicUrl, to) })] : []),
    ...(entering && to.reference !== null ? [t(codeComesBySms ? 'code.bySms' : 'code.byStaff')] : []),
    ...(entering && to.reference !== null ? ['', t('check', { url: `${publicUrl}/check/${to.reference}` })] : []),
    '',
    t('questions', { phone: unit.phone }),
    t('noReply'),
  ];
  return lines.join('\n');
}

export function smsOf(purpose: Purpose, told: Told, to: Recipient, publicUrl: string): string {
  const t = wordsIn(to.language);
  const entering = told.modality === 'video' && purpose !== 'cancellation' && to.reference !== null;
  const parts = [
    `${subjectOf(purpose, told, to)}.`,
    ...(entering ? [linkOf(publicUrl, to)] : []),
    t('questions', { phone: told.unit.phone }),
  ];
  return parts.join(' ');
}

/** The code goes another way than the link. */
export const codeSmsOf = (code: string, startsAt: Date, language: Language): string =>
  wordsIn(language)('sms.code', { when: whenShort(startsAt, language), code });
