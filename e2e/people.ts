/** Real browsers with fake cameras: who they are, what they see and what they hear. */
import { randomUUID } from 'node:crypto';
import { type Browser, chromium, type ElementHandle, expect, type Locator, type Page } from '@playwright/test';
import { findBrowser } from '../testing/browser.ts';
import type { Account, Guest, Staff, TestVisit } from '../testing/care.ts';
import { bars, cameraFile, toneFile } from '../testing/fakeMedia.ts';
import type { Line } from '../testing/line/Line.ts';
import { throughLine } from '../testing/line/throughLine.ts';
import { descendants, processesWith } from '../testing/processes.ts';
import { codeOnFrame, toneOf } from './look.ts';
import { makeDevices } from './madeDevices.ts';

/** What a person's camera shows and microphone sounds. */
export type Signature = { code: number; hertz: number };

export const doctorSignature: Signature = { code: 0b101100, hertz: 520 };
export const nurseSignature: Signature = { code: 0b010011, hertz: 820 };
export const relativeSignature: Signature = { code: 0b110101, hertz: 1240 };

export type LaunchOptions = {
  locale?: string;
  timezoneId?: string;
  /** What the browser lets the page have. */
  devices?: 'fake' | 'denied' | 'missing' | 'two' | 'four'; // `four`: as many cameras, green but for the grey second one, that near
  /** A Y4M file other than the one with the person's code. */
  camera?: string;
  /** Costs the machine as little as it can, for many people at once: a camera and a microphone that the page makes. */
  light?: boolean;
  scale?: number; // of the screen: at half of it there is a quarter to draw
  /** A WAV file other than the one with the person's tone. */
  sound?: string;
  /** A name for loopback other than localhost, so that the origin is not secure. */
  host?: string;
  /** Whether the browser reads meters over Bluetooth. */
  bluetooth?: boolean;
  /** A folder in which the browser keeps what it keeps: for one that is closed and opened again. */
  profile?: string;
  /** The line that everything of this person goes over; without it, straight to the product. */
  line?: Line;
};

/** A browser for `light` people; it keeps apart what is each one's. */
export function launchLight(): Promise<Browser> {
  const executablePath = findBrowser();
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu', // there is none: without it the browser does not act one
      '--autoplay-policy=no-user-gesture-required', // of the microphones that pages make
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
    ],
  });
}

declare global {
  interface Window {
    underTest: { connections: RTCPeerConnection[]; deaf: boolean; locks: WakeLockSentinel[] };
  }
}

/** Runs in the page before its own scripts: remembers its connections, and can make it ignore the server. */
function prepareForTests(): void {
  window.underTest = { connections: [], deaf: false, locks: [] };
  if (navigator.wakeLock) {
    const request = navigator.wakeLock.request.bind(navigator.wakeLock);
    navigator.wakeLock.request = async (type) => {
      const lock = await request(type);
      window.underTest.locks.push(lock);
      return lock;
    };
  }
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      window.underTest.connections.push(this);
    }
  };
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', (event) => window.underTest.deaf && event.stopImmediatePropagation());
    }
  };
}

/** One person at one device. */
export class Person implements AsyncDisposable {
  readonly page: Page;
  readonly #close: () => Promise<void>;
  readonly #address: string;
  /** Stands in the command line of this person's browser and in no other. */
  readonly #mark: string;

  private constructor(close: () => Promise<void>, page: Page, address: string, mark: string) {
    this.#mark = mark;
    this.#close = close;
    this.page = page;
    this.#address = address;
  }

  /** @param shared - a browser that others use too. */
  static async launch(productAddress: string, { code, hertz }: Signature, options: LaunchOptions = {}, shared?: Browser): Promise<Person> {
    const {
      locale = 'sv-SE',
      timezoneId = 'Europe/Stockholm',
      devices = 'fake',
      host,
      line,
      profile,
      bluetooth = false,
      light = false,
      scale = 1,
      camera = cameraFile(code),
      sound = toneFile(hertz),
    } = options;
    const executablePath = findBrowser();
    const mark = `--person=${randomUUID()}`;
    const how = {
      ...(executablePath ? { executablePath } : {}),
      args: [
        mark,
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        `--host-resolver-rules=MAP ${host ?? 'samrum.test'} 127.0.0.1`,
        ...(bluetooth ? ['--enable-features=WebBluetooth'] : []),
        '--ignore-certificate-errors', // of the relay, whose certificate nobody signed
        ...(devices === 'fake' || devices === 'two' || devices === 'four'
          ? ['--use-fake-ui-for-media-stream', '--auto-select-desktop-capture-source=Entire screen']
          : []),
        ...(devices === 'missing'
          ? ['--use-fake-ui-for-media-stream']
          : [
              `--use-fake-device-for-media-stream${{ two: '=device-count=2', four: '=device-count=4' }[String(devices)] ?? ''}`,
              ...(devices === 'four' ? [] : [`--use-file-for-fake-video-capture=${camera}`]),
              `--use-file-for-fake-audio-capture=${sound}`,
            ]),
      ],
    };
    const screen = { locale, timezoneId, viewport: { width: 1000, height: 700 }, deviceScaleFactor: scale };
    const context = await (profile
      ? chromium.launchPersistentContext(profile, { ...how, ...screen })
      : (shared ?? (await (light ? launchLight() : chromium.launch(how)))).newContext(screen));
    const close = async (): Promise<void> => {
      const browser = context.browser();
      await context.close();
      if (!shared) await browser?.close();
    };
    if (light) await context.addInitScript(makeDevices, { code, hertz, barCount: bars });
    await context.addInitScript(prepareForTests);
    if (line) await context.addInitScript(throughLine, [...line.ports]);
    const address = line ? line.addressOf(productAddress) : productAddress;
    return new Person(close, await context.newPage(), host ? address.replace('localhost', host) : address, mark);
  }

  /** The browser's own part that runs the cameras, or the microphones, is gone in an instant, as when a cable is pulled. */
  unplug(device: 'camera' | 'microphone'): void {
    const part = { camera: 'video_capture.mojom', microphone: 'audio.mojom' }[device];
    const [browser = 0] = processesWith(this.#mark);
    for (const pid of descendants(browser, `--utility-sub-type=${part}`)) process.kill(pid, 'SIGKILL');
  }

  /** The person lets the page near with their cameras. */
  async allowZoom(): Promise<void> {
    const tab = await this.page.context().newCDPSession(this.page);
    const { targetInfo } = await tab.send('Target.getTargetInfo');
    const browser = await this.page.context().browser()?.newBrowserCDPSession();
    await browser?.send('Browser.grantPermissions', {
      permissions: ['cameraPanTiltZoom', 'videoCapture', 'audioCapture'],
      origin: this.#address,
      ...(targetInfo.browserContextId ? { browserContextId: targetInfo.browserContextId } : {}),
    });
  }

  /** The person lets the page have camera and microphone. */
  async allowDevices(): Promise<void> {
    await this.page.context().grantPermissions(['camera', 'microphone'], { origin: this.#address });
  }

  /** And takes that back. */
  async withdrawDevices(): Promise<void> {
    await this.page.context().clearPermissions();
  }

  /** A page of the product. */
  async goto(path: string): Promise<void> {
    await this.page.goto(this.#address + path);
  }

  /** The same person at the same device, in one more tab. */
  async openAnotherTab(): Promise<Person> {
    return new Person(this.#close, await this.page.context().newPage(), this.#address, this.#mark);
  }

  /** From now on the page hears nothing that the server says; its media go on. */
  async becomeDeaf(): Promise<void> {
    await this.page.evaluate(() => {
      window.underTest.deaf = true;
    });
  }

  /** Whether the page keeps its screen from dimming. */
  staysAwake(): Promise<boolean> {
    return this.page.evaluate(() => window.underTest.locks.some(({ released }) => !released));
  }

  /** RTP packets of tracks that have come in over all connections of the page. The SFU's probes of the line carry no media. */
  rtpReceived(only?: 'audio' | 'video'): Promise<number> {
    return this.page.evaluate(async (only) => {
      const reports = await Promise.all(window.underTest.connections.map((connection) => connection.getStats()));
      const inbound = reports.flatMap((report) =>
        [...report.values()].filter(({ type, mid, kind }) => type === 'inbound-rtp' && mid !== 'probator' && (!only || kind === only)),
      );
      return inbound.reduce((sum, { packetsReceived }) => sum + packetsReceived, 0);
    }, only);
  }

  /** Until for two seconds sound has come in, and not a packet of a picture. */
  async getsSoundAlone(timeout = 30_000): Promise<void> {
    const counts = (): Promise<number[]> => Promise.all([this.rtpReceived('audio'), this.rtpReceived('video')]);
    await expect
      .poll(
        async () => {
          const before = await counts();
          await this.page.waitForTimeout(2_000);
          const [audio = 0, video = 0] = (await counts()).map((count, index) => count - (before[index] ?? 0));
          return audio > 0 && video === 0;
        },
        { timeout, message: 'sound alone comes in' },
      )
      .toBe(true);
  }

  /** How media go to and from the SFU just now: over the pairs that ICE has chosen. */
  waysOfMedia(): Promise<('udp' | 'tcp' | 'relay')[]> {
    return this.page.evaluate(async () => {
      const live = window.underTest.connections.filter(({ connectionState }) => connectionState !== 'closed');
      const ways = await Promise.all(
        live.map(async (connection) => {
          const report = await connection.getStats();
          const transport = [...report.values()].find(({ type }) => type === 'transport');
          const local = report.get(report.get(transport?.selectedCandidatePairId)?.localCandidateId);
          return local?.relayProtocol ? 'relay' : local?.protocol; // behind a NAT a relay's candidate is called prflx
        }),
      );
      return [...new Set(ways)];
    });
  }

  /** The microphone whose sound goes out. */
  sentMicrophone(): Promise<string | undefined> {
    return this.page.evaluate(() => {
      const senders = window.underTest.connections.flatMap((connection) => connection.getSenders());
      return senders.find(({ track }) => track?.kind === 'audio' && track.readyState === 'live')?.track?.label;
    });
  }

  soundIsMadeForSpeech(): Promise<boolean | undefined> {
    return this.page.evaluate(() => {
      const senders = window.underTest.connections.flatMap((connection) => connection.getSenders());
      return senders.find(({ track }) => track?.kind === 'audio' && track.readyState === 'live')?.track?.getSettings().noiseSuppression;
    });
  }

  /** No RTP comes in: the count stands still over a time in which a leak would show. */
  async receivesNothing(): Promise<void> {
    let before = -1;
    await expect
      .poll(
        async () => {
          const now = await this.rtpReceived();
          const still = now === before;
          before = now;
          return still;
        },
        { intervals: [400], message: 'RTP stops' },
      )
      .toBe(true);
    await this.page.waitForTimeout(2_500);
    expect(await this.rtpReceived(), 'RTP meanwhile').toBe(before);
  }

  /** @param lands - the heading of the page that this person begins at. */
  async logIn({ username, password }: Account, lands = 'Dagens besök'): Promise<void> {
    await this.page.goto(`${this.#address}/`);
    await this.page.getByLabel('Användarnamn').fill(username);
    await this.page.getByLabel('Lösenord').fill(password);
    await this.page.getByRole('button', { name: 'Logga in' }).click();
    const landed = this.page.getByRole('heading', { name: lands, level: 1 });
    const country = this.page.getByRole('heading', { name: 'Var arbetar du i dag?', level: 1 });
    await expect(landed.or(country)).toBeVisible();
    if (await country.isVisible()) {
      await this.page.getByRole('combobox', { name: 'Jag arbetar i dag från' }).selectOption('PT');
      await this.page.getByRole('button', { name: /^Läkare på distans/ }).click();
    }
    await expect(landed).toBeVisible();
  }

  /** Staff: from the day's list through the lobby into the room. */
  async goIn(visit: TestVisit, staff: Staff): Promise<void> {
    await this.logIn(staff);
    await this.openVisit(visit);
    await this.pressJoin();
  }

  /** Up to the lobby. */
  async openVisit(visit: TestVisit): Promise<void> {
    await this.page.goto(`${this.#address}/visits/${visit.id}`);
  }

  async pressJoin(): Promise<void> {
    await expect(this.page.getByRole('meter')).toBeVisible();
    await this.page.getByRole('button', { name: 'Gå in i besöket' }).click();
    await this.inRoom();
  }

  async inRoom(): Promise<void> {
    await expect(this.page.getByRole('navigation', { name: 'Besöket' })).toBeVisible({ timeout: 15_000 });
  }

  /** A guest types a code at the link's page. */
  async tryCode({ reference, code }: Pick<Guest, 'reference' | 'code'>): Promise<void> {
    await this.page.goto(`${this.#address}/join/${reference}`);
    await this.page.getByRole('textbox', { name: 'Kod' }).fill(code);
    await this.page.getByRole('button', { name: 'Gå till besöket' }).click();
  }

  /** A guest: by link and code up to the door. */
  async knock(guest: Pick<Guest, 'reference' | 'code'>, clickCount = 1): Promise<void> {
    await this.tryCode(guest);
    await expect(this.page.getByRole('meter')).toBeVisible();
    await this.page.getByRole('button', { name: 'Jag är redo' }).click({ clickCount, delay: 60 });
    await expect(this.page.getByRole('heading', { name: 'Du är anmäld' })).toBeVisible();
  }

  readonly control = (name: RegExp | string): Locator => {
    return this.page.getByRole('navigation', { name: 'Besöket' }).getByRole('button', { name });
  };

  video(participantId: string, source: 'camera' | 'screen' | 'examination' = 'camera'): Locator {
    return this.page.locator(`video[data-participant="${participantId}"][data-source="${source}"]`);
  }

  /** Frames of that person are decoded just now, and they show this code. */
  async sees(participantId: string, { code }: Signature, timeout = 20_000): Promise<void> {
    let before = -1;
    await expect
      .poll(
        async () => {
          const seen = await this.#look(participantId);
          const moves = seen !== null && before >= 0 && seen.frames > before;
          before = seen?.frames ?? -1;
          return moves ? seen.code : null;
        },
        { timeout, intervals: [150], message: `the picture of ${participantId}` },
      )
      .toBe(code);
  }

  /** The code on the newest frame, and how many frames have been decoded. Null while there is no picture. */
  async #look(participantId: string): Promise<{ code: number | null; frames: number } | null> {
    const video = await firstOf(this.video(participantId)); // a locator would wait for one that has gone meanwhile
    return video ? video.evaluate(codeOnFrame, bars) : null;
  }

  /** Frames of that track decoded so far. */
  async framesOf(participantId: string, source: 'camera' | 'screen' = 'camera'): Promise<number> {
    const video = await firstOf(this.video(participantId, source));
    return video ? video.evaluate((element) => (element as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames) : 0;
  }

  async hears(participantId: string, { hertz }: Signature, timeout = 20_000): Promise<void> {
    await expect
      .poll(async () => Math.abs(((await this.#listen(participantId)).hertz ?? 0) - hertz) < 30, {
        timeout,
        message: `the tone of ${participantId}`,
      })
      .toBe(true);
  }

  async hearsNothing(participantId: string, timeout = 10_000): Promise<void> {
    await expect
      .poll(async () => (await this.#listen(participantId)).hertz, { timeout, message: `the silence of ${participantId}` })
      .toBeNull();
  }

  /** The strongest tone over a second; null if all is below -70 dB. */
  async #listen(participantId: string): Promise<{ hertz: number | null }> {
    const audio = await firstOf(this.page.locator(`audio[data-participant="${participantId}"]`));
    return audio ? audio.evaluate(toneOf) : { hertz: null };
  }

  /** When this page was loaded: the same number later means that it was not loaded anew. */
  loadedAt(): Promise<number> {
    return this.page.evaluate(() => performance.timeOrigin);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }
}

async function firstOf(found: Locator): Promise<ElementHandle<Element> | undefined> {
  const [first] = await found.elementHandles();
  return first as ElementHandle<Element> | undefined;
}
