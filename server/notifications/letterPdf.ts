/** Letters on A4, for an envelope with its window on the right (C5 and C4 H2). */
import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';

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

/** A face with Sámi, Finnish and Spanish letters. */
const face = (name: string): string => fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
const mm = 72 / 25.4;
const margin = 25 * mm;
const window = { x: 110 * mm, y: 50 * mm };
const text = { y: 105 * mm, width: 160 * mm };

/** @param at - when they are made, also as the document says. */
export async function pdfOf(letters: Letter[], at: Date): Promise<Buffer> {
  const info = { Title: 'Samrum', CreationDate: at };
  const document = new PDFDocument({ size: 'A4', margin, autoFirstPage: false, info, lang: letters[0]?.language ?? 'sv' });
  const chunks: Buffer[] = [];
  const done = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject));
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  document.registerFont('text', face('DejaVuSans')).registerFont('strong', face('DejaVuSans-Bold'));
  for (const letter of letters) draw(document, letter);
  document.end();
  await done;
  return Buffer.concat(chunks);
}

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
