const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

/** An address of a document that came as base64; whoever asked for it takes it back. */
export const urlOfPdf = (base64: string): string => URL.createObjectURL(new Blob([bytesOf(base64)], { type: 'application/pdf' }));

const soonMs = 60_000;

/** Gives a document to the browser to keep. */
export function savePdf(base64: string, name: string): void {
  const url = urlOfPdf(base64);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), soonMs);
}
