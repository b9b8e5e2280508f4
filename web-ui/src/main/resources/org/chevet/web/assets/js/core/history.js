// @ts-check
/** @import {ReactiveController, ReactiveControllerHost} from "lit" */
import { read } from "./api.js";
import { nowMillis, tick } from "./clock.js";

const HOUR = 3_600_000;
/** The past changes too: movements are stated late. */
const REFRESH_MILLIS = 30_000;

/** @typedef {{at: string, occupied: number, present: number, entries: number, exits: number}} Hour */
/** @typedef {{service: string|null, capacity: {open: number, staffed: number, surgeOpen: number, surge: number}, hours: Hour[]}} History */

/**
 * How full a service, or the hospital, was: asked anew at every full hour of the hospital's clock, and now and then.
 * @implements {ReactiveController}
 */
export class HistoryOf {
  /** @type {History|null} */
  value = null;
  /** @type {import("./types.js").Problem|null} */
  problem = null;
  #asked = "";
  #hour = 0;
  #at = 0;
  #stop = () => {};

  /**
   * @param {ReactiveControllerHost} host
   * @param {() => {service: string|null, hours: number}|null} wanted null for nothing yet
   */
  constructor(host, wanted) {
    this.host = host;
    this.wanted = wanted;
    host.addController(this);
  }

  hostConnected() {
    this.#stop = tick.subscribe(() => this.#look());
  }

  hostDisconnected() {
    this.#stop();
    this.#asked = "";
  }

  hostUpdate() {
    this.#look();
  }

  #look() {
    const wanted = this.wanted();
    if (wanted === null) {
      return;
    }
    const service = wanted.service === null ? "" : `&service=${encodeURIComponent(wanted.service)}`;
    const path = `/occupancy?hours=${wanted.hours}${service}`;
    const hour = Math.floor(nowMillis() / HOUR);
    if (path === this.#asked && hour === this.#hour && performance.now() - this.#at < REFRESH_MILLIS) {
      return;
    }
    this.#asked = path;
    this.#hour = hour;
    this.#at = performance.now();
    this.#load(path, wanted.service);
  }

  /** @param {string} path @param {string|null} service */
  async #load(path, service) {
    const answer = await read(path);
    if (path !== this.#asked) {
      return;
    }
    if (answer.ok) {
      this.value = answer.value;
      this.problem = null;
    } else {
      this.problem = answer.problem;
      if (this.value?.service !== service) {
        this.value = null;
      }
    }
    this.host.requestUpdate();
  }
}
