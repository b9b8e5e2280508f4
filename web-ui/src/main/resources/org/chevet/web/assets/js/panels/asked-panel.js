// @ts-check
/** @import {Signal} from "../core/signal.js" @import {BedRequest, Problem} from "../core/types.js" */
import { ChevetElement } from "../components/element.js";
import { connection } from "../core/live.js";
import { Watch } from "../core/signal.js";

/**
 * An answer about a bed request that is asked for by a button: shown until it is put away, another request is chosen, or the panel goes.
 *
 * @template {{request: string}} T
 */
export class AskedPanel extends ChevetElement {
  static properties = {
    request: { attribute: false },
    busy: { state: true },
    problem: { state: true },
  };

  live = new Watch(this, connection, (value) => value.state === "live");

  /**
   * @param {Signal<T|null>} answer what was asked for last, of whatever request
   * @param {string} button the selector of the one that asks
   */
  constructor(answer, button) {
    super();
    this.answer = answer;
    this.button = button;
    this.answered = new Watch(this, answer);
    /** @type {BedRequest} */
    this.request = /** @type {any} */ (undefined);
    this.busy = false;
    /** Why there is no answer, or why an act was refused. @type {Problem|null} */
    this.problem = null;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.answer.value = null;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    const before = /** @type {BedRequest|undefined} */ (changed.get("request"));
    if (before !== undefined && before.id !== this.request.id) {
      this.forget();
    }
  }

  /** The answer for this request, if there is one. @returns {T|null} */
  get shown() {
    const known = this.answered.value;
    return known?.request === this.request.id ? known : null;
  }

  /** Puts the answer away; whether there was one. */
  shut() {
    const was = this.shown !== null;
    this.forget();
    if (was) {
      this.updateComplete.then(() => /** @type {HTMLElement|null} */ (this.renderRoot.querySelector(this.button))?.focus());
    }
    return was;
  }

  forget() {
    this.answer.value = null;
    this.problem = null;
  }
}
