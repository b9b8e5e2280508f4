// @ts-check
/** @import {ReactiveController, ReactiveControllerHost} from "lit" */
import { read } from "./api.js";
import { tick } from "./clock.js";
import { readForecast } from "./forecast.js";
import { board } from "./store.js";

/** @typedef {"NORMAL"|"WATCH"|"TENSION"|"CRISIS"} TensionLevel */
/**
 * @typedef {{service: string|null, level: TensionLevel, since: string, loadPercent: number|null, needed: number, staffed: number,
 *   thresholdPercent: number, shortage: number|null, why: "LOAD"|"FORESEEN"|"HELD"}} Level
 */
/**
 * @typedef {{id: string, title: string, level: TensionLevel, service: string|null, owner: string, deadlineMinutes: number,
 *   state: "IDLE"|"RAISED"|"OVERDUE"|"TAKEN_ON"|"CLOSED", raisedAt: string|null, due: string|null, takenOnAt: string|null,
 *   takenOnBy: string|null, closedAt: string|null, note: string|null, bedsGained: number|null}} Card
 */
/** @typedef {{service: string|null, card: string|null, value: number|null, limit: number|null, since: string}} Reason */
/**
 * @typedef {{key: string, kind: string, level: TensionLevel, since: string, reasons: Reason[], snoozedUntil: string|null,
 *   snoozeReason: string|null}} Alert
 */
/**
 * @typedef {{sequence: number, now: string, levels: Level[], cards: Card[], alerts: Alert[], snoozed: Alert[], unshown: number,
 *   changes: {at: string, service: string|null, from: TensionLevel, to: TensionLevel}[]}} Tension
 */
/** @typedef {{service: string|null, values: {indicator: string, unit: string, value: number|null, ageSeconds: number}[], dischargesByHour: number[]}} Scope */
/** @typedef {{now: string, days: number, scopes: Scope[]}} Indicators */

/** The least between two questions to the server, and the most while the page is looked at. */
const ASK_MILLIS_MIN = 2_000;
const ASK_MILLIS_MAX = 20_000;

/**
 * Tension, indicators and forecast: asked anew when the board has changed, not more often than every two seconds.
 * @implements {ReactiveController}
 */
export class TensionOf {
  /** @type {Tension|null} */
  tension = null;
  /** @type {Indicators|null} */
  indicators = null;
  /** @type {import("./forecast.js").Forecast|null} null as long as it is not known */
  forecast = null;
  /** @type {import("./types.js").Problem|null} */
  problem = null;
  #sequence = -1;
  #at = -Infinity;
  #asking = false;
  #stops = [() => {}];

  /** @param {ReactiveControllerHost} host */
  constructor(host) {
    this.host = host;
    host.addController(this);
  }

  hostConnected() {
    const look = () => this.#look();
    this.#stops = [tick.subscribe(look), board.subscribe(look)];
    look();
  }

  hostDisconnected() {
    this.#stops.forEach((stop) => stop());
    this.#at = -Infinity;
  }

  #look() {
    const known = board.value;
    const age = performance.now() - this.#at;
    if (known === null || this.#asking || age < ASK_MILLIS_MIN || (known.sequence === this.#sequence && age < ASK_MILLIS_MAX)) {
      return;
    }
    this.#sequence = known.sequence;
    this.#at = performance.now();
    this.#load();
  }

  async #load() {
    this.#asking = true;
    const [tension, indicators, forecast] = await Promise.all([read("/tension"), read("/indicators?days=7"), readForecast()]);
    this.#asking = false;
    this.problem = tension.ok ? (indicators.ok ? null : indicators.problem) : tension.problem;
    this.tension = tension.ok ? tension.value : this.tension;
    this.indicators = indicators.ok ? indicators.value : this.indicators;
    this.forecast = forecast.ok ? forecast.value : null;
    this.host.requestUpdate();
  }
}
