// @ts-check
import { Signal } from "./signal.js";

export const VIEWS = /** @type {const} */ (["board", "requests", "plan", "discharges", "cleaning", "occupancy", "forecast", "tension", "crisis", "anomalies", "quarantine", "acts", "layout"]);

/**
 * What is shown. Its address can be sent to a colleague: it names beds, services and requests, never a stay or a patient.
 * A stay that has no bed is therefore chosen beside the address (`stay`), and forgotten with the page.
 *
 * @typedef {object} Route
 * @property {string} hospital "" on the group's page
 * @property {typeof VIEWS[number]|"group"} view
 * @property {string} [bed]
 * @property {string} [service]
 * @property {string} [pole] services that are foreseen together, by its name
 * @property {string} [request]
 * @property {string} [message]
 * @property {string} [stay]
 * @property {"help"|"identity"} [aside]
 */

/** All hospitals: a page of its own, with nothing of any one of them. */
export const GROUP_PATH = "/group";

/** What can be chosen: one thing at a time. */
const SELECTIONS = /** @type {const} */ ({ beds: "bed", services: "service", poles: "pole", requests: "request", quarantine: "message" });

/** @type {Signal<Route>} */
export const route = new Signal(parse(location.pathname));

window.addEventListener("popstate", () => {
  route.value = parse(location.pathname);
});

/**
 * Shows something else.
 * @param {Partial<Route>} change what is not named stays, except the selection, of which there is only one
 */
export function go(change) {
  const { hospital, view } = route.value;
  const next = { hospital, view, ...change };
  const address = format(next);
  if (address !== location.pathname) {
    history.pushState(null, "", address);
  }
  route.value = next;
}

/** Back to no selection. */
export function closePanel() {
  go({});
}

/**
 * @param {string} path
 * @returns {Route}
 */
export function parse(path) {
  const [root, hospital, ...rest] = path.split("/").filter(Boolean).map(decode);
  /** @type {Route} */
  const parsed = { hospital: root === "hospitals" ? (hospital ?? "") : "", view: root === "group" ? "group" : "board" };
  const [first, second, third] = rest;
  const views = /** @type {readonly string[]} */ (VIEWS);
  if (first !== undefined && views.includes(first)) {
    parsed.view = /** @type {Route["view"]} */ (first);
    if (third === undefined && second !== undefined && first in SELECTIONS) {
      choose(parsed, first, second);
    } else if (third !== undefined) {
      choose(parsed, second, third);
    }
  } else if (first !== undefined && second !== undefined) {
    choose(parsed, first, second);
  }
  return parsed;
}

/** @param {Route} wanted */
export function format(wanted) {
  if (wanted.view === "group") {
    return GROUP_PATH;
  }
  const parts = ["", "hospitals", wanted.hospital];
  if (wanted.view !== "board") {
    parts.push(wanted.view);
  }
  for (const [segment, name] of Object.entries(SELECTIONS)) {
    const id = wanted[name];
    if (id !== undefined) {
      parts.push(...(segment === wanted.view ? [id] : [segment, id]));
      break;
    }
  }
  return parts.map(encodeURIComponent).join("/");
}

/**
 * @param {Route} parsed
 * @param {string} segment
 * @param {string} id
 */
function choose(parsed, segment, id) {
  if (segment in SELECTIONS) {
    parsed[SELECTIONS[/** @type {keyof typeof SELECTIONS} */ (segment)]] = id;
  }
}

/** @param {string} part */
function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
