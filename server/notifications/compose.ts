/** What is told: when, and how one comes in. Nothing of anybody's health, and no names. */
import { parsePhoneNumber } from 'libphonenumber-js';
import type { Language } from '../../contract/language.ts';
import type { MessagePurpose } from '../../contract/messages.ts';
import type { Modality } from '../../contract/scheduling.ts';
import { careZone } from '../scheduling/careZone.ts';
import type { Recipient } from './recipients.ts';
import { wordsIn } from './words.ts';

export type Told = {
  startsAt: Date;
  minutes: number;
  late: number | null; // so many minutes behind
  turn?: number | null; // so many minutes until it is theirs, in a round
  interval?: boolean; // they come some time in it
  asks: boolean; // there are questions to answer before it
  modality: Modality;
  unit: { name: string; phone: string; discreet: boolean };
};

/** What those who come are told of. */
export type Purpose = Extract<MessagePurpose, 'invitation' | 'change' | 'cancellation' | 'reminder' | 'late' | 'turn' | 'saying'>;

/** "tisdag 1 december 2026", as the clock goes there. */
export const dayIn = (at: Date, language: Language, timeZone: string): string =>
  new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(at);

const timeIn = (at: Date, language: Language, timeZone: string): string =>
  new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(at);

/** Places whose names differ between our languages. */
const named = ['Europe/Lisbon', 'Europe/Helsinki', 'Europe/London', 'Europe/Athens', 'Atlantic/Canary'] as const;

/** "Europe/Paris" is written Paris: where nobody has a better name. */
function placeOf(zone: string, language: Language): string {
  const own = named.find((one) => one === zone);
  return own ? wordsIn(language)(`zone.${own}`) : (zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone);
}

/** A Swedish number as Swedes write it, for who is in Sweden. */
const phoneFor = (phone: string, zone: string): string => {
  const number = parsePhoneNumber(phone);
  return zone === careZone && number.country === 'SE' ? number.formatNational() : number.formatInternational();
};

export function whenShort(at: Date, language: Language): string {
  return wordsIn(language)('when.short', { day: dayIn(at, language, careZone), time: timeIn(at, language, careZone) });
}

/** Swedish time, and the recipient's own where it differs then. @param until - of an interval. */
export function whenIn(at: Date, language: Language, zone: string, until: Date | null = null): string {
  const t = wordsIn(language);
  const span = (where: string): string =>
    until ? `${timeIn(at, language, where)}–${timeIn(until, language, where)}` : timeIn(at, language, where);
  const swedish = t('when', { day: dayIn(at, language, careZone), time: span(careZone) });
  const there = span(zone);
  return there === span(careZone) ? swedish : `${swedish} ${t('there', { time: there, zone: placeOf(zone, language) })}`;
}

export const kindOf = (modality: Modality, language: Language): string => wordsIn(language)(`kind.${modality}`);

export function subjectOf(purpose: Purpose, { startsAt, modality, late, turn }: Told, { language }: Pick<Recipient, 'language'>): string {
  const t = wordsIn(language);
  const begins = timeIn(new Date(startsAt.getTime() + (late ?? 0) * 60_000), language, careZone);
  const word = purpose === 'late' && late === null ? 'subject.inTime' : (`subject.${purpose}` as const);
  return t(word, { kind: t(`kind.${modality}`), when: whenShort(startsAt, language), time: begins, turn: String(turn ?? 0) });
}

/** Where the recipient enters: their own invitation, or the product's first page. */
export const linkOf = (publicUrl: string, { reference, staff }: Pick<Recipient, 'reference' | 'staff'>): string =>
  reference === null || staff ? `${publicUrl}/` : `${publicUrl}/join/${reference}`;

/** Mail and letters. */
export function bodyOf(purpose: Purpose, told: Told, to: Recipient, publicUrl: string, codeComesBySms: boolean): string {
  const t = wordsIn(to.language);
  const { startsAt, minutes, modality, unit } = told;
  const over = purpose === 'cancellation';
  const entering = modality === 'video' && !over && to.participantId !== null; // else staff beside them have the screen
  const lines = [
    t('hello'),
    '',
    t(purpose === 'late' && told.late === null ? 'lead.inTime' : `lead.${purpose}`, { minutes: String(told.late ?? 0) }),
    '',
    `${t(`kind.${modality}`)}, ${t('length', { minutes: String(minutes) })}`,
    whenIn(startsAt, to.language, to.zone, told.interval ? new Date(startsAt.getTime() + minutes * 60_000) : null),
    ...(unit.discreet ? [] : [t('unit', { name: unit.name })]),
    ...(entering ? ['', t('enter', { url: linkOf(publicUrl, to) })] : []),
    ...(entering && to.reference !== null ? [t(codeComesBySms ? 'code.bySms' : 'code.byStaff')] : []),
    ...(entering && to.reference !== null ? ['', t('check', { url: `${publicUrl}/check/${to.reference}` })] : []),
    ...(told.asks && to.participantId !== null && to.patient && !over ? ['', t('form', { url: `${publicUrl}/my-visits` })] : []),
    '',
    t('questions', { phone: phoneFor(unit.phone, to.zone) }),
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
    t('questions', { phone: phoneFor(told.unit.phone, to.zone) }),
  ];
  return parts.join(' ');
}

/** The code goes another way than the link. */
export const codeSmsOf = (code: string, startsAt: Date, language: Language): string =>
  wordsIn(language)('sms.code', { when: whenShort(startsAt, language), code });
