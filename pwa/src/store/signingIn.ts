/** Who may look at this device: one user at a time, and nobody while another is being signed in. */
import type { DeviceDatabase, DeviceState, RememberedUser } from '../database/deviceDatabase';
import { endSession, signIn } from '../transport/session';
import { withSession } from './tabs';
import { SignInError } from './types';

const NOBODY: DeviceState = { device: null, current: null };

/**
 * The user is cleared before the server may set another's cookie, and stored after: a crash between the two leaves
 * a device that nobody is signed in on, never one that sends one user's work in the session of another.
 */
export function enrol(
  devices: DeviceDatabase,
  username: string,
  password: string,
  closeOther: () => void,
): Promise<RememberedUser> {
  return withSession('exclusive', async () => {
    const before = (await devices.read()) ?? NOBODY;
    if (before.current !== null && before.current.username !== username) {
      closeOther();
      await devices.write({ ...before, current: null });
    }
    const result = await signIn(username, password, { id: before.device, name: deviceName() });
    if ('problem' in result) throw new SignInError(signInProblem(result.problem), result.retryAfterMs);
    const { id, name, roles, branch } = result.session.user;
    const current = { id, name, roles, branch: branch ?? '', username };
    await devices.write({ device: result.session.device, current });
    return current;
  });
}

/** The work of the user stays; the session ends as soon as the server can be reached, at the latest at the next sign-in. */
export function leaveDevice(devices: DeviceDatabase): Promise<void> {
  return withSession('exclusive', async () => {
    const before = (await devices.read()) ?? NOBODY;
    await devices.write({ ...before, current: null });
    await endSession();
  });
}

const PROBLEMS: Record<string, string> = {
  unauthenticated: 'wrong_credentials',
  too_many_requests: 'too_many',
  internal: 'server_error',
};

function signInProblem(code: string): string {
  return PROBLEMS[code] ?? code;
}

/** What an administrator reads in the list of devices. */
function deviceName(): string {
  const { userAgent } = navigator;
  const system = /Android|iPhone|iPad|Windows|Macintosh|Linux/.exec(userAgent)?.[0] ?? 'unknown';
  const browser = /Edg|Firefox|Chrome|Safari/.exec(userAgent)?.[0] ?? 'browser';
  return `${system} ${browser}`;
}
