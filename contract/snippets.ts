/** Phrases: what one of the staff writes again and again, in their own words. */
import { z } from 'zod';
import { version } from './units.ts';
import { id, nothing, prose, words } from './wire.ts';

const longestTitle = 60;
const longestSnippet = 2_000;
export const mostSnippets = 100;

const written = z.object({ title: words(longestTitle), text: prose(longestSnippet).min(1, 'is empty') });

export const snippet = written.extend({ id, version });
export type Snippet = z.infer<typeof snippet>;

const ofSnippet = z.object({ snippetId: id });

export const snippetRoutes = {
  'GET /api/my/snippets': { summary: "The actor's own phrases, by title", reply: z.array(snippet) },
  'PUT /api/my/snippets/:snippetId': {
    summary: 'Keeps a phrase; the id is made by the client',
    params: ofSnippet,
    body: written.extend({ basedOn: version.nullable() }), // null: a new one
    reply: snippet,
  },
  'DELETE /api/my/snippets/:snippetId': { summary: 'Takes a phrase away', params: ofSnippet, reply: nothing },
} as const;
