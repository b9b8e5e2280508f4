// @ts-check
/** @import {Change} from "./forecast.js" @import {Problem} from "./types.js" */
import { freshKey, post, read } from "./api.js";
import { route } from "./route.js";
import { Signal } from "./signal.js";

/**
 * By column, each as long as the hours.
 *
 * @typedef {object} Arm
 * @property {number} beds
 * @property {number[]} low95
 * @property {number[]} low80
 * @property {number[]} low50
 * @property {number[]} median
 * @property {number[]} high50
 * @property {number[]} high80
 * @property {number[]} high95
 * @property {number[]} noFreeBed
 * @property {number[]} waiting
 *
 * @typedef {{mean: number, half: number}} Estimate
 * @typedef {{without: Estimate, with: Estimate, difference: Estimate}} Total
 *
 * @typedef {object} FuturesSeries
 * @property {string|null} service null for the whole hospital
 * @property {number} occupied
 * @property {Arm} without
 * @property {Arm} with
 * @property {{low95: number[], mean: number[], high95: number[]}} difference
 * @property {Total} fullHours
 * @property {Total} waitedHours
 *
 * @typedef {object} FuturesResult
 * @property {{daysKnown: number, daysNeeded: number}} [tooLittleHistory]
 * @property {string} [at]
 * @property {number[]} [hours]
 * @property {FuturesSeries[]} [series]
 *
 * @typedef {object} Futures
 * @property {string} hospital
 * @property {string|null} id null while they are being asked for
 * @property {"WAITING"|"RUNNING"|"DONE"|"CANCELLED"|"FAILED"} state
 * @property {number} done
 * @property {number} count
 * @property {number} seed
 * @property {FuturesResult|null} result
 * @property {Problem|null} problem
 */

const LOOK_MILLIS = 400;

/** Those that this page asked for last: whoever goes to another view and comes back finds them. @type {Signal<Futures|null>} */
export const futures = new Signal(/** @type {Futures|null} */ (null));

/** Whether they are still to come. @param {Futures|null} asked */
export function isOpen(asked) {
  return asked !== null && (asked.state === "WAITING" || asked.state === "RUNNING");
}

/** Asks for new ones, and looks until they are there, whichever hospital is shown meanwhile. @param {Change[]} given @param {Change[]} measures */
export async function askFutures(given, measures) {
  const hospital = route.value.hospital;
  /** @type {Futures} */
  let asked = { hospital, id: null, state: "WAITING", done: 0, count: 1, seed: 0, result: null, problem: null };
  futures.value = asked;
  const answer = await post("/futures", { given, measures }, freshKey(), hospital);
  /** @param {Partial<Futures>} news @returns {boolean} whether they are still those that the page is about */
  const tell = (news) => {
    const own = futures.value === asked;
    if (own) {
      asked = { ...asked, ...news };
      futures.value = asked;
    }
    return own;
  };
  if (!answer.ok) {
    tell({ state: "FAILED", problem: answer.problem });
    return;
  }
  tell({ id: answer.value.id });
  while (isOpen(asked) && futures.value === asked) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MILLIS));
    const look = await read(`/futures/${asked.id}`, hospital);
    if (!(look.ok ? tell(look.value) : look.problem.status === 0 || tell({ state: "FAILED", problem: look.problem }))) {
      return;
    }
  }
}

/** Has those that are being drawn stopped, which they are only once they have a number. */
export async function cancelFutures() {
  const asked = futures.value;
  if (asked === null || asked.id === null || !isOpen(asked)) {
    return;
  }
  const answer = await post(`/futures/${asked.id}/cancel`, {}, freshKey(), asked.hospital);
  const now = futures.value;
  if (now !== null && now.id === asked.id && isOpen(now) && (answer.ok || answer.problem.status !== 0)) {
    futures.value = answer.ok ? { ...now, ...answer.value } : { ...now, state: "FAILED", problem: answer.problem };
  }
}
