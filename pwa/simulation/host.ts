/** Plays tablets for the simulator: one JSON command a line on standard input, one JSON reply a line on standard output. */
import { createInterface } from 'node:readline';
import type { Draft } from '../src/outbox/make';
import type { Operation } from '../src/outbox/operation';
import { SaveError } from '../src/store/types';
import { isJson, parse } from '../src/transport/http';
import { Journal } from './journal';
import { Tablet } from './tablet';

interface Photo {
  sha256: string;
  base64: string;
}

/** Everything but `do` and `tablet` belongs to some commands only. */
interface Command {
  do: keyof typeof commands;
  tablet: string;
  clock: { now: string; uptime_ms: number };
  user: string;
  from: string | null;
  drafts: Draft[];
  ids: string[];
  operations: Operation[];
  photos: Photo[];
  limits: { operations: number; rows: number };
  status: number;
  type: string;
  text: string;
  root: string;
  sha256: string;
  seq: number;
}

const tablets = new Map<string, Tablet>();
let exchanges = 0;

const commands = {
  open: async (command: Command) => {
    const journal = command.from === null ? new Journal() : await tabletOf(command.from).journal.copy();
    const tablet = new Tablet(command.tablet, command.user, journal);
    tablets.set(command.tablet, tablet);
    setClock(command);
    await tablet.start();
    return {};
  },
  crash: async ({ tablet }: Command) => {
    await tabletOf(tablet).start();
    return {};
  },
  save: async ({ tablet, drafts, photos, ids }: Command) => {
    try {
      await tabletOf(tablet).save(drafts, photos.map(asPhoto), ids);
      const roots = new Set(drafts.map((draft) => draft.root));
      return { shown: [...roots].flatMap((root) => tabletOf(tablet).family(root)) };
    } catch (error) {
      if (error instanceof SaveError) return { refused: { code: error.code, ...error.detail } };
      throw error;
    }
  },
  force: async ({ tablet, operations, photos }: Command) => {
    const root = operations[0]?.root as string;
    await tabletOf(tablet).force(
      operations,
      photos.map((photo) => ({ ...asPhoto(photo), root })),
    );
    return {};
  },
  ask: async ({ tablet, limits }: Command) => {
    Object.assign(tabletOf(tablet).limits, limits);
    const body = JSON.stringify(await tabletOf(tablet).ask());
    exchanges += 1;
    return { body };
  },
  answer: async ({ tablet, status, type, text }: Command) => {
    const json = isJson(type) ? parse(text) : undefined;
    return { believed: await tabletOf(tablet).answer({ arrived: true, status, json, retryAfterMs: null }) };
  },
  family: async ({ tablet, root }: Command) => ({ records: tabletOf(tablet).family(root) }),
  photo: async ({ tablet }: Command) => {
    const photo = await tabletOf(tablet).nextPhoto();
    if (photo === null) return {};
    return { sha256: photo.sha256, base64: Buffer.from(await photo.bytes.arrayBuffer()).toString('base64') };
  },
  arrived: async ({ tablet, sha256, seq }: Command) => {
    await tabletOf(tablet).photoArrived(sha256, seq);
    return {};
  },
};

function tabletOf(name: string): Tablet {
  const tablet = tablets.get(name);
  if (tablet === undefined) throw new Error(`no tablet is called ${name}`);
  return tablet;
}

function asPhoto({ sha256, base64 }: Photo): { sha256: string; blob: Blob } {
  return { sha256, blob: new Blob([Buffer.from(base64, 'base64')], { type: 'image/jpeg' }) };
}

async function obey(command: Command): Promise<object> {
  if (command.do !== 'open') setClock(command);
  const reply = await commands[command.do](command);
  const tablet = tabletOf(command.tablet);
  return { ...reply, writes: tablet.journal.take(), asking: tablet.asking, exchanges };
}

function setClock({ tablet, clock }: Command): void {
  tabletOf(tablet).clock = { now: Date.parse(clock.now), uptimeMs: clock.uptime_ms };
}

for await (const line of createInterface({ input: process.stdin })) {
  const reply = await obey(JSON.parse(line) as Command).catch((error: Error) => ({ error: error.stack }));
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
