// @ts-check
import { readHospitals } from "./api.js";
import { route } from "./route.js";
import { Signal } from "./signal.js";

/** @typedef {{id: string, name: string, drill: boolean}} NamedHospital */

/** The hospitals of this server, the one that is shown among them; none before they are read. @type {Signal<NamedHospital[]>} */
export const hospitals = new Signal(/** @type {NamedHospital[]} */ ([]));

/** Of ids of drills; a hospital's file may have none such. */
const DRILL = /.-exercice-\d+$/;

const FRESH_MILLIS = 60_000;

let readAtMillis = -Infinity;

/** Has them read, at most once a minute: hospitals come while the server runs. */
export async function refreshHospitals() {
  if (performance.now() - readAtMillis < FRESH_MILLIS) {
    return;
  }
  readAtMillis = performance.now();
  const answer = await readHospitals();
  readAtMillis = answer.ok ? readAtMillis : -Infinity;
  hospitals.value = answer.ok ? answer.value.hospitals : hospitals.value;
}

/** Whether it is a drill's, as its id says before anything of it is read. @param {string} id */
export function isDrill(id) {
  return DRILL.test(id);
}

/** Nobody is sent to a drill. @returns {NamedHospital[]} */
export function otherHospitals() {
  return hospitals.value.filter((one) => one.id !== route.value.hospital && !one.drill);
}
