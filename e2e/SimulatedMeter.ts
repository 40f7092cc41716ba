import type { CDPSession, Page } from '@playwright/test';

type Prompt = { id: string; devices: { id: string }[] };
type Operation = { type: string };
type CharacteristicOperation = Operation & { characteristicId: string };
/** As much of Chromium's own protocol as is needed; Playwright's types do not have it yet. */
type Talk = {
  send: (method: string, params?: object) => Promise<Record<string, string>>;
  on: (event: string, listener: (data: never) => void) => unknown;
};

const uuid = (short: number): string => `0000${short.toString(16).padStart(4, '0')}-0000-1000-8000-00805f9b34fb`;

/**
 * A meter near the browser, as Chromium simulates it below its own Bluetooth: what the page asks and hears is the real
 * thing. It says its value when it is asked, and the person chooses it in the browser's dialog.
 */
export class SimulatedMeter {
  /** The bytes of its characteristic. */
  value: Uint8Array;
  readonly #talk: Talk;
  readonly #address = '09:12:5A:00:00:01';

  private constructor(talk: Talk, value: Uint8Array) {
    this.#talk = talk;
    this.value = value;
  }

  static async near(page: Page, name: string, service: number, characteristic: number, value: Uint8Array): Promise<SimulatedMeter> {
    const browser = page.context().browser();
    if (!browser) throw new Error('the page has no browser');
    const meter = new SimulatedMeter(talkOf(await browser.newBrowserCDPSession()), value);
    await meter.#appear(name, service, characteristic);
    await chosenBySomebody(talkOf(await page.context().newCDPSession(page)));
    return meter;
  }

  /** Its battery is empty. */
  async goAway(): Promise<void> {
    await this.#talk.send('BluetoothEmulation.simulateGATTDisconnection', { address: this.#address });
  }

  async #appear(name: string, service: number, characteristic: number): Promise<void> {
    const talk = this.#talk;
    const address = this.#address;
    await talk.send('BluetoothEmulation.enable', { state: 'powered-on', leSupported: true });
    await talk.send('BluetoothEmulation.simulatePreconnectedPeripheral', {
      address,
      name,
      manufacturerData: [],
      knownServiceUuids: [uuid(service)],
    });
    talk.on('BluetoothEmulation.gattOperationReceived', async ({ type }: Operation) => {
      if (type === 'discovery') {
        const { serviceId } = await talk.send('BluetoothEmulation.addService', { address, serviceUuid: uuid(service) });
        const properties = { notify: true, read: true };
        const said = { serviceId, characteristicUuid: uuid(characteristic), properties };
        const { characteristicId } = await talk.send('BluetoothEmulation.addCharacteristic', said);
        await talk.send('BluetoothEmulation.addDescriptor', { characteristicId, descriptorUuid: uuid(0x2902) });
      }
      await talk.send('BluetoothEmulation.simulateGATTOperationResponse', { address, type, code: 0 });
    });
    talk.on('BluetoothEmulation.characteristicOperationReceived', async ({ characteristicId, type }: CharacteristicOperation) => {
      const data = type === 'read' ? { data: Buffer.from(this.value).toString('base64') } : {};
      await talk.send('BluetoothEmulation.simulateCharacteristicOperationResponse', { characteristicId, type, code: 0, ...data });
    });
  }
}

/** The first that is offered, once for each question. */
async function chosenBySomebody(talk: Talk): Promise<void> {
  const answered = new Set<string>();
  talk.on('DeviceAccess.deviceRequestPrompted', async ({ id, devices: [first] }: Prompt) => {
    if (!first || answered.has(id)) return;
    answered.add(id);
    await talk.send('DeviceAccess.selectPrompt', { id, deviceId: first.id });
  });
  await talk.send('DeviceAccess.enable');
}

const talkOf = (session: CDPSession): Talk => session as object as Talk;
