import { Firefox } from '../testing/Firefox.ts';
import { bars } from '../testing/fakeMedia.ts';
import { throughLine } from '../testing/line/throughLine.ts';
import { expect, test } from './fixtures.ts';
import { codeOnFrame, toneOf } from './look.ts';
import { doctorSignature, nurseSignature } from './people.ts';

/** Runs in the page: camera and microphone are a drawn code and a tone, since this browser has no fakes with a code of their own. */
function drawnDevices({ code, hertz, bars }: { code: number; hertz: number; bars: number }): void {
  navigator.mediaDevices.getUserMedia = async ({ audio, video } = {}) => {
    const stream = new MediaStream();
    if (video) {
      const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 });
      const context = canvas.getContext('2d');
      let at = 0;
      const draw = (): void => {
        if (!context) return;
        context.fillStyle = '#555';
        context.fillRect(0, 180, 640, 180);
        for (let bar = 0; bar < bars; bar++) {
          const lit = bar === 0 || (bar < bars - 1 && ((code >> (bars - 2 - bar)) & 1) === 1);
          context.fillStyle = lit ? '#eee' : '#111';
          context.fillRect((bar * 640) / bars, 0, 640 / bars, 180);
        }
        at = (at + 12) % 560;
        context.fillStyle = '#bbb';
        context.fillRect(at, 240, 80, 80);
      };
      draw();
      setInterval(draw, 66);
      for (const track of canvas.captureStream(15).getVideoTracks()) stream.addTrack(track);
    }
    if (audio) {
      const sound = new AudioContext();
      const oscillator = new OscillatorNode(sound, { frequency: hertz });
      const quieter = new GainNode(sound, { gain: 0.4 });
      const out = sound.createMediaStreamDestination();
      oscillator.connect(quieter).connect(out);
      oscillator.start();
      for (const track of out.stream.getAudioTracks()) stream.addTrack(track);
    }
    return stream;
  };
}

test('a visit between Chromium and Firefox ESR: each sees and hears the other, and a cut of 3 s heals by itself', async ({
  visit,
  person,
  line,
  product,
}) => {
  test.setTimeout(180_000);
  const rural = await line();
  const doctor = await person(doctorSignature);
  await doctor.goIn(visit, visit.doctor);
  await using firefox = await Firefox.launch();
  await firefox.before(throughLine, [...rural.ports]);
  await firefox.before(drawnDevices, { ...nurseSignature, bars });
  const address = rural.addressOf(product.address);

  /** As a person would: by what stands on buttons and fields. */
  const press = async (name: string): Promise<void> => {
    const button = `[...document.querySelectorAll('button')].find((one) => one.textContent.includes(${JSON.stringify(name)}) && !one.disabled)`;
    await expect.poll(() => firefox.evaluate(`Boolean(${button})`), { timeout: 20_000, message: name }).toBe(true);
    await firefox.evaluate(`${button}.click()`);
  };
  const sees = async (participantId: string, code: number): Promise<void> => {
    let before = -1;
    const look = async (): Promise<number | null> => {
      const seen = await firefox.on(`video[data-participant="${participantId}"]`, codeOnFrame, bars);
      const moves = seen !== null && before >= 0 && seen.frames > before;
      before = seen?.frames ?? -1;
      return moves ? seen.code : null;
    };
    await expect.poll(look, { timeout: 30_000, message: 'the picture in Firefox' }).toBe(code);
  };
  const hears = async (participantId: string, hertz: number): Promise<void> => {
    const listen = async (): Promise<number> =>
      Math.abs(((await firefox.on(`audio[data-participant="${participantId}"]`, toneOf, null))?.hertz ?? 0) - hertz);
    await expect.poll(listen, { timeout: 30_000, message: 'the tone in Firefox' }).toBeLessThan(30);
  };
  const both = async (): Promise<void> => {
    await sees(visit.doctor.participantId, doctorSignature.code);
    await hears(visit.doctor.participantId, doctorSignature.hertz);
    await doctor.sees(visit.nurse.participantId, nurseSignature, 30_000);
    await doctor.hears(visit.nurse.participantId, nurseSignature, 30_000);
  };

  await firefox.goto(`${address}/`);
  const body = JSON.stringify({ username: visit.nurse.username, password: visit.nurse.password });
  await firefox.evaluate(
    `fetch('/api/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(body)} }).then(({ status }) => status)`,
  );
  await firefox.goto(`${address}/visits/${visit.id}`);
  await press('Gå in i besöket');
  await both();
  const loaded = await firefox.evaluate<number>('performance.timeOrigin');

  rural.cut();
  await expect.poll(() => firefox.evaluate<boolean>(`document.body.innerText.includes('Vi försöker igen')`), { timeout: 5_000 }).toBe(true);
  await doctor.page.waitForTimeout(1_000);
  await expect(doctor.page.getByText('Vi försöker igen')).toHaveCount(0); // it is the other one's line, and said so
  await expect(doctor.page.getByText('Kommer strax tillbaka')).toBeVisible();
  rural.restore();
  await both();
  await expect.poll(() => firefox.evaluate<boolean>(`document.body.innerText.includes('Vi försöker igen')`)).toBe(false);
  expect(await firefox.evaluate<number>('performance.timeOrigin')).toBe(loaded);
});
