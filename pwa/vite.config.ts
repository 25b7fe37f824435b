import { svelte } from '@sveltejs/vite-plugin-svelte';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';

import { manifest } from './manifest.ts';

const server = 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [
    svelte(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/serviceWorker',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false,
      manifest,
      injectManifest: { globPatterns: ['**/*.{js,css,html,svg,png,wasm,webmanifest}'] },
    }),
  ],
  build: {
    outDir: '../backend/static',
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: { proxy: { '/api': server }, fs: { allow: ['..'] } },
  test: { include: ['src/**/*.test.ts'], environment: 'node', allowOnly: false, restoreMocks: true },
});
