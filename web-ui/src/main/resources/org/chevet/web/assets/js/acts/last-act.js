// @ts-check
import { css, html } from "lit";
import { Signal, Watch } from "../core/signal.js";
import { ChevetElement } from "../components/element.js";
import { shared } from "../components/styles.js";
import { t } from "../i18n/index.js";
import "./act-form.js";
import { ACTS } from "./catalogue.js";

/** @typedef {{id: string, act: number, of: string}} Acted an act that was done: its name here, its number, what it was about */

/** The last act done on this page. @type {Signal<Acted|null>} */
export const lastAct = new Signal(/** @type {Acted|null} */ (null));

/** Set by the key `u`: the last act in the log is to be opened for being taken back. */
export const undoWanted = new Signal(false);

/**
 * Says that the last act is done and offers to take it back. Apart from what was acted on, which is often gone by then: a
 * discharged stay leaves its bed, a cleaned bed its list.
 */
export class LastAct extends ChevetElement {
  static properties = { open: { state: true } };

  static styles = [
    shared,
    css`
      :host {
        display: block;
      }
      .done {
        margin: var(--s2);
        padding: 8px 8px 8px 12px;
        border: 1px solid var(--free);
        border-left-width: 4px;
        border-radius: var(--radius);
        background: var(--panel);
      }
      .line {
        display: flex;
        align-items: center;
        gap: 6px;
      }
      .line span {
        flex: 1;
        font-weight: 600;
      }
      chevet-act-form {
        margin-top: 8px;
      }
    `,
  ];

  last = new Watch(this, lastAct);

  constructor() {
    super();
    this.open = false;
  }

  render() {
    const last = this.last.value;
    if (last === null) {
      return "";
    }
    return html`<div class="done" data-testid="done">
      <div class="line">
        <span role="status">${t("act.done", { act: t(`act.${last.id}`), of: last.of })}</span>
        ${ACTS[last.id]?.final || this.open ? "" : html`<button data-act="undo" @click=${() => (this.open = true)}>${t("act.undo")}</button>`}
        <button class="plain" @click=${() => (lastAct.value = null)}>${t("close")}</button>
      </div>
      ${this.open
        ? html`<chevet-act-form act="undo" .subject=${{ act: last.act }} @acted=${this.#undone} @given-up=${() => (this.open = false)}></chevet-act-form>`
        : ""}
    </div>`;
  }

  /** Closes the open form; whether there was one. */
  shut() {
    const was = this.open;
    this.open = false;
    return was;
  }

  /** @param {CustomEvent<{id: string, act: number}>} event */
  #undone(event) {
    this.open = false;
    lastAct.value = { ...event.detail, of: "" };
  }
}

customElements.define("chevet-last-act", LastAct);
