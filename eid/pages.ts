import { levels, type TenantName } from './person.ts';

export type Offered = { id: string; name: string };

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const words = {
  staff: { title: 'Tjänstelegitimation för demo', id: 'HSA-id' },
  resident: { title: 'E-legitimation för demo', id: 'Personnummer' },
} as const;

const frame = (title: string, body: string): string => `<!doctype html>
<html lang="sv">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
  body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 0 auto; padding: 1.5rem; color: #1d2b28; background: #fff8e6 }
  h1 { overflow-wrap: anywhere; hyphens: auto }
  .demo { padding: .6rem 1rem; border: 3px dashed #8a5a00; font-weight: 600 }
  label { display: block; margin-top: 1rem; font-weight: 600 }
  input, select, button { width: 100%; box-sizing: border-box; min-height: 3.2rem; padding: .6rem .9rem; font: inherit; margin-top: .3rem }
  button { background: #14532d; color: #fff; border: 0; border-radius: .5rem; margin-top: 1rem; cursor: pointer }
  button.plain { background: #fff; color: #14532d; border: 2px solid #14532d }
</style>
<h1>${title}</h1>
<p class="demo">Det här är ingen riktig legitimering. Den finns för demo och test, och bevisar ingenting.</p>
${body}`;

/** Choose one of the demo's people, or write who you are. */
export function choosePage(tenant: TenantName, action: string, offered: Offered[]): string {
  const { title, id } = words[tenant];
  const options = offered.map((one) => `<option value="${escaped(one.id)}">${escaped(one.name)}</option>`).join('');
  return frame(
    title,
    `<form method="post" action="${escaped(action)}">
  <label>${id}<input name="id" list="people" required autocomplete="off" autofocus></label>
  <datalist id="people">${options}</datalist>
  ${tenant === 'staff' ? '<label>Medarbetaruppdrag, om du vill välja det här<input name="assignment" autocomplete="off"></label>' : ''}
  <label>Tillitsnivå<select name="level">${Object.entries(levels)
    .map(([value, level]) => `<option value="${value}"${level === 3 ? ' selected' : ''}>${level}</option>`)
    .join('')}</select></label>
  <button>Legitimera</button>
  <button class="plain" name="stop" value="1" formnovalidate>Avbryt</button>
</form>`,
  );
}

export const logoutPage = (form: string): string =>
  frame('Loggar ut', `${form}<button form="op.logoutForm" name="logout" value="yes">Logga ut här också</button>`);
