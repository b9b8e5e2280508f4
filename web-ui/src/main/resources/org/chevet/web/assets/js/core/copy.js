// @ts-check
/** @import {Board} from "./store.js" @import {Feed} from "./types.js" */
import { nowMillis, tellClock } from "./clock.js";
import { isDrill } from "./hospitals.js";
import { connection } from "./live.js";
import { keepCopy } from "./preferences.js";
import { Signal } from "./signal.js";
import { applySnapshot, board, feeds } from "./store.js";

/**
 * The last board, kept in this browser for when the server is gone and the page is opened anew. It has what the board shows:
 * initials and stay numbers, no names. It is deleted when its time is over, at the next occasion that the page has to do so.
 *
 * @typedef {object} Copy
 * @property {string} hospital
 * @property {number} takenMillis the wall's time at which this was the state
 * @property {number} keptUntilMillis
 * @property {number} hospitalMillis the hospital's time then
 * @property {Omit<Board, "beds">} board
 * @property {Feed[]} feeds
 */

const DATABASE = "chevet-copy";
const STORE = "boards";
const HOUR = 3_600_000;
const SAVE_MILLIS = 5_000;
const EXPIRY_CHECK_MILLIS = 60_000;

/** How long a copy may be kept here, as the server's configuration says; 0 for none. */
export const copyHours = Number(document.querySelector('meta[name="chevet-copy-hours"]')?.getAttribute("content") ?? 0);

/** The copy on screen in place of a live board. @type {Signal<{takenMillis: number}|null>} */
export const shownCopy = new Signal(/** @type {{takenMillis: number}|null} */ (null));

/** When the copy that is kept was taken, null while there is none. @type {Signal<number|null>} */
export const keptSince = new Signal(/** @type {number|null} */ (null));

let saving = false;
let savedLastMillis = 0;

/** Keeps a copy from now on, for as long as this browser's user wants one; shows it when there is nothing else to show. */
export function startCopying() {
  expire();
  setInterval(expire, EXPIRY_CHECK_MILLIS);
  setInterval(save, SAVE_MILLIS);
  document.addEventListener("visibilitychange", save);
  connection.subscribe(() => {
    if (connection.value.state === "live") {
      shownCopy.value = null;
    }
  });
  keepCopy.subscribe(() => (keepCopy.value ? save() : erase()));
}

/** @param {string} hospital @returns {Promise<boolean>} whether there was one */
export async function showCopy(hospital) {
  await expire();
  const copy = /** @type {Copy|undefined} */ (await ask("readonly", (store) => store.get(hospital)));
  if (copy === undefined || connection.value.state === "live" || board.value !== null) {
    return false;
  }
  // Its clock stands: everything on the copy is as old as it was then.
  tellClock({ now: new Date(copy.hospitalMillis).toISOString(), speed: 0, paused: false, adjustable: false });
  feeds.value = copy.feeds;
  shownCopy.value = { takenMillis: copy.takenMillis };
  applySnapshot(copy.board);
  return true;
}

/** Hospitals of which there is a copy, no drills. @returns {Promise<string[]>} */
export async function copiedHospitals() {
  const copied = /** @type {string[]|undefined} */ (await ask("readonly", (store) => store.getAllKeys()));
  return (copied ?? []).filter((id) => !isDrill(id));
}

/** Deletes the copies of every hospital, the one on screen too. */
export async function erase() {
  await ask("readwrite", (store) => store.clear());
  keptSince.value = null;
  if (shownCopy.value !== null) {
    location.reload();
  }
}

async function save() {
  const known = board.value;
  if (known === null || copyHours === 0 || !keepCopy.value || connection.value.state !== "live" || saving || Date.now() - savedLastMillis < SAVE_MILLIS / 2) {
    return;
  }
  saving = true;
  const takenMillis = Date.now();
  const { beds, ...rest } = known;
  const written = await ask("readwrite", (store) =>
    store.put(
      /** @type {Copy} */ ({
        hospital: known.hospital.id,
        takenMillis,
        keptUntilMillis: takenMillis + copyHours * HOUR,
        hospitalMillis: nowMillis(),
        board: rest,
        feeds: feeds.value,
      }),
    ),
  );
  saving = false;
  savedLastMillis = takenMillis;
  keptSince.value = written === undefined ? null : takenMillis;
}

/** Deletes what has been kept for long enough; everything when nothing may be kept. */
async function expire() {
  /** @type {Copy[]} */
  const copies = (await ask("readonly", (store) => store.getAll())) ?? [];
  for (const { hospital, takenMillis, keptUntilMillis } of copies) {
    const end = Math.min(keptUntilMillis, takenMillis + copyHours * HOUR);
    if (Date.now() >= end || !keepCopy.value) {
      await ask("readwrite", (store) => store.delete(hospital));
      if (shownCopy.value !== null) {
        location.reload();
      }
    } else {
      keptSince.value = takenMillis;
    }
  }
}

/**
 * One request to the browser's store. Storage may be refused (private windows) or full: then there is no copy, and nothing else
 * is wrong.
 *
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<any>} request
 * @returns {Promise<any>} undefined when it was refused
 */
async function ask(mode, request) {
  try {
    const database = await open();
    try {
      return await settled(request(database.transaction(STORE, mode).objectStore(STORE)));
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  const opening = indexedDB.open(DATABASE, 1);
  opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore(STORE, { keyPath: "hospital" }));
  return settled(opening);
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function settled(request) {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}
