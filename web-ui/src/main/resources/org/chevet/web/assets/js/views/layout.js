// @ts-check
/** @import {Problem} from "../core/types.js" */
import { css, html } from "lit";
import { refused } from "../acts/act-form.js";
import { freshKey, post, read } from "../core/api.js";
import { connection } from "../core/live.js";
import { actor } from "../core/preferences.js";
import { go, route } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board, layoutFile } from "../core/store.js";
import { serviceName } from "../i18n/describe.js";
import { t, word } from "../i18n/index.js";
import { ChevetElement } from "../components/element.js";
import { shared, tables } from "../components/styles.js";

/**
 * @typedef {{added: string[], removed: string[], changed: {id: string, members: string[]}[]}} Delta
 * @typedef {object} LayoutFile
 * @property {string} file
 * @property {string} digest
 * @property {{path: string, line: number, column: number, message: string, advice: string}[]} problems
 * @property {{hospital: string[], services: Delta, rooms: Delta, beds: Delta}} [change]
 * @property {{stay: string, service: string, bed: string|null}[]} [stranded]
 */

/** The hospital's file: every mistake in it, or what it would change, and the word to apply it. */
class LayoutView extends ChevetElement {
  static properties = { file: { state: true }, problem: { state: true }, busy: { state: true } };

  static styles = [
    shared,
    tables,
    css`
      .state {
        margin-bottom: var(--s3);
        padding: 9px 12px;
        border: 1px solid var(--line);
        border-left: 4px solid var(--free);
        border-radius: var(--radius);
        background: var(--panel);
      }
      .state.warn {
        border-left-color: var(--warn);
      }
      .state.alarm {
        border-left-color: var(--alarm);
      }
      .state strong {
        display: block;
      }
      .state p {
        margin-top: 8px;
      }
      .frame + h3,
      .state + h3 {
        margin-top: var(--s4);
      }
      td p + p {
        color: var(--ink-2);
      }
      code {
        font: 11.5px var(--mono);
      }
      .ids {
        overflow-wrap: anywhere;
      }
    `,
  ];

  told = new Watch(this, layoutFile);
  live = new Watch(this, connection, (value) => value.state === "live");
  hospital = new Watch(this, board, (value) => value?.hospital);

  constructor() {
    super();
    /** @type {LayoutFile|null} */
    this.file = null;
    /** @type {Problem|null} */
    this.problem = null;
    this.busy = false;
  }

  #readFor = /** @type {unknown} */ (undefined);

  willUpdate() {
    // Read again whenever the server tells something else of the file, or applied it.
    const now = JSON.stringify([this.told.value, this.live.value]) + (this.hospital.value === undefined ? "" : JSON.stringify(this.hospital.value));
    if (now !== this.#readFor && this.live.value && this.told.value !== null) {
      this.#readFor = now;
      this.#look();
    }
  }

  async #look() {
    const answer = await read("/layout");
    if (answer.ok) {
      this.file = answer.value;
    } else {
      this.problem = answer.problem;
    }
  }

  async #apply() {
    if (actor.value === null) {
      go({ ...route.value, aside: "identity" });
      return;
    }
    this.busy = true;
    const answer = await post("/layout/reload", { digest: this.file?.digest ?? "" }, freshKey());
    this.busy = false;
    this.problem = answer.ok ? null : answer.problem;
    await this.#look();
  }

  render() {
    const file = this.file;
    if (this.live.value && this.hospital.value !== undefined && this.told.value === null) {
      return html`<header><h2>${t("nav.layout")}</h2></header><p>${t("layout.none")}</p>`;
    }
    return html`
      <header>
        <h2>${t("nav.layout")}</h2>
        <span class="quiet">${file === null ? "" : html`<code>${file.file}</code>`} ${t("layout.why")}</span>
        <span class="spread"></span>
        <button data-testid="look" ?disabled=${!this.live.value} @click=${() => ((this.problem = null), this.#look())}>${t("layout.again")}</button>
      </header>
      ${this.problem === null ? "" : refused(this.problem)} ${file === null ? "" : file.change === undefined ? mistakes(file) : this.#change(file)}
    `;
  }

  /** @param {LayoutFile} file */
  #change(file) {
    const change = file.change;
    const stranded = file.stranded ?? [];
    if (change === undefined) {
      return "";
    }
    const parts = /** @type {const} */ (["services", "rooms", "beds"]);
    const nothing = change.hospital.length === 0 && parts.every((part) => count(change[part]) === 0);
    if (nothing) {
      return html`<div class="state" role="status" data-testid="current"><strong>${t("layout.current")}</strong>${t("layout.current.how")}</div>`;
    }
    return html`
      <div class=${`state ${stranded.length === 0 ? "warn" : "alarm"}`} role="status" data-testid="waiting">
        <strong>${stranded.length === 0 ? t("layout.harmless") : t("layout.stranded", { count: stranded.length })}</strong>
        ${stranded.length === 0 ? t("layout.harmless.how") : t("layout.stranded.how")}
        <p><button class="primary" data-testid="apply" ?disabled=${this.busy || !this.live.value} @click=${() => this.#apply()}>${t("layout.apply")}</button></p>
      </div>
      ${stranded.length === 0 ? "" : this.#stranded(stranded)}
      <h3>${t("layout.changes")}</h3>
      <div class="frame">
        <table>
          <thead>
            <tr><th class="tight"></th><th>${t("layout.added")}</th><th>${t("layout.removed")}</th><th>${t("layout.changed")}</th></tr>
          </thead>
          <tbody>
            ${change.hospital.length === 0 ? "" : html`<tr><td class="tight">${t("hospital")}</td><td></td><td></td><td>${change.hospital.map((member) => word("member", member)).join(", ")}</td></tr>`}
            ${parts.map((part) => (count(change[part]) === 0 ? "" : deltaRow(t(`layout.${part}`), change[part])))}
          </tbody>
        </table>
      </div>
    `;
  }

  /** @param {NonNullable<LayoutFile["stranded"]>} stranded */
  #stranded(stranded) {
    return html`<h3>${t("layout.who")}</h3>
      <div class="frame">
        <table data-testid="stranded">
          <thead><tr><th class="tight">${t("bed")}</th><th class="tight">${t("stay")}</th><th>${t("service")}</th></tr></thead>
          <tbody>
            ${stranded.map(
              (one) =>
                html`<tr>
                  <td class="tight">${one.bed === null ? t("withoutBed") : html`<button class="link" @click=${() => go({ view: "board", bed: one.bed ?? undefined })}>${one.bed}</button>`}</td>
                  <td class="tight">${one.stay}</td>
                  <td>${serviceName(one.service)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }
}

/** @param {LayoutFile} file */
function mistakes(file) {
  return html`<div class="state alarm" role="status" data-testid="mistakes">
      <strong>${t("layout.wrong", { count: file.problems.length })}</strong>${t("layout.wrong.how")}
    </div>
    <div class="frame">
      <table>
        <thead><tr><th class="tight">${t("layout.line")}</th><th class="tight">${t("layout.path")}</th><th>${t("layout.mistake")}</th></tr></thead>
        <tbody lang="en">
          ${file.problems.map(
            (problem) =>
              html`<tr><td class="tight number">${problem.line === 0 ? "" : problem.line}</td><td class="tight"><code>${problem.path}</code></td><td><p>${problem.message}</p><p>${problem.advice}</p></td></tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

/** @param {string} name @param {Delta} delta */
function deltaRow(name, delta) {
  return html`<tr>
    <td class="tight">${name}</td>
    <td class="ids">${delta.added.join(", ")}</td>
    <td class="ids">${delta.removed.join(", ")}</td>
    <td class="ids">${delta.changed.map(({ id, members }) => `${id} (${members.map((member) => word("member", member)).join(", ")})`).join(", ")}</td>
  </tr>`;
}

/** @param {Delta} delta */
function count(delta) {
  return delta.added.length + delta.removed.length + delta.changed.length;
}

customElements.define("chevet-layout", LayoutView);
