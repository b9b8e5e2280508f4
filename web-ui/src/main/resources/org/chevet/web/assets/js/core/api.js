// @ts-check
/** @import {Problem} from "./types.js" */
import { address as asked, after } from "./members.js";
import { actor } from "./preferences.js";
import { route } from "./route.js";

const ANSWER_MILLIS_MAX = 15_000;
const AGAIN_MILLIS = 500;

/**
 * @template T
 * @typedef {{ok: true, value: T} | {ok: false, problem: Problem}} Answer
 */

/** @typedef {{act: number, sequence: number, repeated: boolean, events?: string[]}} Done */

/**
 * @param {string} path below the hospital
 * @param {string} hospital
 * @returns {Promise<Answer<any>>}
 */
export function read(path, hospital = route.value.hospital) {
  return ask(hospitalPath(path, hospital), { method: "GET" });
}

/** @returns {Promise<Answer<{hospitals: {id: string, name: string, timeZone: string, demo: boolean, drill: boolean}[]}>>} */
export function readHospitals() {
  return ask("/api/v1/hospitals", { method: "GET" });
}

/** @returns {Promise<Answer<{drills: import("./drill.js").DrillHead[], scenarios: import("./drill.js").Scenario[], openings: import("./drill.js").Opening[]}>>} */
export function readDrills() {
  return ask("/api/v1/drills", { method: "GET" });
}

/**
 * Not asked twice: a second one would be another drill.
 * @param {{title: string, hospital: string|null, at: string|null, scenario: string|null, scenarioFile: string|null}} wanted
 * @returns {Promise<Answer<{id: string}>>}
 */
export function openDrill(wanted) {
  return askAt(asked.value, "/api/v1/drills", withBody("POST", wanted));
}

/** @param {string} hospital @returns {Promise<Answer<{services: {id: string, name: string}[]}>>} */
export function readServices(hospital) {
  return ask(`/api/v1/hospitals/${encodeURIComponent(hospital)}/services`, { method: "GET" });
}

/** @param {{speed?: number, paused?: boolean}} wanted */
export function setClock(wanted) {
  return ask(hospitalPath("/clock"), withBody("PUT", wanted));
}

/**
 * Asks the hospital to do something.
 *
 * @param {string} name the act's name, as in the contract ("BlockBed")
 * @param {object} body
 * @param {string} key the same for every attempt at one act, so that an answer lost on the way does no harm
 * @returns {Promise<Answer<Done>>}
 */
export function perform(name, body, key) {
  return post(`/acts/${name.replace(/(?<!^)([A-Z])/g, "-$1").toLowerCase()}`, body, key);
}

/**
 * @param {string} path below the hospital
 * @param {object} body
 * @param {string} key as for {@link perform}
 * @param {string} hospital
 * @returns {Promise<Answer<any>>}
 */
export function post(path, body, key, hospital = route.value.hospital) {
  const init = withBody("POST", body);
  init.headers["Idempotency-Key"] = key;
  return ask(hospitalPath(path, hospital), init);
}

/** A number nobody else has. Works without a secure context, unlike crypto.randomUUID. */
export function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} path @param {string} hospital */
function hospitalPath(path, hospital = route.value.hospital) {
  return `/api/v1/hospitals/${encodeURIComponent(hospital)}${path}`;
}

/**
 * @param {string} method
 * @param {object} body
 */
function withBody(method, body) {
  /** @type {Record<string, string>} */
  const headers = { "Content-Type": "application/json" };
  if (actor.value !== null) {
    headers["Chevet-Actor"] = `name=${encodeURIComponent(actor.value.name)}; role=${actor.value.role}`;
  }
  return { method, headers, body: JSON.stringify(body) };
}

/**
 * Asks the member that the page follows; the next one when that does not answer, or when the page has gone on to another meanwhile.
 * What changes something has a key, and setting the clock twice is setting it once: so it may be asked again wherever an answer
 * was lost.
 *
 * @param {string} path
 * @param {RequestInit} init
 * @returns {Promise<Answer<any>>}
 */
async function ask(path, init) {
  const untilMillis = Date.now() + ANSWER_MILLIS_MAX;
  let address = asked.value;
  for (;;) {
    const answer = await askAt(address, path, init);
    const gone = !answer.ok && (answer.problem.status === 0 || (answer.problem.status === 503 && address !== asked.value));
    const next = address === asked.value ? after(address) : asked.value;
    if (!gone || next === address || Date.now() >= untilMillis) {
      return answer;
    }
    if (next === asked.value) {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MILLIS));
    }
    address = next;
  }
}

/**
 * @param {string} address
 * @param {string} path
 * @param {RequestInit} init
 * @returns {Promise<Answer<any>>}
 */
async function askAt(address, path, init) {
  const left = new AbortController();
  const stop = asked.subscribe(() => left.abort());
  let response;
  let content;
  try {
    response = await fetch(address + path, { ...init, credentials: "include", signal: AbortSignal.any([left.signal, AbortSignal.timeout(ANSWER_MILLIS_MAX)]) });
    content = await response.text();
  } catch {
    return { ok: false, problem: { status: 0 } };
  } finally {
    stop();
  }
  let value;
  try {
    value = content === "" ? {} : JSON.parse(content);
  } catch {
    return { ok: false, problem: { status: response.status, detail: response.statusText } };
  }
  return response.ok ? { ok: true, value } : { ok: false, problem: { ...value, status: response.status } };
}
