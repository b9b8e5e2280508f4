// @ts-check
/// <reference lib="webworker" />
// Keeps the page's own files, so that the page opens when the server is gone. Never what the API answers: who lies where is
// kept by the page (core/copy.js), with an end to it.

const CACHE = "chevet-page";
const PAGE = "/";
/** A server that hangs is as good as gone. */
const ANSWER_MILLIS_MAX = 4000;

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", () => {
  worker.skipWaiting();
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(worker.clients.claim());
});

worker.addEventListener("message", (event) => {
  if (event.data?.type === "keep") {
    event.waitUntil(keep(event.data.paths));
  }
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== worker.location.origin) {
    return;
  }
  if (request.mode === "navigate" && (pathname === PAGE || pathname === "/group" || pathname.startsWith("/hospitals/"))) {
    event.respondWith(fresh(request, PAGE));
  } else if (pathname.startsWith("/vendor/")) {
    event.respondWith(kept(request));
  } else if (pathname.startsWith("/assets/")) {
    event.respondWith(fresh(request, pathname));
  }
});

/**
 * From the server while it answers, otherwise as it was last.
 * @param {Request} request
 * @param {string} path under which it is kept
 */
async function fresh(request, path) {
  const cache = await caches.open(CACHE);
  const old = await cache.match(path);
  try {
    const answer = await (old === undefined ? fetch(request) : fetch(request, { signal: AbortSignal.timeout(ANSWER_MILLIS_MAX) }));
    if (answer.ok) {
      await cache.put(path, answer.clone());
    }
    // A proxy whose server is gone answers by itself.
    return answer.status >= 500 && old !== undefined ? old : answer;
  } catch (unreachable) {
    if (old === undefined) {
      throw unreachable;
    }
    return old;
  }
}

/** Its version is in its path: what was read once never changes. @param {Request} request */
async function kept(request) {
  const cache = await caches.open(CACHE);
  const old = await cache.match(request);
  if (old !== undefined) {
    return old;
  }
  const answer = await fetch(request);
  if (answer.ok) {
    await cache.put(request, answer.clone());
  }
  return answer;
}

/**
 * The files that the page is made of: the ones it read before this worker watched are read again, those of former versions go.
 * @param {string[]} paths
 */
async function keep(paths) {
  const cache = await caches.open(CACHE);
  const wanted = new Set([PAGE, ...paths]);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (!wanted.delete(pathname)) {
      await cache.delete(request);
    }
  }
  await cache.addAll([...wanted]);
}
