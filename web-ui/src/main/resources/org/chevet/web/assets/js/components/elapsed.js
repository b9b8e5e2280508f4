// @ts-check
import { tick } from "../core/clock.js";
import { language } from "../core/preferences.js";
import { elapsed } from "../i18n/format.js";

/** How long ago something was by the hospital's clock, ticking: `<chevet-elapsed at="2026-…Z">`. Its text is all it is. */
class Elapsed extends HTMLElement {
  static observedAttributes = ["at"];
  /** @type {(() => void)[]} */
  #stops = [];
  #shown = "";

  connectedCallback() {
    this.#stops = [tick.subscribe(() => this.#show()), language.subscribe(() => this.#show())];
    this.#show();
  }

  disconnectedCallback() {
    for (const stop of this.#stops) {
      stop();
    }
  }

  attributeChangedCallback() {
    this.#show();
  }

  #show() {
    const at = this.getAttribute("at");
    const text = at ? elapsed(at) : "";
    if (text !== this.#shown) {
      this.#shown = text;
      this.textContent = text;
    }
  }
}

customElements.define("chevet-elapsed", Elapsed);
