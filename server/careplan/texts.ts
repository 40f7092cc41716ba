/** The texts of a plan, which several write at once. */
import { asc, inArray } from 'drizzle-orm';
import * as Y from 'yjs';
import { longestText } from '../../contract/planKinds.ts';
import type { TextField } from '../../contract/planParts.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { carePlanTexts } from '../../drizzle/schema/index.ts';

/** The name of the one text in every document. */
const name = 'text';

/** One text, as all the changes to it together make it: in whatever order they come, everybody has the same. */
export class PlanText {
  readonly #doc = new Y.Doc();
  #trial: Y.Doc | null = null; // the same text, on which changes are tried; null: to be made

  constructor(changes: readonly Uint8Array[] = []) {
    for (const change of changes) Y.applyUpdate(this.#doc, change);
  }

  get text(): string {
    return this.#doc.getText(name).toString();
  }

  /** All of it as one change, for whoever has nothing of it. */
  get whole(): Uint8Array {
    return Y.encodeStateAsUpdate(this.#doc);
  }

  /**
   * Takes a change in. Twice is once.
   *
   * @throws {Refusal} `invalid` for what is no change of a text, or makes it too long; then nothing has changed.
   */
  take(change: Uint8Array): void {
    const tried = this.#trial ?? copyOf(this.#doc);
    this.#trial = null; // what has gone wrong is not tried on again
    try {
      Y.applyUpdate(tried, change);
    } catch {
      throw new Refusal('invalid', 'change: is none', 'change');
    }
    const foreign = [...tried.share.keys()].some((key) => key !== name);
    if (foreign) throw new Refusal('invalid', 'change: is not of this text', 'change');
    if (tried.getText(name).length > longestText)
      throw new Refusal('invalid', `change: the text has more than ${longestText} characters`, 'change');
    Y.applyUpdate(this.#doc, change);
    this.#trial = tried;
  }
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

export type Texts = Partial<Record<TextField, string>>;

/** What has been written in these parts. */
export async function textsOfParts(tx: Db | Tx, partIds: string[]): Promise<Map<string, Texts>> {
  const documents = await documentsOf(tx, partIds);
  return new Map(
    [...documents].map(([partId, fields]) => [partId, Object.fromEntries([...fields].map(([field, { text }]) => [field, text]))]),
  );
}

export async function documentsOf(tx: Db | Tx, partIds: string[]): Promise<Map<string, Map<TextField, PlanText>>> {
  const documents = new Map<string, Map<TextField, PlanText>>();
  if (partIds.length === 0) return documents;
  const rows = await tx
    .select({ partId: carePlanTexts.partId, field: carePlanTexts.field, change: carePlanTexts.change })
    .from(carePlanTexts)
    .where(inArray(carePlanTexts.partId, partIds))
    .orderBy(asc(carePlanTexts.nr));
  const changes = new Map<string, Map<TextField, Uint8Array[]>>();
  for (const { partId, field, change } of rows) {
    const fields = changes.get(partId) ?? new Map<TextField, Uint8Array[]>();
    changes.set(partId, fields);
    fields.set(field, [...(fields.get(field) ?? []), change]);
  }
  for (const [partId, fields] of changes) documents.set(partId, new Map([...fields].map(([field, all]) => [field, new PlanText(all)])));
  return documents;
}

/** A text as one change, as if it were written now. */
export function writtenText(text: string): Uint8Array<ArrayBuffer> {
  const doc = new Y.Doc();
  doc.getText(name).insert(0, text);
  return new Uint8Array(Y.encodeStateAsUpdate(doc));
}
