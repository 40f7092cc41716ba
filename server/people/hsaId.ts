/** HSA-ids as the directory gives them, and those of its test environment; at most 31 characters. */
export const isHsaId = (text: string): boolean => text.length <= 31 && /^(SE|TSTNMT)\d{10}-[A-Za-z0-9]+$/.test(text);
