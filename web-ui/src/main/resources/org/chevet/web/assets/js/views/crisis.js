// @ts-check
/** @import {Drill, DrillHead, Inject, InjectKind, Opening, Planned} from "../core/drill.js" @import {Problem} from "../core/types.js" */
import { css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { refused } from "../acts/act-form.js";
import { freshKey, openDrill, perform, post, read } from "../core/api.js";
import { nowMillis } from "../core/clock.js";
import { DrillsOf, KINDS, LASTING, mayLead, ROLES } from "../core/drill.js";
import { address } from "../core/members.js";
import { actor, language } from "../core/preferences.js";
import { format, go, route } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board } from "../core/store.js";
import { dateTime, fromLocalField, toLocalField } from "../i18n/format.js";
import { number, t, word } from "../i18n/index.js";
import { contentOf, downloadReport, downloadVictims, outcomeTable, victimTable } from "./debrief.js";
import { cardTable, cardTables, isOver } from "./drill-cards.js";
import "./drill-replay.js";
import "./futures.js";
import { ChevetElement } from "../components/element.js";
import { shared, tables } from "../components/styles.js";

const MINUTE = 60_000;
/** No scenario has such a name. */
const FROM_FILE = "*";
const IN_MINUTES_USUAL = 5;
/** Each is waited for as long as any answer. */
const DEBRIEF_QUESTIONS_MAX = 12;

/** Where drills are opened, and where the one that is shown is directed. */
class Crisis extends ChevetElement {
  static properties = {
    problem: { state: true },
    start: { state: true },
    begins: { state: true },
    scenario: { state: true },
    kind: { state: true },
    opening: { state: true },
    ending: { state: true },
    endingInject: { state: true },
    debrief: { state: true },
    debriefing: { state: true },
    sort: { state: true },
    pastCards: { state: true },
  };

  static styles = [
    shared,
    tables,
    css`
      .two {
        display: grid;
        grid-template-columns: minmax(300px, 1fr) minmax(360px, 2fr);
        gap: var(--s4);
        align-items: start;
      }
      form {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: var(--s2);
        align-items: end;
        padding: var(--s3);
      }
      .wide {
        grid-column: 1 / -1;
      }
      /* Mistakes of a scenario, a line each. */
      .refused strong {
        white-space: pre-line;
      }
      .frame {
        margin-bottom: var(--s3);
      }
      .roles {
        display: flex;
        flex-wrap: wrap;
        gap: 4px var(--s4);
        padding: var(--s2) var(--s3);
      }
      .roles label {
        display: flex;
        align-items: center;
        gap: 6px;
        min-height: 24px;
        color: var(--ink);
        font-size: var(--text);
      }
      .late {
        color: var(--warn);
        font-weight: 650;
      }
      th button.link {
        font-weight: 500;
      }
      .title {
        display: none;
      }
      caption {
        padding: 6px 12px;
        color: var(--ink-3);
        text-align: left;
      }
      summary {
        padding: 6px 12px;
        cursor: pointer;
      }
      tr.done {
        color: var(--ink-3);
      }
      tr.next td {
        background: var(--drill-bg);
      }
      @media (max-width: 1100px) {
        .two {
          grid-template-columns: minmax(0, 1fr);
        }
        th button.link {
          text-align: inherit;
          white-space: normal;
        }
      }
      /* On a phone a casualty, or an inject, is a few lines, and no row of narrow columns. */
      @media (max-width: 600px) {
        .lines :is(table, tbody) {
          display: block;
        }
        .lines tr {
          display: flex;
          flex-wrap: wrap;
          gap: 0 var(--s3);
          padding: 6px 12px;
          border-bottom: 1px solid var(--line-2);
        }
        .lines :is(th, td) {
          width: auto;
          padding: 0;
          border: 0;
          text-align: left;
        }
        .lines td:is([class=""], :last-child) {
          flex-basis: 100%;
        }
        .lines .title {
          display: inline;
          color: var(--ink-3);
          font-size: var(--text-s);
        }
      }
    `,
  ];

  data = new DrillsOf(this);
  known = new Watch(this, board, (value) => value?.hospital);
  actor = new Watch(this, actor);

  constructor() {
    super();
    /** @type {Problem|null} */
    this.problem = null;
    /** @type {"now"|"past"|"invented"} */
    this.start = "now";
    /** When the journal of the hospital begins; null while nobody asked for it. @type {{hospital: string, at: string}|null} */
    this.begins = null;
    /** Empty for none, {@link FROM_FILE} for one of this computer. */
    this.scenario = "";
    /** @type {InjectKind} */
    this.kind = "MESSAGE";
    this.opening = false;
    this.ending = false;
    /** Which one somebody is about to end. @type {string|null} */
    this.endingInject = null;
    /** @type {import("../core/drill.js").Debrief|null} */
    this.debrief = null;
    this.debriefing = false;
    /** Whether cards that are over are shown. */
    this.pastCards = false;
    /** @type {import("./debrief.js").Sort} */
    this.sort = { by: "victim.arrival", down: false };
  }

  render() {
    const hospital = this.known.value;
    if (hospital === undefined) {
      return html`<header><h2>${t("nav.crisis")}</h2></header><p class="empty">${t("board.loading")}</p>`;
    }
    const { drill } = this.data;
    return html`
      <header>
        <h2>${t("nav.crisis")}</h2>
        ${hospital.drill === undefined ? "" : html`<strong>${t("drill")} · ${hospital.drill}</strong>`}
      </header>
      ${this.problem === null ? (this.data.problem === null ? "" : refused(this.data.problem)) : refused(this.problem)}
      ${hospital.drill === undefined ? html`<div class="two">${this.#openForm()} ${this.#list()}</div>` : drill === null ? html`<p class="empty">${t("board.loading")}</p>` : this.#room(drill)}
      <chevet-futures></chevet-futures>
    `;
  }

  // Opening

  #openForm() {
    if (this.actor.value !== null && !mayLead(this.actor.value)) {
      return html`<section><h3>${t("drill.open")}</h3><p class="quiet" data-testid="drill-leaders">${t("drill.leaders")}</p></section>`;
    }
    return html`<section>
      <h3>${t("drill.open")}</h3>
      <div class="frame">
        <form @submit=${this.#open} data-testid="open-drill">
          <p class="wide quiet">${t("drill.open.will")}</p>
          <label class="wide">${t("drill.title")}<input name="title" required maxlength="120" .defaultValue=${t("drill.title.usual")} /></label>
          <label class=${this.start === "past" ? "" : "wide"}
            >${t("drill.start")}<select name="start" @change=${(/** @type {any} */ event) => this.#startFrom(event.target.value)}>
              ${["now", "past", "invented"].map((start) => html`<option value=${start} ?selected=${start === this.start}>${t(`drill.start.${start}`)}</option>`)}
            </select></label
          >
          ${this.start === "past" ? this.#pastMinute() : ""}
          ${this.start === "invented" ? html`<p class="wide quiet">${t("drill.start.invented.which")}</p>` : ""}
          <label class="wide"
            >${t("drill.scenario")}<select name="scenario" @change=${(/** @type {any} */ event) => (this.scenario = event.target.value)}>
              <option value="">${t("drill.scenario.none")}</option>
              ${this.data.scenarios.map((scenario) => html`<option value=${scenario.id} ?selected=${scenario.id === this.scenario}>${scenario.name[language.value]}</option>`)}
              <option value=${FROM_FILE}>${t("drill.scenario.file")}</option>
            </select></label
          >
          ${this.scenario === FROM_FILE
            ? html`<label class="wide">${t("drill.scenario.fileOf")}<input name="scenarioFile" type="file" accept=".yaml,.yml,text/yaml" required /></label>`
            : html`<p class="wide quiet">${this.data.scenarios.find((scenario) => scenario.id === this.scenario)?.summary[language.value] ?? ""}</p>`}
          <div class="wide">
            <button class="primary" ?disabled=${this.opening || this.actor.value === null}>${t(this.opening ? "drill.open.busy" : "drill.open")}</button>
            ${this.actor.value === null ? html`<button type="button" class="link" @click=${() => go({ ...route.value, aside: "identity" })}>${t("identity")}</button>` : ""}
          </div>
        </form>
      </div>
    </section>`;
  }

  #pastMinute() {
    const begins = this.begins?.hospital === route.value.hospital ? Math.ceil(Date.parse(this.begins.at) / MINUTE) * MINUTE : null;
    const usual = Math.max(nowMillis() - 60 * MINUTE, begins ?? 0);
    return html`<label
        >${t("drill.start.at")}<input name="at" type="datetime-local" required min=${begins === null ? nothing : toLocalField(begins)} .defaultValue=${toLocalField(usual)}
      /></label>
      ${begins === null ? "" : html`<p class="wide quiet" data-testid="journal-begins">${t("drill.start.since", { at: dateTime(begins) })}</p>`}`;
  }

  /** @param {"now"|"past"|"invented"} start */
  async #startFrom(start) {
    this.start = start;
    const { hospital } = route.value;
    if (start === "past" && this.begins?.hospital !== hospital) {
      const answer = await read("/events?limit=1", hospital);
      const first = answer.ok ? answer.value.events[0] : undefined;
      this.begins = first === undefined ? null : { hospital, at: first.recordedAt };
    }
  }

  /** @param {SubmitEvent} event */
  async #open(event) {
    event.preventDefault();
    const fields = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const file = fields.get("scenarioFile");
    let scenarioFile = null;
    this.opening = true;
    try {
      scenarioFile = file instanceof File ? await file.text() : null;
    } catch {
      // It was changed, moved or deleted since it was chosen.
      this.problem = { status: 400, detail: t("drill.scenario.unread"), advice: t("drill.scenario.unread.advice") };
      this.opening = false;
      return;
    }
    const answer = await openDrill({
      title: String(fields.get("title")),
      hospital: this.start === "invented" ? null : route.value.hospital,
      at: this.start === "past" ? fromLocalField(String(fields.get("at"))) : null,
      scenario: this.scenario === "" || this.scenario === FROM_FILE ? null : this.scenario,
      scenarioFile,
    });
    this.opening = false;
    this.problem = answer.ok ? null : answer.problem;
    this.data.look(true);
  }

  #list() {
    const { drills, openings } = this.data;
    return html`<section>
      <h3>${t("drill.list")}</h3>
      <div class="frame" data-testid="drills">
        ${drills.length + openings.length === 0 ? html`<p class="empty">${t("drill.list.none")}</p>` : ""}
        <table>
          <tbody>
            ${repeat(openings, (opening) => opening.id, openingRow)}
            ${repeat(
              drills,
              (drill) => drill.id,
              (drill) => html`<tr>
                <td><strong>${drill.title}</strong><div class="quiet">${drill.name}</div></td>
                <td class="quiet">${[t("drill.since", { at: dateTime(drill.begunAt) }), t("drill.directedBy", { name: drill.director }), drill.source === null ? t("drill.start.invented") : t("drill.from", { source: drill.source })].join(" · ")}</td>
                <td class="number"><a href=${address.value + format({ hospital: drill.id, view: "crisis" })} data-drill=${drill.id}>${t("drill.enter")}</a></td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  // Directing

  /** @param {Drill} drill */
  #room(drill) {
    const next = drill.injects.find((planned) => planned.doneAt === null);
    const goesOn = next !== undefined || drill.injects.some(({ inForce, until }) => inForce && until !== null);
    const leads = mayLead(this.actor.value);
    return html`
      <header>
        ${leads ? html`<button class="primary" data-testid="step" ?disabled=${!goesOn} @click=${() => this.#do(post("/drill/step", {}, freshKey()))}>${t("drill.step")}</button>` : ""}
        <span class="quiet">${t("drill.directedBy", { name: drill.director })} · ${t("drill.since", { at: dateTime(drill.begunAt) })}</span>
        <span class="spread"></span>
        ${!leads
          ? html`<span class="quiet" data-testid="drill-leaders">${t("drill.leaders")}</span>`
          : this.ending
            ? html`<span class="quiet">${t("drill.end.will")}</span><button @click=${() => (this.ending = false)}>${t("close")}</button
                ><button data-testid="end-sure" @click=${() => this.#end(drill)}>${t("drill.end.sure")}</button>`
            : html`<button data-testid="end" @click=${() => (this.ending = true)}>${t("drill.end")}</button>`}
      </header>
      <div class=${leads ? "two" : ""}>
        ${leads ? this.#direction(drill) : ""}
        <section>
          <h3>${t("drill.timeline")}</h3>
          <div class="frame lines" data-testid="injects">
            ${drill.injects.length === 0
              ? html`<p class="empty">${t("drill.timeline.none")}</p>`
              : html`<table role="table">
                  <thead role="rowgroup">
                    <tr role="row">
                      ${["drill.due", "drill.kind", "drill.what", "drill.state"].map((id) => html`<th role="columnheader" class=${id === "drill.what" ? "" : "tight"}>${t(id)}</th>`)}
                      <th role="columnheader"></th>
                    </tr>
                  </thead>
                  <tbody role="rowgroup">
                    ${repeat(
                      drill.injects,
                      ({ inject }) => inject.id,
                      (planned) => this.#injectRow(planned, planned === next),
                    )}
                  </tbody>
                </table>`}
          </div>
        </section>
      </div>
      ${leads ? html`<h3>${t("card.list")}</h3><div class="frame" data-testid="drill-cards">
            ${this.#cards(drill)}
          </div>` : ""}
      <header>
        <h3>${t("victim.list")} (${number(drill.victims.length)})</h3>
        <span class="spread"></span>
        <button data-testid="victims-export" ?disabled=${drill.victims.length === 0} @click=${() => downloadVictims(drill.victims)}>${t("victim.export")}</button>
      </header>
      <div class="frame lines" data-testid="victims">
        ${drill.victims.length === 0 ? html`<p class="empty">${t("victim.none")}</p>` : victimTable(drill.victims, this.sort, (sort) => (this.sort = sort))}
      </div>
      <p class="quiet">${t("drill.counts", { refusals: drill.refusals, cards: drill.cards })}</p>
      <h3>${t("debrief")}</h3>
      <p>
        <button data-testid="debrief" ?disabled=${this.debriefing} @click=${this.#readDebrief}>${t(this.debriefing ? "debrief.making" : "debrief.make")}</button>
        ${this.debrief === null ? "" : html`<button data-testid="report" @click=${() => downloadReport(/** @type {import("../core/drill.js").Debrief} */ (this.debrief), drill)}>${t("debrief.export")}</button>`}
      </p>
      ${this.debrief === null
        ? ""
        : html`<p class="quiet">${t("debrief.why")}</p>
            <div class="frame" data-testid="outcomes">${outcomeTable(this.debrief)}</div>
            <h3>${t("card.debrief")}</h3>
            <p class="quiet">${t("card.debrief.why")}</p>
            <div class="frame" data-testid="debrief-cards">
              ${this.debrief.cards.length === 0 ? html`<p class="empty">${t("card.none")}</p>` : cardTables(this.debrief.cards, Date.parse(this.debrief.until))}
            </div>`}
      ${this.debrief === null ? "" : html`<chevet-drill-replay .debrief=${this.debrief} .drill=${drill}></chevet-drill-replay>`}
    `;
  }

  /** Those that are over are there for who asks for them. @param {Drill} drill */
  #cards({ cardDelays }) {
    const past = cardDelays.filter(isOver);
    const present = cardDelays.filter((delay) => !isOver(delay));
    return html`${present.length === 0 ? html`<p class="empty">${t("card.none")}</p>` : cardTable(present, nowMillis())}
      ${past.length === 0
        ? ""
        : html`<details data-testid="past-cards" @toggle=${(/** @type {any} */ event) => (this.pastCards = event.target.open)}>
            <summary>${t("card.past", { count: past.length })}</summary>
            ${this.pastCards ? cardTable(past, nowMillis()) : ""}
          </details>`}`;
  }

  /** What only those who lead see. @param {Drill} drill */
  #direction(drill) {
    return html`<section>
      <h3>${t("drill.add")}</h3>
      ${this.#injectForm()}
      <h3>${t("drill.roles")}</h3>
      <div class="frame roles" data-testid="roles">
        ${ROLES.map(
          (role) =>
            html`<label><input type="checkbox" .checked=${drill.simulated.includes(role)} @change=${() => this.#toggle(drill, role)} data-role=${role} />${t(`drill.role.${role}`)}</label>`,
        )}
        <span class="quiet">${t("drill.roles.why")}</span>
      </div>
    </section>`;
  }

  async #readDebrief() {
    this.debriefing = true;
    let answer = await read("/drill/debrief");
    // Of a long past it takes longer than an answer is waited for; asked again, it is the same one.
    for (let more = 1; more < DEBRIEF_QUESTIONS_MAX && !answer.ok && answer.problem.status === 0; more++) {
      answer = await read("/drill/debrief");
    }
    this.debriefing = false;
    this.problem = answer.ok ? null : answer.problem;
    this.debrief = answer.ok ? answer.value : this.debrief;
  }

  /** @param {Planned} planned @param {boolean} next */
  #injectRow(planned, next) {
    const { inject, doneAt, inForce } = planned;
    return html`<tr role="row" class=${doneAt !== null ? (inForce ? "" : "done") : next ? "next" : ""} data-inject=${inject.id}>
      <td role="cell" class="tight">${dateTime(inject.due)}</td>
      <td role="cell" class="tight">${word("inject", inject.kind)}</td>
      <td role="cell" class="">${contentOf(inject)}</td>
      <td role="cell" class="tight">${doneAt !== null ? t("drill.done", { at: dateTime(doneAt) }) : t(next ? "drill.next" : "drill.planned")}${lasts(planned)}</td>
      <td role="cell" class="number">
        ${mayLead(this.actor.value) ? this.#takeAway(planned) : ""}
      </td>
    </tr>`;
  }

  /** To end one is asked once more: its button stands where that of withdrawing stood until its time came, and is not undone. @param {Planned} planned */
  #takeAway({ inject: { id }, doneAt, inForce }) {
    if (doneAt === null) {
      return html`<button @click=${() => this.#do(perform("WithdrawInject", { inject: id }, freshKey()))}>${t("drill.withdraw")}</button>`;
    }
    if (!inForce) {
      return "";
    }
    return this.endingInject === id
      ? html`<span class="quiet">${t("drill.endInject.will")}</span> <button @click=${() => (this.endingInject = null)}>${t("close")}</button
          > <button data-testid="end-inject-sure" @click=${() => this.#do(perform("EndInject", { inject: id }, freshKey()))}>${t("drill.endInject.sure")}</button>`
      : html`<button data-testid="end-inject" @click=${() => (this.endingInject = id)}>${t("drill.endInject")}</button>`;
  }

  #injectForm() {
    const kind = this.kind;
    const services = board.value?.services ?? [];
    return html`<div class="frame">
      <form @submit=${this.#plan} data-testid="add-inject">
        <label
          >${t("drill.kind")}<select name="kind" @change=${(/** @type {any} */ event) => (this.kind = event.target.value)}>
            ${KINDS.map((one) => html`<option value=${one} ?selected=${one === kind}>${t(`inject.${one}`)}</option>`)}
          </select></label
        >
        <label>${t("drill.add.in")}<input name="in" type="number" min="0" max="10080" required .defaultValue=${String(IN_MINUTES_USUAL)} /></label>
        ${kind === "VICTIMS"
          ? html`${["absolute", "relative", "involved"].map((category) => html`<label>${t(`drill.${category}`)}<input name=${category} type="number" min="0" max="500" required .defaultValue=${"0"} /></label>`)}
              <label>${t("drill.minutes")}<input name="minutes" type="number" min="0" max="10080" required .defaultValue=${"60"} /></label>`
          : ""}
        ${LASTING.includes(kind)
          ? html`<label class=${kind === "STAFF_SHORTAGE" ? "" : "wide"}
              >${t("service")}<select name="service" ?required=${kind !== "OUTAGE"}>
                ${kind === "OUTAGE" ? html`<option value="">—</option>` : ""}
                ${services.map((service) => html`<option value=${service.id}>${service.name}</option>`)}
              </select></label
            >`
          : ""}
        ${kind === "STAFF_SHORTAGE" ? html`<label>${t("drill.beds")}<input name="beds" type="number" min="0" max="10000" required .defaultValue=${"0"} /></label>` : ""}
        ${LASTING.includes(kind)
          ? html`<label class=${kind === "STAFF_SHORTAGE" ? "" : "wide"}>${t("drill.lasts")}<input name="lasts" type="number" min="1" max="86400" placeholder=${t("drill.lasts.open")} /></label>`
          : ""}
        <label class="wide">${t("drill.text")}<textarea name="text" rows="2" maxlength="500" ?required=${kind === "MESSAGE"}></textarea></label>
        <div class="wide"><button class="primary" ?disabled=${this.actor.value === null}>${t("drill.add")}</button></div>
      </form>
    </div>`;
  }

  /** @param {SubmitEvent} event */
  async #plan(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const fields = new FormData(form);
    /** @param {string} name */
    const count = (name) => Number(fields.get(name));
    const text = String(fields.get("text") ?? "").trim();
    /** @type {Inject} */
    const inject = {
      id: freshKey(),
      due: new Date(nowMillis() + count("in") * MINUTE).toISOString(),
      kind: this.kind,
      text: text === "" ? null : text,
      service: String(fields.get("service") ?? "") || null,
      beds: this.kind === "STAFF_SHORTAGE" ? count("beds") : null,
      victims: this.kind === "VICTIMS" ? { absolute: count("absolute"), relative: count("relative"), involved: count("involved"), minutes: count("minutes") } : null,
      minutes: count("lasts") || null,
    };
    if (await this.#do(perform("PlanInject", { inject }, freshKey()))) {
      form.reset();
    }
  }

  /** @param {Drill} drill @param {string} role */
  #toggle(drill, role) {
    const roles = drill.simulated.includes(role) ? drill.simulated.filter((one) => one !== role) : [...drill.simulated, role];
    this.#do(perform("SimulateRoles", { roles }, freshKey()));
  }

  /** @param {Drill} drill */
  async #end(drill) {
    if (await this.#do(post("/drill/end", {}, freshKey()))) {
      location.assign(address.value + (drill.source === null ? "/" : format({ hospital: drill.source, view: "crisis" })));
    }
  }

  /** @param {Promise<import("../core/api.js").Answer<any>>} asked @returns {Promise<boolean>} whether it is done */
  async #do(asked) {
    const answer = await asked;
    this.problem = answer.ok ? null : answer.problem;
    await this.data.look(true);
    return answer.ok;
  }
}

/** Until when, of an inject that is to end, or since when it is over. @param {Planned} planned */
function lasts({ until, endedAt, inForce }) {
  const told = endedAt !== null ? t("drill.ended", { at: dateTime(endedAt) }) : until !== null ? t("drill.until", { at: dateTime(until) }) : inForce ? t("drill.lasts.open") : "";
  return told === "" ? "" : html`<div>${told}</div>`;
}

/** @param {Opening} opening */
function openingRow(opening) {
  const told =
    opening.failure !== null
      ? t("drill.failed", { title: opening.title, why: opening.failure })
      : opening.toCopy === 0
        ? t("drill.inventing")
        : t("drill.copying", { copied: opening.copied, toCopy: opening.toCopy });
  return html`<tr role="status">
    <td><strong>${opening.title}</strong></td>
    <td colspan="2">${opening.failure === null && opening.toCopy > 0 ? html`<progress max=${opening.toCopy} .value=${opening.copied}></progress> ` : nothing}${told}</td>
  </tr>`;
}

customElements.define("chevet-crisis", Crisis);
