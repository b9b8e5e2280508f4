// @ts-check
/**
 * @import {Anomaly, Bed, BedCell, BedRequest, Census, Counts, Feed, Hospital, InterhospitalTransfer, Quarantined, Room, Service, StayCell} from "./types.js"
 */
import { Signal } from "./signal.js";

/**
 * What the board knows. Replaced at every patch; what did not change in it is the same object as before, so that a view
 * finds what changed by comparing references.
 *
 * @typedef {object} Board
 * @property {number} sequence
 * @property {string} recordedAt
 * @property {Hospital} hospital
 * @property {Census} census
 * @property {Service[]} services
 * @property {StayCell[]} elsewhere
 * @property {BedRequest[]} requests
 * @property {InterhospitalTransfer[]} transfers
 * @property {Anomaly[]} anomalies
 * @property {Quarantined[]} quarantine
 * @property {ReadonlyMap<string, Bed>} beds
 */

/** @typedef {{beds: Bed[], anomalies: Anomaly[]}} Change what a patch changed, for those who announce it */

/** @type {Signal<Board|null>} */
export const board = new Signal(/** @type {Board|null} */ (null));

/** @type {Signal<Feed[]>} */
export const feeds = new Signal(/** @type {Feed[]} */ ([]));

/**
 * The hospital's level of tension, how many alerts nobody put off, and the worst of them; null while it is not known.
 * @typedef {{level: import("./tension.js").TensionLevel, alerts: number, worst: import("./tension.js").TensionLevel|null}} TensionSummary
 */
export const tension = new Signal(/** @type {TensionSummary|null} */ (null));

/**
 * Why acts are not taken.
 * @typedef {{condition: "FAILING"|"READ_ONLY"|"WITHOUT_WRITER"|"CLOSED", reason: string|null, advice: string|null}} NotWritable
 */
/** Null while they are. @type {Signal<NotWritable|null>} */
export const notWritable = new Signal(/** @type {NotWritable|null} */ (null));

/**
 * How the hospital's file stands to the hospital as it is served.
 * @typedef {{state: "CURRENT"|"WAITING"|"WRONG", mistakes: number, stranded: number}} LayoutStatus
 */
/** Null when no file describes it. @type {Signal<LayoutStatus|null>} */
export const layoutFile = new Signal(/** @type {LayoutStatus|null} */ (null));

/** The last patch's changes. @type {Signal<Change|null>} */
export const lastChange = new Signal(/** @type {Change|null} */ (null));

/** @param {any} snapshot */
export function applySnapshot(snapshot) {
  board.value = boardOf(snapshot, board.value);
}

/** A board as it is told. @param {any} told @param {Board|null} known what is as it was there is the same object @returns {Board} */
export function boardOf(told, known) {
  const troubled = bedsInAnomalies(told.anomalies);
  /** @type {Map<string, Bed>} */
  const beds = new Map();
  const services = told.services.map((/** @type {any} */ service) => ({
    ...service,
    withoutBed: service.withoutBed ?? [],
    rooms: service.rooms.map((/** @type {any} */ room) => ({
      ...room,
      beds: room.beds.map((/** @type {any} */ cell) => {
        const bed = sameOrNew(known?.beds.get(cell.id), { ...cell, room: room.id, service: service.id, anomaly: isTroubled(cell, troubled) });
        beds.set(bed.id, bed);
        return bed;
      }),
    })),
  }));
  return {
    sequence: told.sequence,
    recordedAt: told.recordedAt,
    hospital: told.hospital,
    census: told.census,
    services,
    elsewhere: told.elsewhere ?? [],
    requests: byUrgency(told.requests ?? []),
    transfers: told.transfers ?? [],
    anomalies: bySince(told.anomalies ?? []),
    quarantine: told.quarantine ?? [],
    beds,
  };
}

/**
 * A whole board may come in place of patches that were missed: what is as it was is not marked as changed.
 * @param {Bed|undefined} known
 * @param {Bed} told
 */
function sameOrNew(known, told) {
  if (known === undefined) {
    return told;
  }
  const names = /** @type {(keyof Bed)[]} */ ([...new Set([...Object.keys(known), ...Object.keys(told)])]);
  return names.every((name) => JSON.stringify(known[name]) === JSON.stringify(told[name])) ? known : told;
}

/**
 * @param {any} patch
 * @returns {boolean} false when patches are missing before this one: then a fresh snapshot is needed
 */
export function applyPatch(patch) {
  const known = board.value;
  if (known === null || known.sequence !== patch.from) {
    return false;
  }
  const anomalies = patch.anomalies ? bySince(merge(known.anomalies, patch.anomalies, (anomaly) => anomaly.key)) : known.anomalies;
  const troubled = anomalies === known.anomalies ? null : bedsInAnomalies(anomalies);
  const troubles = troubled ?? bedsInAnomalies(anomalies);
  const beds = new Map(known.beds);
  /** @type {Map<string, any>} */
  const patched = new Map((patch.services ?? []).map((/** @type {any} */ service) => [service.id, service]));
  /** @type {Bed[]} */
  const changedBeds = [];

  const services = known.services.map((service) => {
    const news = patched.get(service.id);
    if (news === undefined && troubled === null) {
      return service;
    }
    const cells = new Map((news?.beds ?? []).map((/** @type {BedCell} */ cell) => [cell.id, cell]));
    let changed = news !== undefined;
    const rooms = service.rooms.map((room) => {
      const next = room.beds.map((bed) => {
        const cell = cells.get(bed.id);
        const anomaly = isTroubled(cell ?? bed, troubles);
        if (cell === undefined && anomaly === bed.anomaly) {
          return bed;
        }
        const replaced = cell === undefined ? { ...bed, anomaly } : withCell(bed, cell, anomaly);
        beds.set(bed.id, replaced);
        changedBeds.push(replaced);
        changed = true;
        return replaced;
      });
      return next.every((bed, i) => bed === room.beds[i]) ? room : { ...room, beds: next };
    });
    if (!changed) {
      return service;
    }
    return {
      ...service,
      counts: news?.counts ?? service.counts,
      withoutBed: news?.withoutBed ?? service.withoutBed,
      rooms,
    };
  });

  board.value = {
    ...known,
    sequence: patch.to,
    recordedAt: patch.recordedAt,
    census: patch.census ?? known.census,
    services,
    elsewhere: patch.elsewhere ?? known.elsewhere,
    requests: patch.requests ? byUrgency(merge(known.requests, patch.requests, (request) => request.id)) : known.requests,
    transfers: merge(known.transfers, patch.transfers, (transfer) => transfer.id),
    anomalies,
    quarantine: merge(known.quarantine, patch.quarantine, (message) => message.id),
    beds,
  };
  lastChange.value = {
    beds: changedBeds,
    anomalies: (patch.anomalies?.changed ?? []).filter(
      (/** @type {Anomaly} */ anomaly) => !known.anomalies.some((one) => one.key === anomaly.key),
    ),
  };
  return true;
}

/**
 * @param {Bed} bed
 * @param {BedCell} cell
 * @param {boolean} anomaly
 * @returns {Bed}
 */
function withCell(bed, cell, anomaly) {
  // Members that are null, false or empty are left out of a cell: what is absent is so, not unchanged.
  const { label, surge, equipment, room, service } = bed;
  return { label, surge, equipment, room, service, ...cell, anomaly };
}

/**
 * @template T
 * @param {T[]} known
 * @param {{changed: T[], removed: string[]}|undefined} change
 * @param {(one: T) => string} key
 * @returns {T[]}
 */
function merge(known, change, key) {
  if (change === undefined) {
    return known;
  }
  const changed = new Map((change.changed ?? []).map((one) => [key(one), one]));
  const removed = new Set(change.removed ?? []);
  const kept = [];
  for (const one of known) {
    const id = key(one);
    if (changed.has(id)) {
      kept.push(/** @type {T} */ (changed.get(id)));
      changed.delete(id);
    } else if (!removed.has(id)) {
      kept.push(one);
    }
  }
  return [...kept, ...changed.values()];
}

/** @param {Anomaly[]|undefined} anomalies */
function bedsInAnomalies(anomalies = []) {
  const ids = new Set();
  for (const anomaly of anomalies) {
    if (anomaly.bed) {
      ids.add(anomaly.bed);
    }
  }
  return ids;
}

/**
 * @param {BedCell} cell
 * @param {Set<string>} troubled
 */
function isTroubled(cell, troubled) {
  return troubled.has(cell.id) || (cell.stays?.length ?? 0) > 1;
}

/** @param {BedRequest[]} requests */
function byUrgency(requests) {
  return [...requests].sort(
    (a, b) => a.priority - b.priority || a.requestedAt.localeCompare(b.requestedAt) || a.id.localeCompare(b.id),
  );
}

/** One that went away and came back within one patch is found where a fresh snapshot has it. @param {Anomaly[]} anomalies */
function bySince(anomalies) {
  return [...anomalies].sort((a, b) => a.since.localeCompare(b.since) || a.key.localeCompare(b.key));
}

/**
 * Once the board has what an act did: until then it shows the world as it was before.
 * @param {number} sequence
 * @returns {Promise<void>}
 */
export function reached(sequence) {
  return new Promise((resolve) => {
    const look = () => {
      if ((board.value?.sequence ?? 0) >= sequence) {
        stop();
        resolve();
      }
    };
    const stop = board.subscribe(look);
    look();
  });
}

/**
 * Where a stay is on the board.
 * @param {Board} known
 * @param {string} stay
 * @returns {{cell: StayCell, bed: Bed|null, service: Service|null}|null}
 */
export function findStay(known, stay) {
  for (const service of known.services) {
    for (const room of service.rooms) {
      for (const bed of room.beds) {
        const cell = bed.stays?.find((one) => one.id === stay);
        if (cell !== undefined) {
          return { cell, bed, service };
        }
      }
    }
    const cell = service.withoutBed.find((one) => one.id === stay);
    if (cell !== undefined) {
      return { cell, bed: null, service };
    }
  }
  const cell = known.elsewhere.find((one) => one.id === stay);
  return cell === undefined ? null : { cell, bed: null, service: null };
}

/**
 * @param {Board} known
 * @param {string} id
 */
export function findService(known, id) {
  return known.services.find((service) => service.id === id) ?? null;
}

/** Patients who should have a bed: those who come and go are left out. @param {Service} service */
export function lackingBed(service) {
  return service.withoutBed.filter((stay) => stay.class !== "OUTPATIENT");
}

/** Patients of an emergency department that is none of the services. @param {Board} known */
export function atEmergency(known) {
  return known.elsewhere.filter((stay) => stay.class === "EMERGENCY");
}

/** Patients who are here, but nobody said where. @param {Board} known */
export function placeUnknown(known) {
  return known.elsewhere.filter((stay) => stay.class !== "EMERGENCY");
}
