import { describe, expect, it } from 'vitest';

import en from '../../messages/en.json';
import simplified from '../../messages/zh-CN.json';
import traditional from '../../messages/zh-TW.json';

type Messages = Record<string, string>;

const LANGUAGES: [string, Messages][] = [
  ['zh-TW', traditional],
  ['en', en],
];
const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

describe.each(LANGUAGES)('the words in %s', (_, messages) => {
  it('exist for every key of simplified Chinese, and for no other', () => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(simplified).sort());
  });

  it('are never empty', () => {
    expect(Object.entries(messages).filter(([, text]) => !text.trim())).toEqual([]);
  });

  it('name the same values as simplified Chinese', () => {
    const named = (all: Messages) => Object.entries(all).map(([key, text]) => [key, placeholders(text)]);
    expect(Object.fromEntries(named(messages))).toEqual(Object.fromEntries(named(simplified)));
  });
});
