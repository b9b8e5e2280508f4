// @ts-check
/** @import {Clock} from "./types.js" */
import { Signal } from "./signal.js";

/** How far the clock runs on by itself after the last word from the server. A figure older than that stands still. */
const RUN_ON_MILLIS_MAX = 6000;
const TICK_MILLIS = 1000;

/** The hospital's clock as last told. @type {Signal<Clock|null>} */
export const clock = new Signal(/** @type {Clock|null} */ (null));

/** Changes every second of the wall: whoever shows an age listens to it. */
export const tick = new Signal(0);

let toldAtMillis = 0;
let toldNowMillis = 0;

/** @param {Clock} told */
export function tellClock(told) {
  toldAtMillis = performance.now();
  toldNowMillis = Date.parse(told.now);
  const known = clock.value;
  if (known === null || known.speed !== told.speed || known.paused !== told.paused || known.adjustable !== told.adjustable) {
    clock.value = told;
  }
}

/** The hospital's time now, in milliseconds since 1970. */
export function nowMillis() {
  const told = clock.value;
  if (told === null) {
    return Date.now();
  }
  const elapsed = Math.min(performance.now() - toldAtMillis, RUN_ON_MILLIS_MAX);
  return toldNowMillis + (told.paused ? 0 : elapsed * told.speed);
}

setInterval(() => {
  tick.value += 1;
}, TICK_MILLIS);
