/** The language on screen: kept for the engineer, lent to the customer while the device is in his hands. */

import { getContext, setContext } from 'svelte';

import { getLocale, isLocale, overwriteGetLocale, setLocale, type Locale } from '../paraglide/runtime';

const KEY = 'language';

export const NAMES: Record<Locale, string> = { 'zh-CN': '简体中文', 'zh-TW': '繁體中文', en: 'English' };

export class Language {
  current = $state<Locale>(getLocale());

  constructor() {
    overwriteGetLocale(() => this.current);
    this.show(this.current);
  }

  /** Remembered on this device. */
  choose(locale: string): void {
    if (!isLocale(locale)) return;
    void setLocale(locale, { reload: false });
    this.show(locale);
  }

  /** For as long as the page is open; `choose` is untouched. */
  show(locale: Locale): void {
    this.current = locale;
    document.documentElement.lang = locale;
  }
}

export function provideLanguage(): Language {
  return setContext(KEY, new Language());
}

export function useLanguage(): Language {
  return getContext<Language>(KEY);
}
