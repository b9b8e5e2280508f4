// @ts-check
import { css, html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "../acts/acts.js";
import { go } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board, findStay } from "../core/store.js";
import { anomalyAdvice, anomalyInWords } from "../i18n/describe.js";
import { t } from "../i18n/index.js";
import "../components/elapsed.js";
import { ChevetElement } from "../components/element.js";
import { shared, tables } from "../components/styles.js";

/** What was stated against what was known: each in words, with where to look and how to close it. */
class AnomaliesView extends ChevetElement {
  static styles = [
    shared,
    tables,
    css`
      li {
        display: grid;
        grid-template-columns: 1fr minmax(200px, auto);
        gap: 4px var(--s4);
        padding: 9px 12px;
        border-bottom: 1px solid var(--line-2);
        border-left: 4px solid var(--alarm);
      }
      li:last-child {
        border-bottom: 0;
      }
      strong {
        font-weight: 650;
      }
      .places {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--s3);
      }
    `,
  ];

  known = new Watch(this, board, (value) => value?.anomalies);

  render() {
    const anomalies = this.known.value ?? [];
    return html`
      <header>
        <h2>${t("nav.anomalies")}</h2>
        <span class="quiet">${t("anomalies.why")}</span>
      </header>
      <div class="frame">
        ${anomalies.length === 0
          ? html`<p class="empty">${t("anomalies.none")}</p>`
          : html`<ul>
              ${repeat(
                anomalies,
                (anomaly) => anomaly.key,
                (anomaly) =>
                  html`<li data-anomaly=${anomaly.key}>
                    <div>
                      <strong>${t(`anomaly.${anomaly.kind}.short`)}</strong> <span class="quiet">· <chevet-elapsed at=${anomaly.since}></chevet-elapsed></span>
                      <p>${anomalyInWords(anomaly)}</p>
                      <p class="quiet">${anomalyAdvice(anomaly)}</p>
                      <div class="places">
                        ${anomaly.bed ? html`<button class="link" @click=${() => go({ bed: anomaly.bed ?? undefined })}>${t("bed.named", { bed: anomaly.bed })}</button>` : ""}
                        ${[anomaly.stay, anomaly.otherStay].map((stay) => (stay ? html`<button class="link" @click=${() => openStay(stay)}>${t("stay.named", { stay })}</button>` : ""))}
                      </div>
                    </div>
                    <chevet-acts row of=${anomaly.key} called=${t(`anomaly.${anomaly.kind}.short`)} .ids=${["resolveAnomaly"]} .subject=${{ anomaly }}></chevet-acts>
                  </li>`,
              )}
            </ul>`}
      </div>
    `;
  }
}

/** @param {string} stay */
function openStay(stay) {
  const found = board.value === null ? null : findStay(board.value, stay);
  go(found?.bed ? { bed: found.bed.id } : { stay });
}

customElements.define("chevet-anomalies", AnomaliesView);
