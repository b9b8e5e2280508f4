// @ts-check
/** @import {Board} from "../core/store.js" */
import { css, html } from "lit";
import { go } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board, lackingBed } from "../core/store.js";
import { anomalyInWords, needsInWords, shortStay } from "../i18n/describe.js";
import { t } from "../i18n/index.js";
import "../components/elapsed.js";
import { ChevetElement } from "../components/element.js";
import { shared } from "../components/styles.js";
import { panelStyles } from "./styles.js";

const LINES_MAX = 5;

/** What waits for somebody, when nothing is selected: the oldest and most urgent of each kind. */
class Overview extends ChevetElement {
  static styles = [
    shared,
    panelStyles,
    css`
      h3 {
        display: flex;
        justify-content: space-between;
        align-items: baseline;
        gap: var(--s2);
      }
      h3 button {
        flex: none;
        min-height: 0;
        font-size: inherit;
      }
      li button {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 0 8px;
        width: 100%;
        padding: 5px 8px;
        margin-bottom: 4px;
        text-align: left;
      }
      li b {
        font-weight: 600;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      li span {
        color: var(--ink-2);
      }
      li small {
        grid-column: 1 / -1;
        color: var(--ink-3);
      }
      .vital b::before {
        content: "● ";
        color: var(--alarm);
      }
    `,
  ];

  known = new Watch(this, board);

  render() {
    const known = this.known.value;
    if (known === null) {
      return "";
    }
    const lists = [withoutBed(known), requests(known), dirty(known), anomalies(known)];
    return html`
      <h2>${t("overview")}</h2>
      ${lists.every((list) => list.lines.length === 0) ? html`<p class="quiet">${t("overview.nothing")}</p>` : ""}
      ${lists
        .filter((list) => list.lines.length > 0)
        .map(
          (list) =>
            html`<h3>
                <span>${t(`overview.${list.name}`)}</span>
                ${list.count > LINES_MAX && list.more ? html`<button class="link" @click=${list.more}>${t("overview.all", { count: list.count })}</button>` : html`<span>${list.count}</span>`}
              </h3>
              <ul>
                ${list.lines.map(
                  (line) =>
                    html`<li class=${line.vital ? "vital" : ""}>
                      <button @click=${line.open}>
                        <b>${line.text}</b><span><chevet-elapsed at=${line.since}></chevet-elapsed></span>${line.detail ? html`<small>${line.detail}</small>` : ""}
                      </button>
                    </li>`,
                )}
              </ul>`,
        )}
    `;
  }
}

/** @typedef {{text: string, detail?: string, since: string, vital?: boolean, open: () => void}} Line */
/** @typedef {{name: string, count: number, lines: Line[], more?: () => void}} List */

/** @param {Board} known @returns {List} */
function withoutBed(known) {
  const lines = known.services
    .flatMap((service) =>
      lackingBed(service).map((stay) => ({ text: shortStay(stay), detail: service.name, since: stay.since, open: () => go({ stay: stay.id }) })),
    )
    .sort(bySince);
  return { name: "withoutBed", count: lines.length, lines: lines.slice(0, LINES_MAX) };
}

/** @param {Board} known @returns {List} */
function requests(known) {
  const open = known.requests.filter((request) => !request.bed);
  return {
    name: "requests",
    count: open.length,
    lines: open.slice(0, LINES_MAX).map((request) => ({
      text: t("priority.short", { priority: request.priority }) + " · " + (needsInWords(request.needs)[0] ?? t("request.anyBed")),
      detail: [...needsInWords(request.needs).slice(1), t(`origin.${request.origin}`)].join(" · "),
      since: request.requestedAt,
      vital: request.priority === 1,
      open: () => go({ request: request.id }),
    })),
    more: () => go({ view: "requests" }),
  };
}

/** @param {Board} known @returns {List} */
function dirty(known) {
  const lines = [...known.beds.values()]
    .filter((bed) => bed.state === "TO_CLEAN")
    .map((bed) => ({
      text: t("bed.named", { bed: bed.id }),
      detail: known.services.find((service) => service.id === bed.service)?.name,
      since: bed.since,
      open: () => go({ bed: bed.id }),
    }))
    .sort(bySince);
  return { name: "dirty", count: lines.length, lines: lines.slice(0, 3), more: () => go({ view: "cleaning" }) };
}

/** @param {Board} known @returns {List} */
function anomalies(known) {
  return {
    name: "anomalies",
    count: known.anomalies.length,
    lines: known.anomalies.slice(0, 4).map((anomaly) => ({
      text: t(`anomaly.${anomaly.kind}.short`),
      detail: anomalyInWords(anomaly),
      since: anomaly.since,
      open: () => go({ view: "anomalies" }),
    })),
    more: () => go({ view: "anomalies" }),
  };
}

/** @param {Line} a @param {Line} b */
function bySince(a, b) {
  return a.since.localeCompare(b.since);
}

customElements.define("chevet-overview", Overview);
