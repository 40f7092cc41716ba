/** Documents on A4, in a face with Sámi, Finnish and Spanish letters. */
import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';

const face = (name: string): string => fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
export const mm = 72 / 25.4;
export const margin = 25 * mm;

/** @param at - when it is made, also as the document says. @param draw - draws its pages with the fonts `text` and `strong`. */
export async function makePdf(language: string, at: Date, draw: (document: PDFKit.PDFDocument) => void): Promise<Buffer> {
  const info = { Title: 'Samrum', CreationDate: at };
  const document = new PDFDocument({ size: 'A4', margin, autoFirstPage: false, info, lang: language });
  const chunks: Buffer[] = [];
  const done = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject));
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  document.registerFont('text', face('DejaVuSans')).registerFont('strong', face('DejaVuSans-Bold'));
  draw(document);
  document.end();
  await done;
  return Buffer.concat(chunks);
}
