// @ts-check
/** @import {Counts, Isolation, Sex} from "./types.js" */
import { followAs } from "./live.js";
import { fold } from "./search.js";
import { Signal } from "./signal.js";

/**
 * @typedef {"NONE"|"SINGLE"|"NEGATIVE_PRESSURE"|"PROTECTIVE"} IsolationAbility
 * @typedef {{isolation: IsolationAbility, sex: Sex, beds: number}} FreeBeds of one kind; sex UNKNOWN for whoever comes
 * @typedef {{id: string, name: string, specialties: string[], levelOfCare: string, free: FreeBeds[]}} GroupService
 *
 * @typedef {object} GroupHospital
 * @property {string} id
 * @property {string} name
 * @property {Record<string, string>} specialties
 * @property {number} sequence
 * @property {string} recordedAt
 * @property {Counts} counts
 * @property {{needed: number, staffed: number}} tension
 * @property {number} waiting
 * @property {string} writerCondition
 * @property {string|null} writer
 * @property {number} ageSeconds
 * @property {number} silentFeeds
 * @property {GroupService[]} services
 * @property {GroupAhead[]} ahead empty while nothing is foreseen
 *
 * @typedef {{hours: number, hospitals: number, low80: number, median: number, high80: number, beds: number, noFreeBed: number}} GroupAhead of so many hospitals
 * @typedef {{revision: number, hospitals: GroupHospital[], ahead: GroupAhead[]}} Group
 */

/** All hospitals. @type {Signal<Group|null>} */
export const group = new Signal(/** @type {Group|null} */ (null));

/** From now on this page is the group's. */
export function followGroup() {
  followAs("/api/v1/group/live", {
    snapshot: ({ revision, hospitals, ahead }) => {
      group.value = { revision, hospitals, ahead };
    },
    patch: applyGroupPatch,
    heartbeat: () => {},
  });
}

/** @param {any} patch @returns {boolean} false when patches are missing before this one */
function applyGroupPatch(patch) {
  const known = group.value;
  if (known === null || known.revision !== patch.from) {
    return false;
  }
  const changed = new Map(patch.hospitals.map((/** @type {any} */ one) => [one.id, one]));
  const kept = known.hospitals.filter((one) => !patch.removed.includes(one.id)).map((one) => (changed.has(one.id) ? changedHospital(one, changed.get(one.id)) : one));
  const added = patch.hospitals.filter((/** @type {any} */ one) => !known.hospitals.some((other) => other.id === one.id));
  group.value = { revision: patch.to, hospitals: [...kept, ...added], ahead: patch.ahead };
  return true;
}

/** @param {GroupHospital} known @param {any} news @returns {GroupHospital} */
function changedHospital(known, news) {
  if (news.name !== undefined) {
    return news;
  }
  const free = new Map(news.services.map((/** @type {any} */ service) => [service.id, service.free]));
  return {
    ...known,
    ...news,
    services: known.services.map((service) => (free.has(service.id) ? { ...service, free: free.get(service.id) } : service)),
  };
}

/** Beds that somebody could be given at once. @param {GroupHospital} hospital @param {string} [level] of these services only */
export function freeBeds(hospital, level) {
  return hospital.services.filter((service) => level === undefined || service.levelOfCare === level).reduce((sum, service) => sum + countOf(service.free), 0);
}

/** @param {FreeBeds[]} free */
function countOf(free) {
  return free.reduce((sum, kind) => sum + kind.beds, 0);
}

/**
 * What bed is looked for; "" stands for any.
 * @typedef {{text: string, level: string, sex: ""|Sex, isolation: ""|Isolation}} Wanted
 */
/** @type {Readonly<Wanted>} */
export const NOTHING_WANTED = Object.freeze({ text: "", level: "", sex: "", isolation: "" });

/** Which rooms give these precautions, as the engine has it. @type {Record<string, IsolationAbility[]>} */
const MET_BY = {
  CONTACT: ["SINGLE", "NEGATIVE_PRESSURE"],
  DROPLET: ["SINGLE", "NEGATIVE_PRESSURE"],
  AIRBORNE: ["NEGATIVE_PRESSURE"],
  PROTECTIVE: ["PROTECTIVE"],
};

/**
 * @param {Group} known
 * @param {Wanted} wanted
 * @returns {{hospital: GroupHospital, service: GroupService, beds: number}[]} where there are such beds, the most first
 */
export function findFree(known, wanted) {
  const folded = fold(wanted.text);
  return known.hospitals
    .flatMap((hospital) => hospital.services.filter((service) => suits(hospital, service, folded, wanted.level)).map((service) => ({ hospital, service, beds: countOf(service.free.filter((kind) => takes(kind, wanted))) })))
    .filter((found) => found.beds > 0)
    .sort((a, b) => b.beds - a.beds || a.hospital.name.localeCompare(b.hospital.name));
}

/** @param {GroupHospital} hospital @param {GroupService} service @param {string} folded @param {string} level */
function suits(hospital, service, folded, level) {
  return (
    (level === "" || service.levelOfCare === level) &&
    (folded === "" || fold(service.name).includes(folded) || service.specialties.some((code) => fold(hospital.specialties[code] ?? code).includes(folded)))
  );
}

/** @param {FreeBeds} kind @param {Wanted} wanted */
function takes(kind, wanted) {
  return (wanted.sex === "" || kind.sex === "UNKNOWN" || kind.sex === wanted.sex) && (wanted.isolation === "" || wanted.isolation === "NONE" || MET_BY[wanted.isolation].includes(kind.isolation));
}
