// @ts-check

const WORKER = "/service-worker.js";

/**
 * Has the page's own files kept by the browser, for the day when the server does not answer. Browsers allow that over HTTPS and on
 * the machine itself; elsewhere the page works all the same, but cannot be opened while the server is gone.
 */
export async function keepPageFiles() {
  if (!("serviceWorker" in navigator)) {
    return;
  }
  try {
    await navigator.serviceWorker.register(WORKER);
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage({ type: "keep", paths: ownFiles() });
  } catch {
    // Refused by the browser's settings, or the server is gone: then what was kept before is what there is.
  }
}

function ownFiles() {
  return performance
    .getEntriesByType("resource")
    .map((entry) => new URL(entry.name))
    .filter((address) => address.origin === location.origin && /^\/(assets|vendor)\//.test(address.pathname))
    .map((address) => address.pathname);
}
