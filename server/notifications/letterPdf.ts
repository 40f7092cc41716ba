/** Letters on A4, for an envelope with its window on the right (C5 and C4 H2). */
import { makePdf, margin, mm } from '../pdf.ts';

export type Letter = {
  unit: string | null; // null: its name says too much
  phone: string;
  recipient: string;
  address: string; // lines, or a comma between them; empty: written by hand
  date: string; // in the words of the reader
  subject: string;
  body: string;
  language: string;
};

const window = { x: 110 * mm, y: 50 * mm };
const text = { y: 105 * mm, width: 160 * mm };

/** @param at - when they are made, also as the document says. */
export const pdfOf = (letters: Letter[], at: Date): Promise<Buffer> =>
  makePdf(letters[0]?.language ?? 'sv', at, (document) => {
    for (const letter of letters) draw(document, letter);
  });

function draw(document: PDFKit.PDFDocument, { unit, phone, recipient, address, date, subject, body }: Letter): void {
  document.addPage();
  document.font('text').fontSize(9);
  document.text([unit, phone].filter(Boolean).join('\n'), margin, 20 * mm, { width: 75 * mm });
  document.text(date, window.x, 20 * mm);
  document.fontSize(11);
  document.text([recipient, ...address.split(/\n|,\s*/)].filter(Boolean).join('\n'), window.x, window.y, { width: 85 * mm });
  document.font('strong').fontSize(14).text(subject, margin, text.y, { width: text.width });
  document.moveDown();
  document.font('text').fontSize(12).text(body, { width: text.width, lineGap: 3 });
}
