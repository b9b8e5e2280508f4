// @ts-check
/** @import {Board} from "./store.js" */
import { dayKey } from "../i18n/format.js";
import { nowMillis } from "./clock.js";
import { lackingBed } from "./store.js";

const DAY = 24 * 3_600_000;

function none() {
  return {
    occupied: 0,
    open: 0,
    staffed: 0,
    ready: 0,
    isolable: 0,
    withoutBed: 0,
    servicesShort: 0,
    toClean: 0,
    cleaning: 0,
    dirtySince: Infinity,
    leaving: 0,
    leavingTomorrow: 0,
    overdue: 0,
    waiting: 0,
    vital: 0,
    waitingSince: Infinity,
  };
}

/** @typedef {ReturnType<typeof none>} Figures the hospital in numbers */

/** @type {{known: Board|null, day: string, figures: Figures}} */
let last = { known: null, day: "", figures: none() };

/**
 * Counted once for each state of the board and each day, however many views ask.
 * @param {Board} known
 */
export function figuresOf(known) {
  const day = dayKey(nowMillis());
  if (last.known !== known || last.day !== day) {
    last = { known, day, figures: count(known) };
  }
  return last.figures;
}

/** @param {Board} known */
function count(known) {
  const figures = none();
  const today = dayKey(nowMillis());
  const tomorrow = dayKey(nowMillis() + DAY);
  for (const service of known.services) {
    figures.occupied += service.counts.occupied;
    figures.open += service.counts.open;
    figures.staffed += service.counts.staffed;
    figures.ready += service.counts.ready;
    figures.toClean += service.counts.toClean;
    figures.cleaning += service.counts.cleaning;
    const lacking = lackingBed(service).length;
    figures.withoutBed += lacking;
    figures.servicesShort += lacking > 0 ? 1 : 0;
    for (const room of service.rooms) {
      const alone = room.isolation !== "NONE" && room.beds.every((bed) => bed.state !== "OCCUPIED");
      for (const bed of room.beds) {
        if (bed.state === "READY" && alone) {
          figures.isolable += 1;
        }
        if (bed.state === "TO_CLEAN") {
          figures.dirtySince = Math.min(figures.dirtySince, Date.parse(bed.since));
        }
        for (const stay of bed.stays ?? []) {
          if (stay.expectedDischarge !== undefined) {
            const expected = dayKey(stay.expectedDischarge);
            figures.leaving += expected === today ? 1 : 0;
            figures.leavingTomorrow += expected === tomorrow ? 1 : 0;
            figures.overdue += expected < today ? 1 : 0;
          }
        }
      }
    }
  }
  for (const request of known.requests) {
    if (!request.bed) {
      figures.waiting += 1;
      figures.vital += request.priority === 1 ? 1 : 0;
      figures.waitingSince = Math.min(figures.waitingSince, Date.parse(request.requestedAt));
    }
  }
  return figures;
}

