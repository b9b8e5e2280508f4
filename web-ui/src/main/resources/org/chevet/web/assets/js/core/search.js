// @ts-check
/** @import {Bed, Service, StayCell} from "./types.js" @import {Board} from "./store.js" */
import { Signal } from "./signal.js";

const RESULTS_MAX = 12;

/** What is typed in the search field. */
export const query = new Signal("");

/** @typedef {{kind: "bed"|"room"|"service"|"stay", text: string, detail: string, bed?: string, service?: string, stay?: string}} Found */

/** Without accents, capitals and blanks: "Réa 412 P" is found by "rea412p". @param {string} text */
export function fold(text) {
  return text
    .normalize("NFD")
    .replace(/[\p{M}\s.]/gu, "")
    .toLowerCase();
}

/**
 * @param {Bed} bed
 * @param {string} folded
 */
export function bedMatches(bed, folded) {
  return (
    fold(bed.id).includes(folded) ||
    fold(bed.room).startsWith(folded) ||
    (bed.stays?.some((stay) => stayMatches(stay, folded)) ?? false)
  );
}

/**
 * @param {Service} service
 * @param {string} folded
 */
export function serviceMatches(service, folded) {
  return fold(service.name).includes(folded) || fold(service.id).startsWith(folded);
}

/**
 * @param {StayCell} stay
 * @param {string} folded
 */
export function stayMatches(stay, folded) {
  return fold(stay.id).includes(folded) || fold(stay.initials ?? "").startsWith(folded);
}

/**
 * @param {Board} known
 * @param {string} text
 * @returns {Found[]} the most telling first
 */
export function find(known, text) {
  const folded = fold(text);
  if (folded === "") {
    return [];
  }
  /** @type {(Found & {rank: number})[]} */
  const found = [];
  for (const service of known.services) {
    if (serviceMatches(service, folded)) {
      const rank = fold(service.name).startsWith(folded) || fold(service.id) === folded ? 1 : 3;
      found.push({ kind: "service", text: service.name, detail: service.id, service: service.id, rank });
    }
    findInRooms(service, folded, found);
    for (const stay of service.withoutBed) {
      findStay(stay, service, undefined, folded, found);
    }
  }
  for (const stay of known.elsewhere) {
    findStay(stay, undefined, undefined, folded, found);
  }
  return found.sort((a, b) => a.rank - b.rank || a.text.localeCompare(b.text)).slice(0, RESULTS_MAX);
}

/**
 * @param {Service} service
 * @param {string} folded
 * @param {(Found & {rank: number})[]} found
 */
function findInRooms(service, folded, found) {
  for (const room of service.rooms) {
    if (room.beds.length > 1 && fold(room.id) === folded) {
      found.push({ kind: "room", text: room.id, detail: service.name, bed: room.beds[0].id, rank: 0 });
    }
    for (const bed of room.beds) {
      const id = fold(bed.id);
      if (id.includes(folded)) {
        const rank = id === folded ? 0 : id.startsWith(folded) ? 2 : 4;
        found.push({ kind: "bed", text: bed.id, detail: service.name, bed: bed.id, rank });
      }
      for (const stay of bed.stays ?? []) {
        findStay(stay, service, bed, folded, found);
      }
    }
  }
}

/**
 * @param {StayCell} stay
 * @param {Service|undefined} service
 * @param {Bed|undefined} bed
 * @param {string} folded
 * @param {(Found & {rank: number})[]} found
 */
function findStay(stay, service, bed, folded, found) {
  if (stayMatches(stay, folded)) {
    found.push({
      kind: "stay",
      text: `${stay.initials} · ${stay.id}`,
      detail: [service?.name, bed?.id].filter(Boolean).join(", "),
      stay: stay.id,
      bed: bed?.id,
      rank: fold(stay.id) === folded ? 0 : 2,
    });
  }
}
