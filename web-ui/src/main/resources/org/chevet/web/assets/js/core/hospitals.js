// @ts-check
import { readHospitals } from "./api.js";
import { route } from "./route.js";
import { Signal } from "./signal.js";

/** @typedef {{id: string, name: string}} NamedHospital */

/** The hospitals of this server, the one that is shown among them; none before they are read. @type {Signal<NamedHospital[]>} */
export const hospitals = new Signal(/** @type {NamedHospital[]} */ ([]));

let asked = false;

/** Has them read, once. */
export async function readHospitalsOnce() {
  if (asked) {
    return;
  }
  asked = true;
  const answer = await readHospitals();
  asked = answer.ok;
  hospitals.value = answer.ok ? answer.value.hospitals : hospitals.value;
}

/** @returns {NamedHospital[]} */
export function otherHospitals() {
  return hospitals.value.filter((one) => one.id !== route.value.hospital);
}
