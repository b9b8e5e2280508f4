// @ts-check
/** @import {Bed} from "../core/types.js" */
import { css, html } from "lit";
import { nowMillis } from "../core/clock.js";
import { t } from "../i18n/index.js";
import "./bed.js";
import { ChevetElement } from "./element.js";
import { shared } from "./styles.js";

const SINCE = "2000-01-01T00:00:00Z";

/** @type {[string, object][]} */
const SAMPLES = [
  ["occupied", { state: "OCCUPIED" }],
  ["today", { state: "OCCUPIED", stays: [{ status: "PRESENT", expectedDischarge: "today" }] }],
  ["ready", { state: "READY" }],
  ["reserved", { state: "RESERVED" }],
  ["held", { state: "OCCUPIED", reservation: {} }],
  ["toClean", { state: "TO_CLEAN" }],
  ["cleaning", { state: "CLEANING" }],
  ["blocked", { state: "BLOCKED" }],
  ["closed", { state: "CLOSED" }],
  ["isolated", { state: "OCCUPIED", stays: [{ status: "PRESENT", isolation: "CONTACT" }] }],
  ["surge", { state: "READY", surge: true }],
  ["anomaly", { state: "OCCUPIED", anomaly: true }],
];

/** What the signs of the board mean. */
class Legend extends ChevetElement {
  static properties = { tall: { type: Boolean, reflect: true } };

  static styles = [
    shared,
    css`
      :host {
        display: block;
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 9px;
        color: var(--ink-2);
        font-size: var(--text-s);
      }
      :host([tall]) ul {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 6px;
        font-size: var(--text);
      }
      :host([tall]) li {
        white-space: normal;
        line-height: 1.2;
      }
      li {
        display: flex;
        align-items: center;
        gap: 5px;
        white-space: nowrap;
      }
    `,
  ];

  constructor() {
    super();
    this.tall = false;
  }

  render() {
    // The board's line is full; what is rare is in the help, and in each bed's own words.
    const samples = this.tall ? SAMPLES : SAMPLES.filter(([name]) => name !== "held");
    return html`<ul aria-label=${t("legend")}>
      ${samples.map(
        ([name, sample]) =>
          html`<li><chevet-bed sample aria-hidden="true" .bed=${complete(sample)}></chevet-bed>${t(`legend.${name}`)}</li>`,
      )}
    </ul>`;
  }
}

/** @param {any} sample @returns {Bed} */
function complete(sample) {
  const stays = sample.stays?.map((/** @type {any} */ stay) =>
    stay.expectedDischarge === "today" ? { ...stay, expectedDischarge: new Date(nowMillis()).toISOString() } : stay,
  );
  return { id: "", since: SINCE, room: "", service: "", anomaly: false, ...sample, stays };
}

customElements.define("chevet-legend", Legend);
