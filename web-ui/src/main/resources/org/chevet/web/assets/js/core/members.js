// @ts-check
import { kept } from "./preferences.js";
import { Signal } from "./signal.js";

/**
 * The members of the cluster that serves this page, each at its own address. A process that is alone, and a cluster behind one
 * address, tell of none: then everything is asked where the page came from.
 *
 * @typedef {{name: string, address: string}} Member
 */

/** The page's own address stands for itself in these, however the browser writes it. */
const OWN = "";

/** As last told. Kept, so that a page that is opened anew while its member is gone finds the others. @type {Signal<Member[]>} */
const members = kept("members", /** @type {Member[]} */ ([]));

/** Where is asked now. */
export const address = new Signal(OWN);

/**
 * How the member that is asked stands to what it shows.
 * @typedef {{name: string, writer: string|null, writes: boolean, ageMillis: number, behind: number}} Standing
 */
/** Null where no cluster serves the page. @type {Signal<Standing|null>} */
export const standing = new Signal(/** @type {Standing|null} */ (null));

/** The last change of members, null while there was none. @type {Signal<{from: string, to: string, atMillis: number}|null>} */
export const moved = new Signal(/** @type {{from: string, to: string, atMillis: number}|null} */ (null));

/** All that may be asked, where the page came from first. @returns {string[]} */
export function addresses() {
  return [OWN, ...members.value.map((member) => member.address).filter((one) => one !== location.origin)];
}

/** The one to ask when this one does not answer. @param {string} silent */
export function after(silent) {
  const all = addresses();
  return all[(all.indexOf(silent) + 1) % all.length];
}

/** @param {{members: Member[]}|undefined} told */
export function tellMembers(told) {
  const known = told?.members ?? [];
  if (JSON.stringify(known) !== JSON.stringify(members.value)) {
    members.value = known;
  }
}

/** This one answers now; to be told before how it stands, for it may not know the one that answered before. @param {string} answering @param {string|undefined} name what people call it */
export function moveTo(answering, name) {
  if (answering !== address.value) {
    moved.value = { from: standing.value?.name ?? nameOf(address.value), to: name ?? nameOf(answering), atMillis: Date.now() };
    address.value = answering;
  }
}

/** @param {string} of */
function nameOf(of) {
  const origin = of === OWN ? location.origin : of;
  return members.value.find((member) => member.address === origin)?.name ?? new URL(origin).host;
}
