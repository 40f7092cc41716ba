import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** What a document says, page by page. */
export async function pagesOf(pdf: Uint8Array): Promise<string[]> {
  const document = await getDocument({ data: new Uint8Array(pdf) }).promise;
  const pages: string[] = [];
  for (let nr = 1; nr <= document.numPages; nr++) {
    const { items } = await (await document.getPage(nr)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
  }
  return pages;
}

export const textOfPdf = async (pdf: Uint8Array): Promise<string> => (await pagesOf(pdf)).join('\n').replaceAll(/\s+/g, ' ');
