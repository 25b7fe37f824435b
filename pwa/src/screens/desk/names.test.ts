import { describe, expect, it } from 'vitest';

import { overwriteGetLocale } from '../../paraglide/runtime';
import type { App } from '../../store/types';
import { nameOf, userName } from './names';

const USERS: Record<string, object> = {
  server: { data: { name: '系统', roles: ['system'] } },
  person: { data: { name: '张三', roles: ['engineer'] } },
};
const app = { get: (type: string, id: string) => (type === 'user' ? USERS[id] : undefined) } as unknown as App;

describe('the name of a user', () => {
  it.each([
    ['en', 'System'],
    ['zh-CN', '系统'],
    ['zh-TW', '系統'],
  ] as const)("of the server itself is a word of the reader's language: %s", (locale, word) => {
    overwriteGetLocale(() => locale);
    expect([userName(app, 'server'), nameOf(app, 'user', 'server')]).toEqual([word, word]);
  });

  it('is what a person is called in every language', () => {
    overwriteGetLocale(() => 'en');
    expect(userName(app, 'person')).toBe('张三');
  });

  it('is a part of the id where this device does not hold the user', () => {
    overwriteGetLocale(() => 'en');
    expect(userName(app, '12345678-9')).toContain('12345678');
  });
});
