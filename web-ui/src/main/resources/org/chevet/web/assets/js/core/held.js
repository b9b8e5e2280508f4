// @ts-check
/** @import {Barrier, StayCell} from "./types.js" @import {Board} from "./store.js" */

/**
 * Somebody who could leave, and what keeps them.
 * @typedef {{stay: StayCell, barriers: Barrier[], bed: string|null, service: string, sinceMillis: number}} Held
 *
 * What one kind of barrier costs: bed-days lost so far of those who are here, by service.
 * @typedef {{kind: string, patients: number, lostMillis: number, services: {service: string, patients: number, lostMillis: number}[]}} Loss
 */

/** Who is medically ready, in a bed or not, the one who has been for the longest first. @param {Board} board @returns {Held[]} */
export function readyStays(board) {
  return board.services
    .flatMap((service) => [
      ...service.rooms.flatMap((room) => room.beds).flatMap((bed) => (bed.stays ?? []).map((stay) => ({ stay, bed: bed.id, service: service.id }))),
      ...service.withoutBed.map((stay) => ({ stay, bed: null, service: service.id })),
    ])
    .filter(({ stay }) => stay.medicallyReadyAt !== undefined)
    .map(({ stay, bed, service }) => ({ stay, barriers: stay.barriers ?? [], bed, service, sinceMillis: Date.parse(stay.medicallyReadyAt ?? "") }))
    .sort((a, b) => a.sinceMillis - b.sinceMillis);
}

/** Those of them whom a barrier holds. @param {Held[]} ready */
export function heldOf(ready) {
  return ready.filter(({ barriers }) => barriers.length > 0);
}

/**
 * By kind of barrier, the costliest first. A bed is lost to a barrier from when its patient was ready and the barrier there; to two barriers at once, it is
 * lost to each.
 *
 * @param {Held[]} held
 * @param {number} now in milliseconds
 * @returns {Loss[]}
 */
export function losses(held, now) {
  /** @type {Map<string, Loss>} */
  const byKind = new Map();
  for (const { barriers, service, sinceMillis } of held) {
    for (const { kind, since } of barriers) {
      const lost = Math.max(0, now - Math.max(sinceMillis, Date.parse(since)));
      const loss = byKind.get(kind) ?? { kind, patients: 0, lostMillis: 0, services: [] };
      byKind.set(kind, loss);
      let there = loss.services.find((one) => one.service === service);
      if (there === undefined) {
        there = { service, patients: 0, lostMillis: 0 };
        loss.services.push(there);
      }
      for (const sum of [loss, there]) {
        sum.patients++;
        sum.lostMillis += lost;
      }
    }
  }
  return [...byKind.values()].sort((a, b) => b.lostMillis - a.lostMillis);
}
