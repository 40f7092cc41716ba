import { z } from 'zod';

export const languages = ['sv', 'en', 'es', 'fi'] as const;
export const language = z.enum(languages);
export type Language = z.infer<typeof language>;
