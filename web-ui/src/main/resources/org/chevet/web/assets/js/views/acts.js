// @ts-check
/** @import {RecentAct} from "../core/types.js" */
import { css, html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "../acts/acts.js";
import { undoWanted } from "../acts/last-act.js";
import { read } from "../core/api.js";
import { mayTakeBack } from "../core/drill.js";
import { actor } from "../core/preferences.js";
import { go } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board } from "../core/store.js";
import { eventsInWords } from "../i18n/events.js";
import { dateTime } from "../i18n/format.js";
import { t, word } from "../i18n/index.js";
import { ChevetElement } from "../components/element.js";
import { shared, tables } from "../components/styles.js";

const REREAD_MILLIS = 1500;
/** Of which there is no way back, whatever the world allows. */
const NOT_UNDONE = ["ActUndone", "InjectEnded"];

/** The last acts by people, the newest first, each of which can still be taken back while the world allows. */
class ActsView extends ChevetElement {
  static properties = { acts: { state: true } };

  static styles = [
    shared,
    tables,
    css`
      td {
        vertical-align: top;
      }
      td:last-child {
        min-width: 230px;
      }
    `,
  ];

  sequence = new Watch(this, board, (value) => value?.sequence);
  undo = new Watch(this, undoWanted);
  actor = new Watch(this, actor);

  constructor() {
    super();
    /** @type {RecentAct[]|null} */
    this.acts = null;
  }

  #readFor = -1;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #later;

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#later);
    this.#later = undefined;
  }

  willUpdate() {
    const sequence = this.sequence.value ?? -1;
    if (sequence !== this.#readFor && this.#later === undefined) {
      // The feed moves the sequence all the time; acts by people are rare.
      this.#later = setTimeout(() => this.#read(), this.acts === null ? 0 : REREAD_MILLIS);
    }
  }

  async #read() {
    this.#readFor = this.sequence.value ?? -1;
    const answer = await read("/acts");
    this.#later = undefined;
    if (answer.ok) {
      this.acts = answer.value.acts;
    }
    this.requestUpdate();
  }

  updated() {
    if (undoWanted.value && this.acts !== null) {
      undoWanted.value = false;
      const first = this.renderRoot.querySelector("chevet-acts");
      /** @type {import("../acts/acts.js").Acts|null} */ (first)?.choose("undo");
    }
  }

  render() {
    const acts = this.acts;
    return html`
      <header>
        <h2>${t("nav.acts")}</h2>
        <span class="quiet">${t("acts.why")}</span>
      </header>
      <div class="frame">
        ${acts === null
          ? html`<p class="empty">${t("board.loading")}</p>`
          : acts.length === 0
            ? html`<p class="empty">${t("acts.none")}</p>`
            : html`<table>
                <thead>
                  <tr>
                    <th class="tight">${t("acts.when")}</th>
                    <th class="tight">${t("acts.who")}</th>
                    <th>${t("acts.what")}</th>
                    <th></th>
                  </tr>
                </thead>
                <tbody>
                  ${repeat(
                    acts,
                    (act) => act.act,
                    (act) => this.#row(act),
                  )}
                </tbody>
              </table>`}
      </div>
    `;
  }

  /** @param {RecentAct} act */
  #row(act) {
    const bed = act.events.map((event) => event.bed ?? event.movement?.to?.bed).find(Boolean);
    return html`<tr>
      <td class="tight">${dateTime(act.recordedAt)}</td>
      <td class="tight">${act.actor?.name}<div class="quiet">${word("role", act.actor?.role)}</div></td>
      <td>
        ${eventsInWords(act.events).map((line) => html`<div>${line}</div>`)}
        ${bed ? html`<button class="link" @click=${() => go({ bed })}>${t("bed.named", { bed })}</button>` : ""}
      </td>
      <td class="number">
        ${act.events.some(({ type }) => NOT_UNDONE.includes(type)) || !mayTakeBack(act, this.actor.value) ? "" : html`<chevet-acts row of=${String(act.act)} .ids=${["undo"]} .subject=${{ act: act.act }}></chevet-acts>`}
      </td>
    </tr>`;
  }
}

customElements.define("chevet-recent-acts", ActsView);
