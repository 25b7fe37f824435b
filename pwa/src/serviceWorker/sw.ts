/** Keeps the app shell on the device so that a cold start needs no network; data is never cached here. */
import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';

declare const self: ServiceWorkerGlobalScope;

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

/** The first page ever loaded is controlled at once, so that it opens in flight mode without a second visit. */
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** The user agreed to the new version. */
self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
