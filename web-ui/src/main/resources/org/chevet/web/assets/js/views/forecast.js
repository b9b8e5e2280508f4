// @ts-check
/** @import {Bands, Change, Drawn, Forecast, Pole, Quantity, Scores, Series} from "../core/forecast.js" @import {Problem} from "../core/types.js" */
import { css, html } from "lit";
import { askWhatIf, poleOf, seriesOf } from "../core/forecast.js";
import { go, route } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board } from "../core/store.js";
import { Topic } from "../core/topic.js";
import { dateTime, day, distance, time, weekday } from "../i18n/format.js";
import { number, percent, t } from "../i18n/index.js";
import { explain } from "../i18n/refusal.js";
import { ChevetElement } from "../components/element.js";
import "../components/forecast-chart.js";
import { overTime, shared, tables } from "../components/styles.js";

const HOUR = 3_600_000;
const SPANS = /** @type {const} */ ([72, 336]);
const RECORDS = /** @type {const} */ ([14, 90]);
const DRAWN = /** @type {const} */ (["patients", "entries", "exits"]);
/** @type {Record<Quantity, typeof DRAWN[number]>} */
const SCORED = { PATIENTS: "patients", ENTRIES: "entries", EXITS: "exits" };
const ASK_AFTER_MILLIS = 250;
const INFLUX_HOURS = 6;
/** Columns of the heat map: one hour in so many. */
const HEAT_HOURS = 4;
const TABLE_HOURS = [4, 12, 24, 48, 72, 168, 336];
const TABLE_BANDS = /** @type {const} */ ([50, 80, 95]);
/** @type {Record<"beds"|"electivesCancelled"|"dischargesAdvanced"|"influx", [number, number]>} */
const SLIDERS = { beds: [-20, 20], electivesCancelled: [0, 20], dischargesAdvanced: [0, 20], influx: [0, 60] };
const NOTHING = { beds: 0, electivesCancelled: 0, dischargesAdvanced: 0, influx: 0 };

/** What tomorrow will be, how sure that is, what would change it, and how good such forecasts were. */
class ForecastView extends ChevetElement {
  static properties = {
    changed: { state: true },
    problem: { state: true },
    question: { state: true },
    span: { state: true },
    drawn: { state: true },
    days: { state: true },
    scored: { state: true },
  };

  static styles = [
    shared,
    tables,
    overTime,
    css`
      .choice button[aria-pressed="true"] {
        background: var(--accent);
        border-color: var(--accent);
        color: var(--on-accent);
        font-weight: 600;
      }
      .chart,
      .ask {
        margin-bottom: var(--s4);
        padding: var(--s3);
      }
      .chart {
        overflow: hidden;
      }
      chevet-forecast-chart {
        height: clamp(280px, 44vh, 460px);
      }
      .beside .frame th,
      .beside .frame td {
        padding: 5px 8px;
      }
      .beside section {
        container-type: inline-size;
      }
      .beside {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        gap: var(--s4);
        align-items: start;
      }
      .ask {
        display: grid;
        gap: var(--s2);
      }
      .ask label {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1.2fr) 4em;
        align-items: center;
        gap: var(--s2);
      }
      .ask output {
        text-align: right;
        font-weight: 600;
      }
      .ask input {
        min-height: 24px;
        accent-color: var(--accent);
      }
      details {
        margin-bottom: var(--s4);
      }
      summary {
        min-height: 28px;
        padding: 4px 0;
        cursor: pointer;
        color: var(--ink-2);
      }
      details .frame {
        max-width: 640px;
      }
      details td:first-child {
        white-space: nowrap;
      }
      details th {
        white-space: normal;
      }
      details .quiet {
        margin-bottom: var(--s2);
      }
      .changed b {
        color: var(--warn);
      }
      h3 {
        margin: var(--s4) 0 var(--s2);
      }
      .figures + .choice,
      .changed + .choice,
      .beside .choice {
        margin-bottom: var(--s2);
      }
      .beside .frame + .quiet {
        margin-top: var(--s2);
      }
      .heat td,
      .heat th {
        padding: 4px 2px;
      }
      .heat td.number,
      .heat th.number {
        min-width: 34px;
        text-align: center;
      }
      .heat td:first-child,
      .heat th:first-child {
        position: sticky;
        left: 0;
        padding: 4px 8px;
        background: var(--panel);
      }
      .heat a {
        color: inherit;
      }
      .midnight {
        border-left: 1px solid var(--line-strong);
      }
      .beside .narrow {
        display: none;
      }
      @media (max-width: 900px) {
        .beside {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      @media (max-width: 480px) {
        details :is(th, td) {
          padding: 5px 7px;
        }
      }
      @container (max-width: 520px) {
        .beside .frame th,
        .beside .frame td {
          padding: 5px 3px;
          font-size: var(--text-s);
        }
        .beside .wide {
          display: none;
        }
        .beside .narrow {
          display: block;
        }
      }
    `,
  ];

  known = new Watch(this, board, (value) => value?.services);
  drill = new Watch(this, board, (value) => value?.hospital.drill);
  route = new Watch(this, route);
  /** @type {Topic<Forecast>} */
  #told = new Topic(this, "forecast", () => this.#ask());

  #asking = 0;
  #turn = 0;

  constructor() {
    super();
    /** @type {Forecast|null} */
    this.changed = null;
    /** @type {Problem|null} */
    this.problem = null;
    /** What is asked, by service. @type {Record<string, typeof NOTHING>} */
    this.question = {};
    /** @type {typeof SPANS[number]} */
    this.span = 72;
    /** @type {typeof DRAWN[number]} */
    this.drawn = "patients";
    /** @type {typeof RECORDS[number]} */
    this.days = 14;
    /** @type {Quantity} */
    this.scored = "PATIENTS";
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.clearTimeout(this.#asking);
  }

  async #ask() {
    const changes = this.#changes();
    const turn = ++this.#turn;
    if (changes.length === 0) {
      this.changed = null;
      this.problem = null;
      return;
    }
    const answer = await askWhatIf(changes);
    // Sliders may have moved on meanwhile.
    if (turn !== this.#turn) {
      return;
    }
    this.changed = answer.ok ? answer.value : null;
    this.problem = answer.ok ? null : answer.problem;
  }

  /** @returns {Change[]} */
  #changes() {
    return Object.entries(this.question)
      .filter(([, asked]) => Object.values(asked).some((value) => value !== 0))
      .map(([service, asked]) => ({ service, ...asked, influxHours: INFLUX_HOURS }));
  }

  /** @param {string} service @param {keyof typeof NOTHING} what @param {number} value */
  #change(service, what, value) {
    this.question = { ...this.question, [service]: { ...NOTHING, ...this.question[service], [what]: value } };
    window.clearTimeout(this.#asking);
    this.#asking = window.setTimeout(() => this.#ask(), ASK_AFTER_MILLIS);
  }

  #reset() {
    this.question = {};
    this.#ask();
  }

  render() {
    const services = this.known.value;
    const forecast = this.#told.value;
    if (services === undefined || forecast === null) {
      return html`<p class="empty">${t("board.loading")}</p>`;
    }
    const chosen = this.route.value.service ?? null;
    const pole = poleOf(forecast, this.route.value.pole);
    const series = pole ?? seriesOf(forecast, chosen);
    const options = services.map((service) => html`<option value=${`service/${service.id}`} ?selected=${service.id === chosen}>${service.name}</option>`);
    const { poles = [] } = forecast;
    return html`
      <header>
        <h2>${t("nav.forecast")}</h2>
        <select aria-label=${t("filter.service")} @change=${(/** @type {Event} */ event) => choose(/** @type {HTMLSelectElement} */ (event.target).value)}>
          <option value="" ?selected=${chosen === null && pole === null}>${t("occupancy.whole")}</option>
          ${poles.length === 0
            ? options
            : html`<optgroup label=${t("forecast.poles")}>${poles.map((one) => html`<option value=${`pole/${one.pole}`} ?selected=${one === pole}>${t("forecast.pole", { name: one.pole })}</option>`)}</optgroup>
                <optgroup label=${t("forecast.services")}>${options}</optgroup>`}
        </select>
        <span class="quiet">${t("forecast.asOf", { time: time(forecast.at) })}</span>
        <span class="spread"></span>
        <div class="choice" role="group" aria-label=${t("occupancy.period")}>
          ${SPANS.map((span) => html`<button aria-pressed=${this.span === span} @click=${() => (this.span = span)}>${t(`forecast.span.${span}`)}</button>`)}
        </div>
      </header>
      ${this.problem === null ? "" : html`<p role="alert">${explain(this.problem).what}</p>`}
      ${forecast.tooLittleHistory === undefined
        ? ""
        : html`<p class="empty" data-testid="too-little-history">${t("forecast.tooLittle", { known: forecast.tooLittleHistory.daysKnown, needed: forecast.tooLittleHistory.daysNeeded })}</p>`}
      ${census(forecast, chosen)} ${series === null ? "" : this.#foreseen(forecast, series, services)}
    `;
  }

  /** @param {Forecast} forecast @param {Series|Pole} series @param {{id: string, name: string}[]} services */
  #foreseen(forecast, series, services) {
    const pole = "pole" in series;
    const changed = this.changed === null ? null : pole ? poleOf(this.changed, series.pole) : seriesOf(this.changed, series.service);
    const drawn = pole ? "patients" : this.drawn;
    const known = pole ? services.filter((service) => series.services.includes(service.id)) : services;
    return html`
      ${figures(forecast, series)} ${changed === null ? "" : html`<div class="changed" aria-live="polite"><strong>${t("forecast.if")}</strong> ${figures(/** @type {Forecast} */ (this.changed), changed)}</div>`}
      ${pole
        ? ""
        : html`<div class="choice" role="group" aria-label=${t("forecast.drawn")}>
            ${DRAWN.map((what) => html`<button aria-pressed=${drawn === what} data-drawn=${what} @click=${() => (this.drawn = what)}>${t(`forecast.drawn.${what}`)}</button>`)}
          </div>`}
      <div class="frame chart">
        <chevet-forecast-chart
          words=${drawn === "patients" ? "forecast" : `forecast.drawn.${drawn}`}
          .forecast=${forecast}
          .series=${drawing(series, drawn)}
          .changed=${changed === null ? null : drawing(changed, drawn)}
          .span=${this.span}
        ></chevet-forecast-chart>
      </div>
      ${past(forecast, series)}
      <div class="beside">
        <section>${this.#asked(pole ? null : series.service, services, pole)} ${pole ? "" : drivers(series)}</section>
        <section>${this.#record(forecast, series)}</section>
      </div>
      ${ahead(forecast, series)}
      ${pole ? html`<h3>${t("forecast.flows")}</h3><p class="quiet">${t("forecast.flows.pole")}</p>` : flows(forecast, series)}
      <h3>${t("forecast.heat")}</h3>
      ${heat(this.changed ?? forecast, known)}
    `;
  }

  /** @param {string|null} service @param {{id: string, name: string}[]} services @param {boolean} pole */
  #asked(service, services, pole) {
    const others = this.#changes().filter((change) => change.service !== service);
    const also = others.length === 0 ? "" : html`<p class="quiet">${t("forecast.whatIf.also", { services: others.map((one) => services.find((known) => known.id === one.service)?.name).join(", ") })}</p>`;
    const reset = html`<button ?disabled=${this.#changes().length === 0} @click=${() => this.#reset()}>${t("forecast.whatIf.reset")}</button>`;
    if (service === null) {
      return html`<h3>${t("forecast.whatIf")}</h3><p class="quiet">${t(pole ? "forecast.whatIf.pole" : "forecast.whatIf.choose")}</p>${others.length === 0 ? "" : html`${also} ${reset}`}`;
    }
    const asked = this.question[service] ?? NOTHING;
    return html`<h3>${t("forecast.whatIf")}</h3>
      <div class="frame ask" data-testid="what-if">
        ${/** @type {(keyof typeof NOTHING)[]} */ (Object.keys(SLIDERS)).map((what) => {
          const [min, max] = SLIDERS[what];
          return html`<label
            ><span>${t(`forecast.whatIf.${what}`, { hours: INFLUX_HOURS })}</span
            ><input type="range" name=${what} min=${min} max=${max} .value=${String(asked[what])} @input=${(/** @type {Event} */ event) =>
              this.#change(service, what, Number(/** @type {HTMLInputElement} */ (event.target).value))} /><output>${asked[what] > 0 && what === "beds" ? "+" : ""}${number(asked[what])}</output></label
          >`;
        })}
        ${also} ${reset}
      </div>`;
  }

  /** @param {Forecast} forecast @param {Series|Pole} series */
  #record(forecast, series) {
    if (this.drill.value !== undefined) {
      return html`<h3>${t("forecast.record")}</h3><p class="quiet" data-testid="record-drill">${t("forecast.record.drill")}</p>`;
    }
    const [service, pole] = "pole" in series ? [null, series.pole] : [series.service, null];
    const quantity = pole === null ? this.scored : "PATIENTS";
    const scores = forecast.record.find((one) => one.service === service && one.pole === pole && one.quantity === quantity && one.days === this.days);
    return html`<h3>${t("forecast.record")}</h3>
      ${pole === null
        ? html`<div class="choice" role="group" aria-label=${t("forecast.record.scored")}>
            ${/** @type {Quantity[]} */ (Object.keys(SCORED)).map(
              (what) => html`<button aria-pressed=${quantity === what} data-scored=${what} @click=${() => (this.scored = what)}>${t(`forecast.drawn.${SCORED[what]}`)}</button>`,
            )}
          </div>`
        : ""}
      <div class="choice" role="group" aria-label=${t("occupancy.period")}>
        ${RECORDS.map((days) => html`<button aria-pressed=${this.days === days} @click=${() => (this.days = days)}>${t("forecast.record.days", { count: days })}</button>`)}
      </div>
      ${scores === undefined ? html`<p class="quiet">${t("forecast.record.none")}</p>` : recordTable(scores)}`;
  }
}

/** @param {string} option "" for the whole hospital */
function choose(option) {
  const [kind, ...name] = option.split("/");
  go(kind === "" ? {} : { [kind]: name.join("/") });
}

/** @param {Series|Pole} series @param {typeof DRAWN[number]} what @returns {Drawn} */
function drawing(series, what) {
  const flow = what === "patients" || "pole" in series ? undefined : series[what];
  return flow === undefined ? series : { ...flow, patients: 0 };
}

/** @param {Forecast} forecast @param {Series|Pole} series */
function figures(forecast, series) {
  const hours = forecast.hours ?? [];
  const tomorrow = hours.indexOf(24);
  const worstOf = (/** @type {number[]} */ chances) => hours.reduce((best, hour, i) => (hour <= 72 && chances[i] > chances[best] ? i : best), 0);
  const worst = worstOf(series.noFreeBed);
  const { tension = [] } = series;
  const at = (/** @type {number} */ ahead) => dateTime(Date.parse(forecast.at) + ahead * HOUR);
  const { fullAfterHours } = series;
  return html`<div class="figures">
    <span>${t("forecast.now")} <b>${number(series.patients)}</b> / ${t("forecast.beds", { count: series.beds })}</span>
    <span>${t("forecast.in24")} <b>${number(series.median[tomorrow])}</b> (${number(series.low80[tomorrow])}–${number(series.high80[tomorrow])})</span>
    <span>${t("forecast.noFreeBed")} <b>${percent(series.noFreeBed[worst], 1)}</b> ${series.noFreeBed[worst] > 0.005 ? at(hours[worst]) : ""}</span>
    <span>${t("forecast.threshold", { beds: series.thresholdBeds })} <b>${percent(tension[worstOf(tension)], 1)}</b></span>
    <span>${t("forecast.full")} <b>${fullAfterHours === null ? t("forecast.full.never") : fullAfterHours === 0 ? t("forecast.full.now") : t("forecast.full.in", { hours: fullAfterHours })}</b></span>
  </div>`;
}

/** The chart's past for those who read, the latest first. @param {Forecast} forecast @param {Series|Pole} series */
function past({ pastAt = [] }, series) {
  if (pastAt.length === 0) {
    return "";
  }
  const { entries, exits } = "pole" in series ? {} : series;
  const of = (/** @type {(number|null)[]|undefined} */ column, /** @type {number} */ i) => {
    const count = column?.[i] ?? null;
    return html`<td class="number">${count === null ? "–" : number(count)}</td>`;
  };
  return html`<details data-testid="past">
    <summary>${t("forecast.past")}</summary>
    <p class="quiet">${t("forecast.past.means")}</p>
    <div class="frame">
      <table>
        <thead>
          <tr>
            <th>${t("occupancy.hour")}</th>
            <th class="number">${t("forecast.drawn.patients")}</th>
            ${entries === undefined
              ? ""
              : html`<th class="number">${t("forecast.past.entries")}</th>
                  <th class="number">${t("forecast.past.exits")}</th>`}
          </tr>
        </thead>
        <tbody>
          ${pastAt
            .map(
              (at, i) => html`<tr>
                <td>${day(at)}, ${time(at)}</td>
                ${of(series.past, i)} ${entries === undefined ? "" : [of(entries.past, i), of(exits?.past, i)]}
              </tr>`,
            )
            .reverse()}
        </tbody>
      </table>
    </div>
  </details>`;
}

/** What the count of occupied beds foresees while there is nothing else. @param {Forecast} forecast @param {string|null} service */
function census(forecast, service) {
  const days = forecast.census?.find((one) => one.service === service)?.days ?? [];
  if (days.length === 0) {
    return "";
  }
  return html`<p class="quiet">${t("forecast.census")}</p>
    ${days.some((one) => one.rapid) ? html`<p class="quiet">${t("forecast.census.rapid")}</p>` : ""}
    <div class="frame">
      <table data-testid="census">
        <thead>
          <tr>
            <th>${t("forecast.census.day")}</th>
            <th class="number">${t("forecast.census.occupied")}</th>
            <th class="number">${percent(80, 100)}</th>
          </tr>
        </thead>
        <tbody>
          ${days.map(
            (one) => html`<tr>
              <td>${day(`${one.day}T12:00:00Z`)}</td>
              <td class="number">${number(one.median)}</td>
              <td class="number">${number(one.low80)}–${number(one.high80)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

/** @param {Series} series */
function drivers({ drivers: expected }) {
  const of = (/** @type {number} */ value) => number(Math.round(value * 10) / 10);
  return html`<h3>${t("forecast.drivers")}</h3>
    <div class="frame">
      <table>
        <tbody>
          ${/** @type {(keyof typeof expected)[]} */ (["unplanned", "planned", "movedIn", "discharged", "movedOut"]).map(
            (what) => html`<tr>
              <td>${t(`forecast.drivers.${what}`)}</td>
              <td class="number">${what === "discharged" || what === "movedOut" ? "−" : "+"}${of(expected[what])}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

/** The chart for those who read. @param {Forecast} forecast @param {Series|Pole} series */
function ahead(forecast, series) {
  const { tension = [] } = series;
  return html`<h3>${t("forecast.ahead")}</h3>
    <div class="frame">
      <table data-testid="ahead">
        <thead>
          <tr>
            <th>${t("forecast.record.ahead")}</th>
            <th class="number">${t("forecast.drawn.patients")}</th>
            ${TABLE_BANDS.map((share) => html`<th class="number">${percent(share, 100)}</th>`)}
            <th class="number">${t("forecast.ahead.noFreeBed")}</th>
            <th class="number">${t("forecast.ahead.threshold", { beds: series.thresholdBeds })}</th>
          </tr>
        </thead>
        <tbody>
          ${TABLE_HOURS.map((hours) => {
            const i = forecast.hours?.indexOf(hours) ?? -1;
            return html`<tr>
              <td>${distance(hours)}</td>
              ${banded(series, i)}
              <td class="number">${percent(series.noFreeBed[i], 1)}</td>
              <td class="number">${percent(tension[i], 1)}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
}

/** @param {Bands} of @param {number} i */
function banded(of, i) {
  return html`<td class="number"><b>${number(of.median[i])}</b></td>
    ${TABLE_BANDS.map((share) => html`<td class="number">${number(of[`low${share}`][i])}–${number(of[`high${share}`][i])}</td>`)}`;
}

/** How many come and leave until then. @param {Forecast} forecast @param {Series} series */
function flows(forecast, { entries, exits }) {
  if (entries === undefined || exits === undefined) {
    return "";
  }
  const bands = TABLE_BANDS.map((share) => html`<th class="number">${percent(share, 100)}</th>`);
  return html`<h3>${t("forecast.flows")}</h3>
    <div class="frame">
      <table data-testid="flows">
        <thead>
          <tr>
            <th>${t("forecast.flows.within")}</th>
            <th class="number">${t("forecast.flows.entries")}</th>
            ${bands}
            <th class="number">${t("forecast.flows.exits")}</th>
            ${bands}
          </tr>
        </thead>
        <tbody>
          ${TABLE_HOURS.map((hours) => {
            const i = forecast.hours?.indexOf(hours) ?? -1;
            return html`<tr>
              <td>${distance(hours)}</td>
              ${banded(entries, i)} ${banded(exits, i)}
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
}

/** @param {Scores} scores */
function recordTable(scores) {
  const of = (/** @type {number} */ value) => number(Math.round(value * 10) / 10);
  const signed = (/** @type {number} */ value) => {
    const size = of(Math.abs(value));
    return size === of(0) ? size : `${value > 0 ? "+" : "−"}${size}`;
  };
  return html`<div class="frame">
    <table data-testid="record">
      <thead>
        <tr>
          <th>${t("forecast.record.ahead")}</th>
          <th class="number wide">${t("forecast.record.count")}</th>
          <th class="number">${t("forecast.record.error")}</th>
          <th class="number">${t("forecast.record.bias")}</th>
          <th class="number">CRPS</th>
          <th class="number">${percent(50, 100)}</th>
          <th class="number">${percent(80, 100)}</th>
          <th class="number">${percent(95, 100)}</th>
          <th class="number">${t("forecast.record.skill")}</th>
        </tr>
      </thead>
      <tbody>
        ${scores.hours.map((hours, i) => {
          const skill = scores.skill[i];
          return html`<tr>
            <td>${distance(hours)}</td>
            <td class="number wide">${number(scores.forecasts[i])}</td>
            <td class="number">${of(scores.error[i])}</td>
            <td class="number">${signed(scores.bias[i])}</td>
            <td class="number">${of(scores.crps[i])}</td>
            <td class="number">${percent(scores.coverage50[i], 1)}</td>
            <td class="number">${percent(scores.coverage80[i], 1)}</td>
            <td class="number">${percent(scores.coverage95[i], 1)}</td>
            <td class="number">${skill === null ? "–" : percent(skill, 1)}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  </div>
  <p class="quiet narrow">${t("forecast.record.counts", { counts: scores.hours.map((hours, i) => `${distance(hours)} ${number(scores.forecasts[i])}`).join(", ") })}</p>
  <p class="quiet">${t("forecast.record.means")}</p>`;
}

/** @param {Forecast} forecast @param {{id: string, name: string}[]} services */
function heat(forecast, services) {
  const columns = (forecast.hours ?? []).flatMap((hours, i) => (hours <= 72 && hours % HEAT_HOURS === 0 ? [{ i, at: Date.parse(forecast.at) + hours * HOUR }] : []));
  const days = columns.map(({ at }) => weekday(at));
  return html`<div class="frame">
    <table class="heat" data-testid="heat">
      <thead>
        <tr>
          <th>${t("service")}</th>
          ${columns.map(({ at }, i) => html`<th class="number ${i > 0 && days[i] !== days[i - 1] ? "midnight" : ""}">${i === 0 || days[i] !== days[i - 1] ? days[i] : ""}<br />${time(at)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${services.map((service) => {
          const series = seriesOf(forecast, service.id);
          return series === null
            ? ""
            : html`<tr>
                <td>
                  <a href="#" @click=${(/** @type {Event} */ event) => {
                    event.preventDefault();
                    go({ service: service.id });
                  }}
                    >${service.name}</a
                  >
                </td>
                ${columns.map(({ i }, column) => {
                  const chance = series.noFreeBed[i];
                  return html`<td class="number ${column > 0 && days[column] !== days[column - 1] ? "midnight" : ""}" .style=${`background:color-mix(in srgb, var(--dirty) ${Math.round(chance * 45)}%, transparent)`}>
                    ${chance < 0.05 ? html`<span class="quiet">·</span>` : Math.round(chance * 100)}
                  </td>`;
                })}
              </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}

customElements.define("chevet-forecast", ForecastView);
