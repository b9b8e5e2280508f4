// @ts-check
/** @import {Answer, Done} from "../core/api.js" @import {Proposal} from "../core/proposals.js" */
import { freshKey, perform } from "../core/api.js";
import { nowMillis } from "../core/clock.js";
import { actor } from "../core/preferences.js";
import { go, route } from "../core/route.js";
import { board, reached } from "../core/store.js";
import { lastAct } from "./last-act.js";

const HELD_MILLIS = 2 * 3_600_000;
/** When a bed that should be ready by now is expected to be. */
const LATE_MILLIS = 30 * 60_000;

/**
 * From when on a proposed bed is held if it is taken now, null for at once, and how long.
 * @param {Proposal} proposal
 */
export function held({ bed, readiness, usableAt }) {
  const ready = readiness === "READY" || board.value?.beds.get(bed)?.state === "READY";
  const now = nowMillis();
  const usableMillis = Date.parse(usableAt);
  const from = ready ? now : usableMillis > now ? usableMillis : now + LATE_MILLIS;
  return { from: ready ? null : new Date(from).toISOString(), until: new Date(from + HELD_MILLIS).toISOString() };
}

/**
 * Reserves a proposed bed, which the server checks again.
 *
 * @param {string} request
 * @param {Proposal} proposal
 * @returns {Promise<Answer<Done>|null>} null when nobody said who acts: that is asked first
 */
export function take(request, proposal) {
  return tell("reserveFor", request, "ReserveBed", { request, bed: proposal.bed, ...held(proposal) });
}

/**
 * Records that a patient is in another bed now, which the server checks again.
 *
 * @param {string} stay
 * @param {string} called
 * @param {string} bed
 * @returns {Promise<Answer<Done>|null>} as for {@link take}
 */
export function move(stay, called, bed) {
  return tell("transfer", called, "TransferStay", { stay, service: null, bed, at: null, request: null });
}

/** @param {string} id @param {string} of @param {string} name @param {object} body */
async function tell(id, of, name, body) {
  if (actor.value === null) {
    go({ ...route.value, aside: "identity" });
    return null;
  }
  const answer = await perform(name, body, freshKey());
  if (answer.ok) {
    lastAct.value = { id, act: answer.value.act, of };
    await reached(answer.value.sequence);
  }
  return answer;
}
