/**
 * Puts a phrase into what has been written, apart from the words around it.
 *
 * @param at - where the cursor is; null: nobody has been there, so it begins a line of its own at the end.
 * @returns the text, and where the cursor is behind the phrase; null if it would be longer than it may be.
 */
export function insertPhrase(text: string, phrase: string, at: number | null, longest: number): { text: string; cursor: number } | null {
  const before = at === null ? text.trimEnd() : text.slice(0, at);
  const after = at === null ? '' : text.slice(at);
  const lead = before === '' || /\s$/.test(before) ? '' : at === null ? '\n' : ' ';
  const trail = after === '' || /^[\s.,;:!?)]/.test(after) ? '' : ' ';
  const whole = before + lead + phrase + trail + after;
  return whole.length > longest ? null : { text: whole, cursor: (before + lead + phrase).length };
}
