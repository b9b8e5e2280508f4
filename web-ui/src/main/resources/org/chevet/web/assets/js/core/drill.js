// @ts-check
/** @import {ReactiveController, ReactiveControllerHost} from "lit" @import {CareNeeds, Problem} from "./types.js" */
import { read, readDrills } from "./api.js";
import { tick } from "./clock.js";
import { route } from "./route.js";
import { board } from "./store.js";

/** @typedef {"MESSAGE"|"VICTIMS"|"WARD_CLOSED"|"STAFF_SHORTAGE"|"OUTAGE"} InjectKind */
/** @typedef {{absolute: number, relative: number, involved: number, minutes: number, illness?: {organism: string|null}|null}} Victims */
/**
 * @typedef {{id: string, due: string, kind: InjectKind, text?: string|null, service?: string|null, beds?: number|null,
 *   victims?: Victims|null, ordinary?: {emergencies: number, electives: number, minutes: number}|null, minutes?: number|null}} Inject
 */
/** @typedef {{inject: Inject, doneAt: string|null, until: string|null, endedAt: string|null, inForce: boolean}} Planned */
/**
 * @typedef {{id: string, name: string, title: string, source: string|null, scenario: string|null, director: string, begunAt: string,
 *   startSequence: number}} DrillHead
 */
/**
 * @typedef {{stay: string, category: "ABSOLUTE"|"RELATIVE"|"INVOLVED", sex: string, ageYears: number, needs: CareNeeds|null, arrival: string, asked: string|null,
 *   held: string|null, placed: string|null, left: string|null, died: boolean, service: string|null, bed: string|null, outlier: boolean}} Victim
 */
/**
 * @typedef {DrillHead & {now: string, simulated: string[], injects: Planned[], victims: Victim[],
 *   refusals: number, cards: number, cardDelays: CardDelay[]}} Drill
 */
/**
 * @typedef {{categories: {category: string, arrived: number, needing: number, placed: number, placedWithin: number[], medianMinutes: number|null}[],
 *   waitingMax: number, outliers: number, refusals: number, overrides: number, sentElsewhere: number, putOff: number,
 *   ordinary: {needing: number, placed: number, medianMinutes: number|null}, occupiedMaxPercent: number}} Outcome
 */
/**
 * @typedef {{card: string, title: string, owner: string, deadlineMinutes: number, inject: string|null, alert: string|null, fell: string|null, takenOn: string|null,
 *   by: string|null, closed: string|null}} CardDelay
 */
/**
 * @typedef {{name: string, from: string, until: string, players: Outcome, proposals: Outcome, nothing: Outcome, victims: Victim[], cards: CardDelay[],
 *   course: {services: string[], samples: {at: string, occupied: number[], open: number[], requests: number}[]},
 *   decisions: {act: number, at: string, by: string, kinds: string[]}[]}} Debrief
 */
/** @typedef {{id: string, title: string, copied: number, toCopy: number, failure: string|null}} Opening */

/** @typedef {{id: string, name: {fr: string, en: string}, summary: {fr: string, en: string}}} Scenario */

/** The least between two questions to the server. */
const ASK_MILLIS_MIN = 1_000;

/** Who may be simulated, in the order of the contract. */
export const ROLES = ["EMERGENCY", "ARRIVALS", "CLEANING", "DISCHARGES", "TRANSPORT", "ANSWERS"];
/** The roles that open, direct and end drills. */
const LEADERS = ["BED_MANAGER", "CRISIS_CELL", "DIRECTOR_ON_DUTY"];

/** @param {{role: string}|null} actor */
export function mayLead(actor) {
  return actor !== null && LEADERS.includes(actor.role);
}

/** @param {{directed: boolean}} act @param {{role: string}|null} actor */
export function mayTakeBack({ directed }, actor) {
  return mayLead(actor) || !directed;
}

export const KINDS = /** @type {InjectKind[]} */ (["MESSAGE", "VICTIMS", "WARD_CLOSED", "STAFF_SHORTAGE", "OUTAGE"]);

/** Those that go on until they end. */
export const LASTING = /** @type {InjectKind[]} */ (["WARD_CLOSED", "STAFF_SHORTAGE", "OUTAGE"]);

/**
 * The drills of this server and, in one of them, how it stands: asked anew every second while the crisis room is open.
 * @implements {ReactiveController}
 */
export class DrillsOf {
  /** @type {DrillHead[]} */
  drills = [];
  /** @type {Scenario[]} */
  scenarios = [];
  /** @type {Opening[]} */
  openings = [];
  /** Null where no drill is shown. @type {Drill|null} */
  drill = null;
  /** @type {Problem|null} */
  problem = null;
  #at = -Infinity;
  #asking = false;
  #stop = () => {};

  /** @param {ReactiveControllerHost} host */
  constructor(host) {
    this.host = host;
    host.addController(this);
  }

  hostConnected() {
    this.#stop = tick.subscribe(() => this.look());
    this.look();
  }

  hostDisconnected() {
    this.#stop();
    this.#at = -Infinity;
  }

  /** Has it asked, soon. @param {boolean} [now] something was done whose effect is to be seen */
  async look(now = false) {
    if (this.#asking || (!now && performance.now() - this.#at < ASK_MILLIS_MIN)) {
      return;
    }
    this.#asking = true;
    const hospital = route.value.hospital;
    const drill = board.value?.hospital.drill === undefined ? null : await read("/drill");
    const all = await readDrills();
    this.#asking = false;
    this.#at = performance.now();
    if (hospital !== route.value.hospital) {
      return;
    }
    this.problem = !all.ok ? all.problem : drill !== null && !drill.ok ? drill.problem : null;
    if (all.ok) {
      this.drills = all.value.drills;
      this.scenarios = all.value.scenarios;
      this.openings = all.value.openings;
    }
    this.drill = drill === null ? null : drill.ok ? drill.value : this.drill;
    this.host.requestUpdate();
  }
}

/** How often players are told of what happens. */
const NEWS_MILLIS = 3_000;
/** By the drill's clock. */
const NEWS_SHOWN_MILLIS = 30 * 60_000;

/**
 * What players of the drill that is shown were told last; nothing where no drill is shown.
 * @implements {ReactiveController}
 */
export class DrillNews {
  /** @type {{text: string, at: string, over: boolean}|null} */
  latest = null;
  #at = -Infinity;
  #asking = false;
  #stop = () => {};

  /** @param {ReactiveControllerHost} host */
  constructor(host) {
    this.host = host;
    host.addController(this);
  }

  hostConnected() {
    this.#stop = tick.subscribe(() => this.#look());
  }

  hostDisconnected() {
    this.#stop();
  }

  async #look() {
    if (board.value?.hospital.drill === undefined || this.#asking || performance.now() - this.#at < NEWS_MILLIS) {
      return;
    }
    this.#asking = true;
    const answer = await read("/drill");
    this.#asking = false;
    this.#at = performance.now();
    if (!answer.ok) {
      return;
    }
    /** @type {Drill} */
    const drill = answer.value;
    const told = drill.injects
      .flatMap(({ inject: { text }, doneAt, endedAt }) => [
        ...(text && doneAt !== null ? [{ text, at: doneAt, over: false }] : []),
        ...(text && endedAt !== null ? [{ text, at: endedAt, over: true }] : []),
      ])
      .sort((a, b) => a.at.localeCompare(b.at))
      .at(-1);
    this.latest = told !== undefined && Date.parse(drill.now) - Date.parse(told.at) < NEWS_SHOWN_MILLIS ? told : null;
    this.host.requestUpdate();
  }
}
