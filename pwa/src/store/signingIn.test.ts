import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDeviceDatabase, type DeviceDatabase } from '../database/deviceDatabase';
import { enrol, leaveDevice } from './signingIn';

const ANNA = { id: 'anna-id', name: 'Anna', username: 'anna', roles: ['engineer'], branch: 'b' };
const session = (user: object) => Response.json({ user, device: 'device-1', expires: '' });
const refused = (code: string, status: number) => Response.json({ error: { code } }, { status });

let devices: DeviceDatabase;
let closed: number;
let network: () => Promise<Response>;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  devices = await openDeviceDatabase();
  closed = 0;
  vi.stubGlobal('fetch', () => network());
});
afterEach(() => vi.unstubAllGlobals());

const signIn = (username: string) => enrol(devices, username, 'secret', () => closed++);
const current = async () => (await devices.read())?.current?.username ?? null;

describe('signing in', () => {
  it('remembers the user and the device for the time without a network', async () => {
    network = () => Promise.resolve(session(ANNA));
    expect(await signIn('anna')).toEqual(ANNA);
    expect(await devices.read()).toEqual({ device: 'device-1', current: ANNA });
  });

  it('shows nobody while another user is on his way in: a crash must not mix two sessions', async () => {
    await devices.write({ device: 'device-1', current: ANNA });
    let during: string | null = 'nobody asked';
    network = async () => {
      during = await current();
      return session({ ...ANNA, id: 'bert-id', username: 'bert' });
    };
    await signIn('bert');
    expect([during, closed, await current()]).toEqual([null, 1, 'bert']);
  });

  it('again as the same user keeps his work open, also when it fails', async () => {
    await devices.write({ device: 'device-1', current: ANNA });
    network = () => Promise.reject(new TypeError('no network'));
    await expect(signIn('anna')).rejects.toMatchObject({ code: 'offline' });
    expect([closed, await current()]).toEqual([0, 'anna']);
  });

  it.each([
    ['wrong_credentials', refused('unauthenticated', 401)],
    ['too_many', refused('too_many_requests', 429)],
    ['portal', new Response('<html>', { headers: { 'Content-Type': 'text/html' } })],
  ])('fails with the word %s', async (code, reply) => {
    network = () => Promise.resolve(reply);
    await expect(signIn('anna')).rejects.toMatchObject({ name: 'SignInError', code });
  });
});

describe('signing out', () => {
  it('works without a network, and leaves nobody to look at', async () => {
    await devices.write({ device: 'device-1', current: ANNA });
    network = () => Promise.reject(new TypeError('no network'));
    await leaveDevice(devices);
    expect(await devices.read()).toEqual({ device: 'device-1', current: null });
  });
});
