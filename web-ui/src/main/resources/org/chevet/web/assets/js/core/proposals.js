// @ts-check
import { read } from "./api.js";
import { Signal } from "./signal.js";

/**
 * @typedef {{rule: string, french: string, english: string, points: number, weightPoints: number}} Part
 * @typedef {{rule: string, french: string, english: string, about: Record<string, string>}} Obstacle
 * @typedef {object} Proposal
 * @property {string} bed
 * @property {string} service
 * @property {number} costPoints
 * @property {string} usableAt
 * @property {"READY"|"CLEANING"|"DISCHARGE"|"END_OF_BLOCK"} readiness
 * @property {Part[]} parts
 * @property {{scarce: string, request: string}[]} harms
 * @property {import("./types.js").Refusal|null} refusal the service's answer that counts against it
 *
 * @typedef {object} Ranking
 * @property {string} request
 * @property {string} at
 * @property {Proposal[]} proposals
 * @property {{bed: string, obstacles: Obstacle[]}[]} nearest
 * @property {{bed: string, usableAt: string}|null} firstToCome
 *
 * @typedef {{bed: string, obstacles: Obstacle[], proposal: Proposal|null, rank: number|null}} Verdict
 */

/** What was asked for last, for the board, which shows where these beds are. @type {Signal<Ranking|null>} */
export const ranking = new Signal(/** @type {Ranking|null} */ (null));

/** The bed of the board that somebody asks about while a request is chosen. @type {Signal<string|null>} */
export const questioned = new Signal(/** @type {string|null} */ (null));

/** @param {string} request @returns {Promise<import("./api.js").Answer<Ranking>>} */
export function readProposals(request) {
  return read(`/requests/${encodeURIComponent(request)}/proposals`);
}

/** @param {string} request @param {string} bed @returns {Promise<import("./api.js").Answer<Verdict>>} */
export function readVerdict(request, bed) {
  return read(`/requests/${encodeURIComponent(request)}/beds/${encodeURIComponent(bed)}`);
}

const REASONS_SHOWN = 3;

/**
 * The strongest reasons for and against a bed: what it costs, the dearest first, then what others of the list are charged for and it is not.
 *
 * @param {Proposal} proposal
 * @param {Proposal[]} all
 */
export function reasons(proposal, all) {
  const against = proposal.parts.filter((part) => part.points > 0).sort((a, b) => b.points - a.points);
  const others = (/** @type {Part} */ { rule }) => Math.max(...all.map((one) => one.parts.find((part) => part.rule === rule)?.points ?? 0));
  const ready = (/** @type {Part} */ { rule }) => (rule === "ready-sooner" && proposal.readiness === "READY" ? 1 : 0);
  const inFavour = proposal.parts
    .filter((part) => part.points === 0 && others(part) + ready(part) > 0)
    .sort((a, b) => others(b) - others(a));
  // At least one reason for it where there is one: a line that only blames tells nothing of why it stands there.
  const kept = against.slice(0, inFavour.length > 0 ? REASONS_SHOWN - 1 : REASONS_SHOWN);
  return [...kept, ...inFavour.slice(0, REASONS_SHOWN - kept.length)];
}

/** Kept, kept in part, or not. @param {Part} part */
export function sign({ points, weightPoints }) {
  return points === 0 ? "kept" : points < weightPoints ? "partly" : "missed";
}
