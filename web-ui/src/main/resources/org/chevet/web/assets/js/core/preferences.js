// @ts-check
import { Signal } from "./signal.js";

const PREFIX = "chevet.";

/**
 * A choice of the person at this browser. Kept here only: it is nobody else's business. Storage may be refused (private
 * windows): then the choice lasts as long as the page.
 *
 * @template T
 * @param {string} name
 * @param {T} initial
 * @returns {Signal<T>}
 */
export function kept(name, initial) {
  let value = initial;
  try {
    const text = localStorage.getItem(PREFIX + name);
    if (text !== null) {
      value = JSON.parse(text);
    }
  } catch {
    // Unreadable or refused: the initial value holds.
  }
  const signal = new Signal(value);
  signal.subscribe(() => {
    try {
      localStorage.setItem(PREFIX + name, JSON.stringify(signal.value));
    } catch {
      // See above.
    }
  });
  return signal;
}

/** @type {Signal<"fr"|"en">} */
export const language = kept("language", "fr");

/** @type {Signal<"system"|"light"|"dark">} */
export const theme = kept("theme", "system");

/** Who acts, until there are accounts. @type {Signal<{name: string, role: string}|null>} */
export const actor = kept("actor", null);

/** Whether this browser may keep a copy of the last board. @type {Signal<boolean>} */
export const keepCopy = kept("keepCopy", true);

/** Whether rooms carry their number on the board. @type {Signal<boolean>} */
export const roomNumbers = kept("roomNumbers", false);

/**
 * What the board is narrowed to.
 * @typedef {{site: string, floor: string, service: string, show: string}} Filters
 */
/** @type {Readonly<Filters>} */
export const NO_FILTERS = Object.freeze({ site: "", floor: "", service: "", show: "" });

/** @type {Signal<Filters>} */
export const filters = kept("filters", NO_FILTERS);

function applyToPage() {
  document.documentElement.lang = language.value;
  if (theme.value === "system") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme.value;
  }
}

language.subscribe(applyToPage);
theme.subscribe(applyToPage);
applyToPage();
