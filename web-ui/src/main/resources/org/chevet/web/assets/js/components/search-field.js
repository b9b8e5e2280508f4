// @ts-check
/** @import {Found} from "../core/search.js" */
import { css, html } from "lit";
import { live } from "lit/directives/live.js";
import { go } from "../core/route.js";
import { find, query } from "../core/search.js";
import { Watch } from "../core/signal.js";
import { board } from "../core/store.js";
import { t } from "../i18n/index.js";
import { ChevetElement } from "./element.js";
import { shared } from "./styles.js";

/** Finds beds, rooms, services and stays; while there is text in it the board dims what does not match. */
class SearchField extends ChevetElement {
  static properties = { open: { state: true }, active: { state: true } };

  static styles = [
    shared,
    css`
      :host {
        position: relative;
        display: block;
        flex: 1 1 170px;
        max-width: 380px;
        min-width: 130px;
      }
      input:not([type="checkbox"], [type="radio"]) {
        min-height: 32px;
        padding-right: 30px;
        border-color: var(--line);
        background: var(--bg);
        text-overflow: ellipsis;
      }
      kbd {
        position: absolute;
        right: 8px;
        top: 8px;
      }
      ul {
        position: absolute;
        z-index: 10;
        top: 36px;
        left: 0;
        right: 0;
        min-width: 300px;
        padding: 4px;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--panel);
      }
      li {
        display: flex;
        justify-content: space-between;
        gap: 12px;
        padding: 5px 8px;
        border-radius: var(--radius-s);
        cursor: pointer;
      }
      li[aria-selected="true"] {
        background: var(--bg);
      }
      li span {
        color: var(--ink-3);
        text-align: right;
      }
    `,
  ];

  query = new Watch(this, query);

  constructor() {
    super();
    this.open = false;
    this.active = 0;
  }

  focus() {
    const input = this.renderRoot.querySelector("input");
    input?.focus();
    input?.select();
  }

  render() {
    const found = this.#found();
    const shown = this.open && query.value.trim() !== "";
    return html`
      <input
        type="search"
        role="combobox"
        aria-expanded=${shown}
        aria-controls="found"
        aria-autocomplete="list"
        aria-activedescendant=${shown && found.length > 0 ? `found-${this.active}` : ""}
        aria-label=${t("search")}
        placeholder=${t("search")}
        spellcheck="false"
        autocomplete="off"
        .value=${live(this.query.value)}
        @input=${this.#typed}
        @keydown=${this.#keyed}
        @focus=${() => (this.open = true)}
        @blur=${() => (this.open = false)}
      /><kbd ?hidden=${this.query.value !== ""} aria-hidden="true">/</kbd>
      <ul id="found" role="listbox" aria-label=${t("search.results")} ?hidden=${!shown}>
        ${found.length === 0
          ? html`<li role="option" aria-selected="false">${t("search.nothing")}</li>`
          : found.map(
              (one, i) =>
                html`<li id=${`found-${i}`} role="option" aria-selected=${i === this.active} @pointerdown=${(/** @type {Event} */ event) => this.#take(one, event)}>
                  <b>${one.kind === "bed" ? t("bed.named", { bed: one.text }) : one.kind === "room" ? t("room.named", { room: one.text }) : one.text}</b
                  ><span>${one.detail}</span>
                </li>`,
            )}
      </ul>
    `;
  }

  #found() {
    return board.value === null ? [] : find(board.value, query.value);
  }

  /** @param {Event} event */
  #typed(event) {
    query.value = /** @type {HTMLInputElement} */ (event.target).value;
    this.active = 0;
    this.open = true;
  }

  /** @param {KeyboardEvent} event */
  #keyed(event) {
    const found = this.#found();
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        event.preventDefault();
        this.active = Math.max(0, Math.min(found.length - 1, this.active + (event.key === "ArrowDown" ? 1 : -1)));
        break;
      case "Enter":
        if (found.length > 0) {
          this.#take(found[this.active], event);
        }
        break;
      case "Escape":
        event.stopPropagation();
        query.value = "";
        /** @type {HTMLElement} */ (event.target).blur();
        break;
    }
  }

  /** @param {Found} one @param {Event} event */
  #take(one, event) {
    event.preventDefault();
    query.value = "";
    this.open = false;
    this.renderRoot.querySelector("input")?.blur();
    if (one.bed !== undefined) {
      go({ view: "board", bed: one.bed });
    } else if (one.stay !== undefined) {
      go({ stay: one.stay });
    } else {
      go({ service: one.service });
    }
    this.dispatchEvent(new CustomEvent("found", { bubbles: true, composed: true, detail: one }));
  }
}

customElements.define("chevet-search", SearchField);
