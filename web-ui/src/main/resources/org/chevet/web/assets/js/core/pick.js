// @ts-check
/** @import {Bed} from "./types.js" */
import { Signal } from "./signal.js";

/**
 * A form asks for a bed: the next one chosen on the board answers it instead of being opened.
 * @typedef {{text: string, suits: (bed: Bed) => boolean, answer: (bed: Bed|null) => void}} Pick
 */

/** @type {Signal<Pick|null>} */
export const pick = new Signal(/** @type {Pick|null} */ (null));

/** @param {Bed|null} bed null gives up */
export function answerPick(bed) {
  const asked = pick.value;
  pick.value = null;
  asked?.answer(bed);
}
