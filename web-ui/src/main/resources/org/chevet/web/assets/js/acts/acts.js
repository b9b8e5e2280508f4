// @ts-check
/** @import {Subject} from "./catalogue.js" @import {Problem} from "../core/types.js" */
import { css, html } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { freshKey, perform } from "../core/api.js";
import { connection } from "../core/live.js";
import { actor } from "../core/preferences.js";
import { go } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { ChevetElement } from "../components/element.js";
import { shared } from "../components/styles.js";
import { t } from "../i18n/index.js";
import "./act-form.js";
import { refused } from "./act-form.js";
import { ACTS } from "./catalogue.js";
import { lastAct } from "./last-act.js";

/**
 * What can be done with something: a button for each act, and the form of the one chosen.
 *
 * @fires acted when one is done
 */
export class Acts extends ChevetElement {
  static properties = {
    ids: { attribute: false },
    subject: { attribute: false },
    /** What it is about, by name: another one starts afresh. */
    of: { type: String },
    /** What people call it, when that is not its name. */
    called: { type: String },
    /** In a list: a row of small buttons; an act that asks nothing is done at once. */
    row: { type: Boolean, reflect: true },
    /** Whether the first act is the one the panel is for. */
    main: { type: Boolean },
    open: { state: true },
    problem: { state: true },
  };

  static styles = [
    shared,
    css`
      :host {
        display: block;
      }
      .buttons {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: 6px;
      }
      .buttons button {
        display: flex;
        justify-content: space-between;
        align-items: center;
        gap: 6px;
        min-height: 32px;
        text-align: left;
        line-height: 1.2;
      }
      .primary kbd {
        background: none;
        border-color: currentColor;
        color: inherit;
        opacity: 0.8;
      }
      :host([row]) .buttons {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
      }
      :host([row]) .buttons button {
        min-height: 26px;
        padding: 2px 9px;
      }
      h4 {
        margin: 0 0 2px;
        font-size: var(--text);
        font-weight: 650;
      }
      .below {
        text-align: left;
        padding: 10px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
      }
      .refused {
        margin-top: 8px;
        text-align: left;
        white-space: normal;
      }
    `,
  ];

  /** Nothing can be done on a copy. */
  live = new Watch(this, connection, (value) => value.state === "live");

  constructor() {
    super();
    /** @type {string[]} */
    this.ids = [];
    /** @type {Subject} */
    this.subject = {};
    this.of = "";
    this.called = "";
    this.row = false;
    this.main = false;
    /** @type {string|null} */
    this.open = null;
    /** @type {Problem|null} */
    this.problem = null;
  }

  /**
   * An open form stays open whatever happens to the bed meanwhile: nothing is taken from under somebody's hands, and an act
   * that makes no sense any more is refused with its reason.
   *
   * @param {Map<string, unknown>} changed
   */
  willUpdate(changed) {
    if (changed.has("of") && changed.get("of") !== undefined) {
      this.open = null;
      this.problem = null;
    }
  }

  render() {
    return html`
      ${this.open !== null ? "" : html`<div class="buttons">${this.ids.map((id, i) => this.#button(id, i))}</div>`}
      ${this.open === null ? "" : this.#form(this.open)} ${this.problem === null ? "" : refused(this.problem)}
    `;
  }

  /** @param {string} id @param {number} i */
  #button(id, i) {
    const key = ACTS[id].key;
    return html`<button
      data-act=${id}
      class=${this.main && i === 0 ? "primary" : ""}
      title=${!this.live.value ? t("acts.notLive") : this.row ? t(`act.${id}`) : ""}
      ?disabled=${!this.live.value}
      @click=${() => this.choose(id)}
    >
      <span>${t(`act.${id}`)}</span>${key === undefined || this.row ? "" : html`<kbd>${key}</kbd>`}
    </button>`;
  }

  /** @param {string} id */
  #form(id) {
    // As it is now: by the time the act is answered, somebody else may lie in the bed.
    const of = this.called || this.of;
    return html`<div class="below">
      <h4>${t(`act.${id}`)}</h4>
      ${keyed(
        `${id} ${this.of}`,
        html`<chevet-act-form act=${id} .subject=${this.subject} @acted=${(/** @type {CustomEvent<{id: string, act: number}>} */ event) => this.#acted(event.detail, of)} @given-up=${() => this.#shut()}></chevet-act-form>`,
      )}
    </div>`;
  }

  /** Opens an act, or does it. @param {string} id */
  async choose(id) {
    this.problem = null;
    if (!this.live.value) {
      return;
    }
    if (!this.row || ACTS[id].fields.length > 0) {
      this.open = this.open === id ? null : id;
      return;
    }
    if (actor.value === null) {
      go({ aside: "identity" });
      return;
    }
    const [name, body] = ACTS[id].command(this.subject, {});
    const of = this.called || this.of;
    const answer = await perform(name, body, freshKey());
    if (answer.ok) {
      this.#tell(id, answer.value.act, of);
    } else {
      this.problem = answer.problem;
    }
  }

  /** Opens the act that has this key; whether there is one. @param {string} key */
  press(key) {
    const id = this.ids.find((one) => ACTS[one].key === key);
    if (id !== undefined) {
      this.choose(id);
    }
    return id !== undefined;
  }

  /** Closes the open form; whether there was one. */
  shut() {
    const was = this.open !== null;
    this.#shut();
    return was;
  }

  #shut() {
    const was = this.open;
    this.open = null;
    this.updateComplete.then(() => /** @type {HTMLElement|null} */ (this.renderRoot.querySelector(`[data-act="${was}"]`))?.focus());
  }

  /** @param {{id: string, act: number}} done @param {string} of */
  #acted({ id, act }, of) {
    this.open = null;
    this.#tell(id, act, of);
  }

  /** @param {string} id @param {number} act @param {string} of */
  #tell(id, act, of) {
    lastAct.value = { id, act, of };
    this.dispatchEvent(new Event("acted"));
  }
}

customElements.define("chevet-acts", Acts);
