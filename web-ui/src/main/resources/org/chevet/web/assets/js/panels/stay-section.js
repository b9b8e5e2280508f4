// @ts-check
/** @import {Bed, StayCell, StayDetails} from "../core/types.js" */
import { css, html } from "lit";
import { actsOfStay } from "../acts/catalogue.js";
import "../acts/acts.js";
import { read } from "../core/api.js";
import { hospitals, refreshHospitals } from "../core/hospitals.js";
import { go } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { atEmergency, board } from "../core/store.js";
import { barrierTag } from "../components/barrier.js";
import { needsInWords, outOfServices, person, serviceName, specialty } from "../i18n/describe.js";
import { birthDate, dateTime, day, duration, time } from "../i18n/format.js";
import { t, word } from "../i18n/index.js";
import "../components/elapsed.js";
import { ChevetElement } from "../components/element.js";
import { shared } from "../components/styles.js";

/** How much later than its effect a movement is stated before it is worth a word. */
const LATE_MILLIS = 5 * 60_000;

/**
 * One stay: who, what they need, where they have been, when they leave, what can be done. Its identity is asked of the
 * server when it is opened, and forgotten when it is closed.
 */
class StaySection extends ChevetElement {
  static properties = {
    /** As on the board; null for one that is not there (expected, ended). */
    stay: { attribute: false },
    number: { attribute: false },
    bed: { attribute: false },
    details: { state: true },
    missing: { state: true },
  };

  static styles = [
    shared,
    css`
      :host {
        display: block;
      }
      .name {
        font-size: 15px;
        font-weight: 650;
      }
      .sub {
        color: var(--ink-2);
        margin: 1px 0 var(--s2);
      }
      .tags {
        margin: 0 0 var(--s3);
      }
      ol {
        margin: 0 0 0 5px;
        padding-left: 14px;
        border-left: 2px solid var(--line);
      }
      li {
        position: relative;
        padding-bottom: 6px;
      }
      li::before {
        content: "";
        position: absolute;
        left: -19px;
        top: 5px;
        width: 8px;
        height: 8px;
        border-radius: 50%;
        border: 2px solid var(--ink-3);
        background: var(--panel);
        box-sizing: border-box;
      }
      li:last-child::before {
        background: var(--ink-3);
      }
      li time {
        color: var(--ink-3);
      }
      .barrier + .barrier {
        margin-top: 6px;
      }
      li small {
        display: block;
        color: var(--ink-3);
      }
      li small.late {
        color: var(--warn);
      }
    `,
  ];

  /** Where there are others, a bed can be asked for there. */
  hospitals = new Watch(this, hospitals);

  constructor() {
    super();
    refreshHospitals();
    /** @type {StayCell|null} */
    this.stay = null;
    this.number = "";
    /** @type {Bed|null} */
    this.bed = null;
    /** @type {StayDetails|null} */
    this.details = null;
    this.missing = false;
  }

  #asked = 0;

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("stay") || changed.has("number")) {
      const before = /** @type {StayCell|null|undefined} */ (changed.get("stay"));
      if ((before?.id ?? changed.get("number")) !== (this.stay?.id ?? this.number)) {
        this.details = null;
      }
      this.#load();
    }
  }

  async #load() {
    const id = this.stay?.id ?? this.number;
    const turn = ++this.#asked;
    const answer = await read(`/stays/${encodeURIComponent(id)}`);
    if (turn === this.#asked) {
      this.details = answer.ok ? answer.value : null;
      this.missing = !answer.ok;
    }
  }

  render() {
    const { stay, details, bed } = this;
    const id = stay?.id ?? this.number;
    const acts = actsOfStay({ stay: stay ?? undefined, details: details ?? undefined, bed: bed ?? undefined });
    return html`
      <div class="name">${details === null ? (stay?.initials ?? "") : nameOf(details) || stay?.initials || t("stay.unnamed")}</div>
      <div class="sub">
        ${[stay ? person(stay) : "", details?.patient.birthDate ? t("stay.born", { date: birthDate(details.patient.birthDate) }) : ""]
          .filter(Boolean)
          .join(" · ")}
        <div>${t("stay.named", { stay: id })}${details?.patient.identifier ? html` · ${t("stay.patient", { patient: details.patient.identifier.split("^")[0] })}` : ""}</div>
      </div>
      <div class="tags">${this.#tags()}</div>
      ${this.missing ? html`<p class="quiet">${t("stay.missing")}</p>` : ""}
      <dl>
        ${stay && stay.since !== this.bed?.since
          ? html`<dt>${t("stay.here")}</dt>
              <dd><chevet-elapsed at=${stay.since}></chevet-elapsed>, ${t("sinceAt", { at: dateTime(stay.since) })}</dd>`
          : ""}
        ${details?.status ? html`<dt>${t("stay.status")}</dt><dd>${word("status", details.status)}${details.ending ? html`, ${word("ending", details.ending).toLowerCase()}` : ""}</dd>` : ""}
        ${details?.expectedArrival && details.status === "EXPECTED" ? html`<dt>${t("stay.expectedArrival")}</dt><dd>${dateTime(details.expectedArrival)}</dd>` : ""}
        ${this.#plan()}
        ${details?.medicallyReadyAt ? html`<dt>${t("stay.medicallyReady")}</dt><dd>${t("sinceAt", { at: dateTime(details.medicallyReadyAt) })}</dd>` : ""}
        ${this.#barriers()}
        ${details?.administrativelyClosedAt ? html`<dt>${t("stay.closed")}</dt><dd>${t("sinceAt", { at: dateTime(details.administrativelyClosedAt) })}</dd>` : ""}
        ${details?.mergedInto ? html`<dt>${t("stay.mergedInto")}</dt><dd>${details.mergedInto}</dd>` : ""}
      </dl>
      ${details === null || details.movements.length === 0
        ? ""
        : html`<h3>${t("stay.movements")}</h3>
            <ol>
              ${details.movements.map((movement) => this.#movement(movement))}
            </ol>`}
      ${acts.length === 0 ? "" : html`<h3>${t("acts")}</h3>`}
      <chevet-acts main of=${id} .ids=${acts} .subject=${{ stay: stay ?? undefined, details: details ?? undefined, bed: bed ?? undefined }} @acted=${this.#load}></chevet-acts>
    `;
  }

  #tags() {
    const { stay, details } = this;
    const needs = details === null ? [specialty(stay?.specialty)].filter(Boolean) : needsInWords(details.needs);
    const isolation = stay?.isolation ?? details?.needs.isolation;
    const emergency = board.value === null ? [] : atEmergency(board.value);
    const isolated = isolation && isolation !== "NONE" ? word("isolation", isolation) : null;
    return [
      stay?.status === "ON_LEAVE" ? html`<span class="tag ring">${t("stay.onLeave")}</span>` : "",
      stay && this.bed === null && stay.class !== "OUTPATIENT" && !emergency.includes(stay) ? html`<span class="tag warn">${t("stay.withoutBed")}</span>` : "",
      stay?.outlier ? html`<span class="tag warn">${t("stay.outlier")}</span>` : "",
      isolated === null ? "" : html`<span class="tag ring">${isolated}</span>`,
      ...needs.filter((need) => need !== isolated).map((need) => html`<span class="tag">${need}</span>`),
      stay?.class ? html`<span class="tag">${word("class", stay.class)}</span>` : "",
      details !== null && !details.announced ? html`<span class="tag warn">${t("stay.unannounced")}</span>` : "",
    ];
  }

  /** What keeps the patient here: since when, until when, who sees to it; to be changed once all of that is known. */
  #barriers() {
    const { stay, details, bed } = this;
    const barriers = details?.barriers ?? stay?.barriers ?? [];
    return barriers.length === 0
      ? ""
      : html`<dt>${t("stay.barriers")}</dt>
          <dd>
            ${barriers.map(
              (barrier) =>
                html`<div class="barrier" data-barrier=${barrier.kind}>
                  ${barrierTag(barrier)}
                  <small class="quiet">${[t("sinceAt", { at: dateTime(barrier.since) }), barrier.owner, barrier.note].filter(Boolean).join(" · ")}</small>
                  ${stay === null
                    ? ""
                    : html`<chevet-acts
                        row
                        of=${`${stay.id} ${barrier.kind}`}
                        called=${stay.id}
                        .ids=${details === null ? ["liftBarrier"] : ["changeBarrier", "liftBarrier"]}
                        .subject=${{ stay, details: details ?? undefined, bed: bed ?? undefined, barrier }}
                        @acted=${this.#load}
                      ></chevet-acts>`}
                </div>`,
            )}
          </dd>`;
  }

  /** The plan and its drift: how often it changed, and by how much from the first to the last. */
  #plan() {
    const expected = this.stay?.expectedDischarge ?? this.details?.plans.at(-1)?.expected;
    const plans = (this.details?.plans ?? []).filter((plan) => plan.expected);
    const drift = plans.length > 1 ? Date.parse(plans.at(-1)?.expected ?? "") - Date.parse(plans[0].expected ?? "") : 0;
    return html`<dt>${t("stay.plan")}</dt>
      <dd>
        ${expected ? `${day(expected)}, ${time(expected)}` : html`<span class="quiet">${t("stay.noPlan")}</span>`}
        ${plans.length > 1
          ? html`<br /><small class="quiet"
                >${t("stay.changed", { count: plans.length - 1 })}${drift === 0
                  ? ""
                  : html`, ${t(drift > 0 ? "stay.later" : "stay.sooner", { duration: duration(Math.abs(drift)) })}`}
                (${t("stay.first", { at: `${day(plans[0].expected ?? "")}, ${time(plans[0].expected ?? "")}` })})</small
              >`
          : ""}
      </dd>`;
  }

  /** @param {import("../core/types.js").Movement} movement */
  #movement(movement) {
    const late = Date.parse(movement.statedAt) - Date.parse(movement.at) > LATE_MILLIS;
    const known = movement.bed && board.value?.beds.has(movement.bed);
    return html`<li>
      <time datetime=${movement.at}>${dateTime(movement.at)}</time>
      ${word("movement", movement.kind)}${movement.ending ? html`, ${word("ending", movement.ending).toLowerCase()}` : ""}${movement.kind === "LEAVE" || movement.kind === "DISCHARGE" || (movement.kind === "RETURN" && !movement.service)
        ? ""
        : html` · ${serviceName(movement.service) || (movement.bed ? "" : outOfServices(movement.patientClass))}${movement.bed
              ? html`,
                  ${known
                    ? html`<button class="link" @click=${() => go({ bed: movement.bed ?? undefined })}>${movement.bed}</button>`
                    : movement.bed}`
              : movement.service && movement.patientClass !== "OUTPATIENT"
                ? html`, ${t("withoutBed")}`
                : ""}`}
      <small class=${late ? "late" : ""}>${t(late ? "movement.statedLate" : "movement.stated", { at: dateTime(movement.statedAt) })}</small>
    </li>`;
  }
}

/** @param {StayDetails} details */
function nameOf({ patient }) {
  return [patient.familyName?.toLocaleUpperCase(), patient.givenName].filter(Boolean).join(" ");
}

customElements.define("chevet-stay-section", StaySection);
