/// <reference types="web-bluetooth" />
/** Meters that this device reads over Bluetooth. One stays connected from one patient to the next, and says so. */
import { Store } from '../../app/Store.ts';
import { type Characteristic, parse, type Reading } from './gatt.ts';

/** By the numbers that the Bluetooth SIG has given them: service, and what it says. */
const services: readonly { service: number; says: readonly [number, Characteristic][]; records?: number }[] = [
  { service: 0x180d, says: [[0x2a37, 'heart_rate_measurement']] },
  { service: 0x1810, says: [[0x2a35, 'blood_pressure_measurement']] },
  {
    service: 0x1822,
    says: [
      [0x2a5e, 'plx_spot_check_measurement'],
      [0x2a5f, 'plx_continuous_measurement'],
    ],
  },
  { service: 0x1809, says: [[0x2a1c, 'temperature_measurement']] },
  { service: 0x181d, says: [[0x2a9d, 'weight_measurement']] },
  { service: 0x1808, says: [[0x2a18, 'glucose_measurement']], records: 0x2a52 },
];
/** To the record access control point: report the last record. */
const reportLast = Uint8Array.from([1, 6]);

export type Meter = {
  id: string;
  name: string;
  connected: boolean;
  patientId: string; // on whom it is, as somebody has said
  reading: (Reading & { nr: number }) | null; // the last one that is of that patient
};
type View = { meters: Meter[] };
type Connection = { voices: BluetoothRemoteGATTCharacteristic[]; close: () => void };

export class Meters {
  readonly view = new Store<View>({ meters: [] });
  readonly #connections = new Map<string, Connection>();
  #nr = 0;

  /** Whether this browser can. */
  get possible(): boolean {
    return 'bluetooth' in navigator;
  }

  /**
   * Lets the person choose a meter, and listens to it. A press has to lead here.
   *
   * @returns false if they chose none. @throws if it does not answer, or says nothing that is known here.
   */
  async connect(patientId: string): Promise<boolean> {
    const filters = services.map(({ service }) => ({ services: [service] }));
    const device = await navigator.bluetooth.requestDevice({ filters }).catch((error: DOMException) => {
      if (error.name === 'NotFoundError' || error.name === 'AbortError') return null;
      throw error;
    });
    if (!device) return false;
    const name = (device.name ?? '').trim().slice(0, 120) || device.id;
    this.#connections.get(device.id)?.close();
    const gone = (): void => this.#patch(device.id, { connected: false });
    device.addEventListener('gattserverdisconnected', gone);
    this.#connections.set(device.id, {
      voices: [],
      close: () => {
        device.removeEventListener('gattserverdisconnected', gone);
        device.gatt?.disconnect();
      },
    });
    this.#set({ id: device.id, name, connected: true, patientId, reading: null });
    try {
      const server = await device.gatt?.connect();
      const heard = server ? await this.#listen(device.id, server) : 0;
      if (heard === 0) throw new Error('it says nothing that is known here');
      await this.#ask(device.id);
      return true;
    } catch (error) {
      this.disconnect(device.id);
      throw error;
    }
  }

  /** It is on this patient from now on; what it said before is forgotten. */
  moveTo(id: string, patientId: string): void {
    this.#patch(id, { patientId, reading: null });
    void this.#ask(id).catch(() => undefined); // it says so by itself when it has measured
  }

  disconnect(id: string): void {
    this.#connections.get(id)?.close();
    this.#connections.delete(id);
    this.view.set({ meters: this.view.get().meters.filter((meter) => meter.id !== id) });
  }

  /** @returns to how many of its voices. */
  async #listen(id: string, server: BluetoothRemoteGATTServer): Promise<number> {
    let heard = 0;
    for (const { service, says, records } of services) {
      const found = await server.getPrimaryService(service).catch(() => null);
      if (!found) continue;
      for (const [number, name] of says) {
        const voice = await found.getCharacteristic(number).catch(() => null);
        if (!voice) continue;
        voice.addEventListener('characteristicvaluechanged', () => voice.value && this.#hear(id, name, voice.value));
        await voice.startNotifications();
        this.#connections.get(id)?.voices.push(voice);
        heard += 1;
      }
      if (records !== undefined) await (await found.getCharacteristic(records)).writeValueWithResponse(reportLast);
    }
    return heard;
  }

  /** Most meters speak when they have measured; some also when they are asked. */
  async #ask(id: string): Promise<void> {
    for (const voice of this.#connections.get(id)?.voices ?? []) if (voice.properties.read) await voice.readValue();
  }

  #hear(id: string, name: Characteristic, data: DataView): void {
    const reading = parse(name, data);
    if (reading) this.#patch(id, { reading: { ...reading, nr: ++this.#nr } });
  }

  #set(meter: Meter): void {
    this.view.set({ meters: [...this.view.get().meters.filter(({ id }) => id !== meter.id), meter] });
  }

  #patch(id: string, part: Partial<Meter>): void {
    this.view.set({ meters: this.view.get().meters.map((meter) => (meter.id === id ? { ...meter, ...part } : meter)) });
  }
}

/** Of this device: they outlive every page. */
export const meters = new Meters();
