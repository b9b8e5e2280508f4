// @ts-check
/** @import {Forecast} from "../core/forecast.js" @import {Alert, Card, HospitalInTension, Indicators, Level, Measure, Reason, Scope, Tension} from "../core/tension.js" */
/** @import {Service} from "../core/types.js" */
import { css, html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "../acts/acts.js";
import { go } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board } from "../core/store.js";
import { Topic } from "../core/topic.js";
import { serviceName } from "../i18n/describe.js";
import { birthDate, dateTime, duration, elapsed, time } from "../i18n/format.js";
import { decimal, number, t } from "../i18n/index.js";
import "../components/elapsed.js";
import { ChevetElement } from "../components/element.js";
import "../components/het-radar.js";
import { shared, tables } from "../components/styles.js";

const HOURS_AHEAD = [4, 12];
const MILLIS_PER_HOUR = 3_600_000;
/** Beyond it a level of HET counts towards global tension. */
const LEVEL_EXCEEDED = 3;
const CHANGES_SHOWN = 12;
const REASONS_SHOWN = 4;

/** Levels, alerts and why, action cards, the log, HET and all indicators. */
class TensionView extends ChevetElement {
  static properties = { scope: { state: true } };

  static styles = [
    shared,
    tables,
    css`
      .tiles {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(300px, 1fr));
        gap: var(--s2);
        margin-bottom: var(--s3);
      }
      .tile {
        border: 1px solid var(--line);
        border-left: 4px solid var(--line);
        border-radius: var(--radius);
        background: var(--panel);
        padding: 7px 10px;
        display: flex;
        flex-direction: column;
        text-align: left;
      }
      .tile.WATCH {
        border-left-color: var(--ink-2);
      }
      .tile.TENSION {
        border-left-color: var(--warn);
      }
      .tile.CRISIS {
        border-left-color: var(--alarm);
      }
      .tile b {
        display: flex;
        justify-content: space-between;
        gap: var(--s2);
      }
      .tile .name,
      .tile small {
        display: block;
      }
      .tile dl {
        display: grid;
        grid-template-columns: repeat(4, max-content);
        justify-content: space-between;
        gap: 0 var(--s2);
        align-items: end;
        margin: 4px 0 0;
      }
      .tile dt {
        color: var(--ink-3);
        font-size: var(--text-s);
      }
      .tile dd {
        margin: 0;
        font-weight: 600;
        white-space: nowrap;
      }
      .tile dd.unknown {
        color: var(--ink-3);
        font-weight: 400;
      }
      li {
        display: grid;
        grid-template-columns: 1fr minmax(200px, auto);
        gap: 4px var(--s4);
        padding: 9px 12px;
        border-bottom: 1px solid var(--line-2);
      }
      @media (max-width: 600px) {
        li {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      li:last-child {
        border-bottom: 0;
      }
      .CRISIS .name,
      .OVERDUE .state {
        color: var(--alarm);
      }
      .two {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(320px, 1fr));
        gap: var(--s3);
        align-items: start;
      }
      h3 {
        margin: var(--s3) 0 var(--s2);
      }
      select {
        width: auto;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: var(--s2) var(--s3);
      }
      .het {
        padding: var(--s3);
      }
      .het p + p {
        margin-top: 4px;
      }
      .het + table th {
        white-space: normal;
      }
      [data-het] small {
        display: block;
      }
      [data-het] .missing {
        color: var(--ink-2);
        border-left: 3px solid var(--line-strong);
        padding-left: 7px;
        margin-top: 2px;
      }
      .figure,
      .level {
        white-space: nowrap;
        font-weight: 600;
      }
      .curve {
        display: grid;
        grid-template-columns: repeat(24, minmax(0, 1fr));
        gap: 2px;
        align-items: end;
        padding: var(--s3) var(--s3) var(--s2);
      }
      .curve span {
        display: block;
        background: var(--ink-3);
      }
      .curve .morning {
        background: var(--accent);
      }
      .curve small {
        color: var(--ink-3);
        font-size: var(--text-s);
        text-align: center;
        white-space: nowrap;
      }
    `,
  ];

  known = new Watch(this, board);
  /** @type {Topic<Tension>} */
  tension = new Topic(this, "tension");
  /** @type {Topic<Indicators>} */
  indicators = new Topic(this, "indicators");
  /** @type {Topic<Forecast>} */
  forecast = new Topic(this, "forecast");

  constructor() {
    super();
    this.scope = "";
  }

  render() {
    const tension = this.tension.value;
    const indicators = this.indicators.value;
    if (tension === null) {
      return html`<header><h2>${t("nav.tension")}</h2></header>
        <p class="empty">${t("board.loading")}</p>`;
    }
    return html`
      <header>
        <h2>${t("nav.tension")}</h2>
        <span class="quiet">${t("tension.asOf", { time: time(tension.now), sequence: number(tension.sequence) })}</span>
        ${tension.levels[0]?.shortage === null ? html`<span class="quiet">${t("tension.liveOnly")}</span>` : ""}
      </header>
      ${this.#tiles(tension.levels.filter((level) => level.service === null))}
      <h3>${t("tension.alerts")}</h3>
      <div class="frame" data-testid="alerts">
        ${tension.alerts.length === 0 ? html`<p class="empty">${t("tension.alerts.none")}</p>` : ""}
        <ul>
          ${repeat(tension.alerts, (alert) => alert.key, (alert) => this.#alert(alert))}
        </ul>
        ${tension.unshown > 0 ? html`<p class="empty">${t("tension.alerts.more", { count: tension.unshown })}</p>` : ""}
        ${tension.snoozed.map(
          (alert) => html`<p class="empty">${this.#alertName(alert)} · ${t("tension.snoozed", { until: dateTime(alert.snoozedUntil ?? ""), reason: alert.snoozeReason ?? "" })}</p>`,
        )}
      </div>
      <h3>${t("tension.cards")}</h3>
      <div class="frame" data-testid="cards">
        <ul>
          ${repeat(tension.cards, (card) => card.id, (card) => this.#card(card))}
        </ul>
      </div>
      <h3>${t("tension.services")}</h3>
      ${this.#tiles(tension.levels.filter((level) => level.service !== null))}
      <div class="two">
        <section>
          <h3>${t("tension.het")}</h3>
          ${indicators === null ? html`<p class="quiet">${t("board.loading")}</p>` : this.#het(indicators.inTension)}
        </section>
        <section>
          <h3>${t("tension.log")}</h3>
          ${tension.changes.length === 0 ? html`<p class="quiet">${t("tension.log.none")}</p>` : ""}
          ${tension.changes.length === 0 ? "" : html`<div class="frame"><table>
            <tbody>
              ${tension.changes.slice(0, CHANGES_SHOWN).map(
                (change) => html`<tr>
                  <td class="tight">${dateTime(change.at)}</td>
                  <td>${place(change.service)}</td>
                  <td>${t(`tension.level.${change.from}`)} → ${t(`tension.level.${change.to}`)}</td>
                </tr>`,
              )}
            </tbody>
          </table></div>`}
        </section>
      </div>
      ${this.#indicators(indicators?.scopes ?? [])}
    `;
  }

  /** @param {Level[]} levels */
  #tiles(levels) {
    return html`<div class="tiles">${repeat(levels, (level) => level.service ?? "", (level) => this.#tile(level))}</div>`;
  }

  /** Now → after decisions → +4 h → +12 h. @param {Level} level */
  #tile(level) {
    const services = /** @type {Service[]} */ (this.known.value?.services ?? []);
    const its = level.service === null ? services : services.filter((service) => service.id === level.service);
    const taken = its.reduce((sum, service) => sum + service.counts.occupied, 0);
    return html`<button
      class=${`tile ${level.level}`}
      data-level=${level.level}
      data-service=${level.service ?? ""}
      @click=${() => (level.service === null ? go({ view: "requests" }) : go({ service: level.service }))}
    >
      <b><span class="name">${place(level.service)}</span><span>${t(`tension.level.${level.level}`)}</span></b>
      <small class="quiet">${why(level)}</small>
      <dl>
        <div><dt>${t("tension.now")}</dt><dd>${number(taken)} / ${number(level.staffed)}</dd></div>
        <div><dt>${t("tension.decided")}</dt><dd>${number(level.needed)} / ${number(level.staffed)}</dd></div>
        ${HOURS_AHEAD.map((hours) => html`<div><dt>${t("tension.in", { hours })}</dt>${this.#foreseen(level, hours)}</div>`)}
      </dl>
    </button>`;
  }

  /** @param {Level} level @param {number} hours */
  #foreseen(level, hours) {
    const forecast = this.forecast.value;
    const series = forecast?.series?.find((candidate) => candidate.service === level.service);
    const patients = series?.median[forecast?.hours?.indexOf(hours) ?? -1];
    return patients === undefined
      ? html`<dd class="unknown">${t("tension.unforeseen")}</dd>`
      : html`<dd data-hours=${hours}>${number(patients)} / ${number(level.staffed)}</dd>`;
  }

  /** @param {Alert} alert */
  #alert(alert) {
    return html`<li class=${alert.level} data-alert=${alert.key}>
      <div>
        <strong class="name">${this.#alertName(alert)}</strong> <span class="quiet">· <chevet-elapsed at=${alert.since}></chevet-elapsed></span>
        <p class="quiet">${t("tension.why")} ${alert.reasons.slice(0, REASONS_SHOWN).map((reason) => this.#reason(alert, reason)).join(" · ")}
          ${alert.reasons.length > REASONS_SHOWN ? t("tension.reasons.more", { count: alert.reasons.length - REASONS_SHOWN }) : ""}</p>
      </div>
      <chevet-acts row of=${alert.key} called=${this.#alertName(alert)} .ids=${["snoozeAlert"]} .subject=${{ alert: alert.key }}></chevet-acts>
    </li>`;
  }

  /** @param {Alert} alert @param {Reason} reason */
  #reason(alert, reason) {
    const { value, limit } = reason;
    return t(`tension.reason.${reason.why === null || reason.why === "LOAD" ? alert.kind : saturated(reason.why, value)}`, {
      place: place(reason.service),
      card: this.tension.value?.cards.find((card) => card.id === reason.card)?.title ?? "",
      count: value ?? undefined,
      value: value === null ? "∞" : decimal(value),
      since: elapsed(reason.since),
      limit: limit === null ? "" : decimal(limit),
    });
  }

  /** @param {Alert} alert */
  #alertName(alert) {
    return t("tension.alert.named", { alert: t(`tension.alert.${alert.kind}`), level: t(`tension.level.${alert.level}`) });
  }

  /** @param {Card} card */
  #card(card) {
    const acts = card.state === "TAKEN_ON" ? ["closeCard"] : ["takeOnCard"];
    return html`<li class=${card.state} data-card=${card.id} data-state=${card.state}>
      <div>
        <strong>${card.title}</strong> <span class="quiet">· ${card.owner} · ${place(card.service)} · ${t("tension.from", { level: t(`tension.level.${card.level}`) })}</span>
        <p><span class="state">${t(`tension.card.${card.state}`)}</span>${card.due !== null && (card.state === "RAISED" || card.state === "OVERDUE") ? ` · ${t("tension.due", { time: dateTime(card.due) })}` : ""}
          ${card.takenOnAt === null ? "" : ` · ${t("tension.takenOn", { time: dateTime(card.takenOnAt), name: card.takenOnBy ?? "" })}`}
          ${card.bedsGained === null ? "" : html` · <b>${t("tension.gained", { beds: (card.bedsGained > 0 ? "+" : "") + number(card.bedsGained) })}</b>`}
          ${card.note ?? ""}</p>
      </div>
      <chevet-acts row of=${card.id} called=${card.title} .ids=${acts} .subject=${{ card: card.id }}></chevet-acts>
    </li>`;
  }

  /** @param {HospitalInTension} told */
  #het(told) {
    const { verdict, above, unknown, aboveForGlobal } = told;
    return html`<div class="frame" data-testid="het">
      <div class="het">
        <chevet-het-radar .levels=${told.six.map(({ level }) => level)}></chevet-het-radar>
        <p data-verdict=${verdict}><b>${t(`tension.het.${verdict}`)}</b> ${t("tension.het.above", { count: above, unknown, needed: aboveForGlobal })}</p>
        <p class="quiet">${t("tension.het.levels")}</p>
      </div>
      <table>
        <thead>
          <tr><th>${t("tension.het.compared")}</th><th class="number">${date(told.day)}</th><th class="number">${t("tension.het.level")}</th></tr>
        </thead>
        <tbody>
          ${told.six.map((measure) => measureRow(measure, told))}
        </tbody>
      </table>
    </div>`;
  }

  /** @param {Scope[]} scopes */
  #indicators(scopes) {
    const scope = scopes.find((candidate) => (candidate.service ?? "") === this.scope) ?? scopes[0];
    // HET has a table, which also says what is unknown.
    const values = (scope?.values ?? []).filter(({ indicator }) => !indicator.startsWith("HET_"));
    const half = Math.ceil(values.length / 2);
    return html`<div class="head">
        <h3>${t("tension.indicators")}</h3>
        <label>${t("tension.of")}
          <select @change=${(/** @type {Event} */ event) => (this.scope = /** @type {any} */ (event.target).value)}>
            ${scopes.map(({ service }) => html`<option value=${service ?? ""} ?selected=${(service ?? "") === this.scope}>${place(service)}</option>`)}
          </select></label>
        ${values.length === 0 ? "" : html`<span class="quiet">${t("tension.indicators.asOf", { sequence: number(values[0].sequence), age: duration(values[0].ageSeconds * 1000) })}</span>`}
      </div>
      <div class="two" data-testid="indicators">
        ${[values.slice(0, half), values.slice(half)].map((column) => html`<div class="frame"><table><tbody>${column.map(indicatorRow)}</tbody></table></div>`)}
      </div>
      <h3>${t("tension.curve")}</h3>
      ${curve(scope?.dischargesByHour ?? [])}`;
  }
}

/** The day's figure, what it is compared with and its level; or why there is none and what to do. @param {Measure} measure @param {HospitalInTension} told */
function measureRow(measure, told) {
  const { indicator, level, figure, unknown } = measure;
  return html`<tr data-het=${indicator}>
    <td>
      ${t(`indicator.${indicator}`)}
      <small class="quiet">${compared(measure, told)}</small>
      ${unknown === null ? "" : html`<small class="missing">${t(`tension.het.missing.${unknown}`)}</small>`}
    </td>
    <td class="number figure">${figure === null ? t("tension.unknown") : inUnit(measure, figure)}</td>
    <td class="number level">${levelShown(level)}</td>
  </tr>`;
}

/** @param {Measure} measure @param {HospitalInTension} told */
function compared(measure, { historyDaysMin }) {
  const { indicator, reference, historyDays, historySince } = measure;
  if (reference === null) {
    return t("tension.het.history", { count: historyDays, min: historyDaysMin });
  }
  const { limit, milderDays } = reference;
  const bound = limit === null ? "tension.het.noLimit" : indicator === "HET_1" ? "tension.het.below" : "tension.het.beyond";
  return [
    t("tension.het.usual", { mean: inUnit(measure, reference.mean), deviation: inUnit(measure, reference.deviation) }),
    t(bound, { limit: limit === null ? "" : inUnit(measure, limit) }),
    milderDays === null
      ? t("tension.het.days", { days: historyDays, since: date(historySince) })
      : t("tension.het.milder", { milder: milderDays, days: historyDays, since: date(historySince) }),
  ].join(" · ");
}

/** @param {Measure} measure @param {number} value */
function inUnit({ unit }, value) {
  return unit === "HOURS" ? duration(value * MILLIS_PER_HOUR) : unit === "PERCENT" ? `${decimal(value)} %` : decimal(value);
}

/** To a tenth, rounded away from 3: what exceeds it does not read as 3, nor what does not. @param {number|null} level */
function levelShown(level) {
  return shown(level === null ? null : (level > LEVEL_EXCEEDED ? Math.ceil(level * 10) : Math.floor(level * 10)) / 10);
}

/** @param {string|null} day */
function date(day) {
  return day === null ? "" : birthDate(day);
}

/** @param {Scope["values"][number]} of */
function indicatorRow({ indicator, unit, value }) {
  return html`<tr data-indicator=${indicator}>
    <td>${t(`indicator.${indicator}`)}</td>
    <td class="number">${shown(value)}${value === null ? "" : ` ${t(`unit.${unit}`, { count: Math.round(value * 10) / 10 })}`}</td>
  </tr>`;
}

/** The whole curve beside the share before noon, which can be gamed. @param {number[]} counts by hour */
function curve(counts) {
  const most = Math.max(1, ...counts);
  const words = counts.flatMap((count, hour) => (count === 0 ? [] : [t("tension.curve.hour", { hour, count })]));
  return html`<div class="frame curve" role="img" aria-label=${words.join(", ")}>
    ${counts.map((count, hour) => html`<div title=${t("tension.curve.hour", { hour, count })}><small>${count === 0 ? "" : number(count)}</small><span class=${hour < 12 ? "morning" : ""} .style=${`height:${Math.round((count / most) * 60)}px`}></span></div>`)}
    ${counts.map((_, hour) => html`<small>${hour}</small>`)}
  </div>`;
}

/** @param {number|null} value */
function shown(value) {
  return value === null ? t("tension.unknown") : decimal(value);
}

/** @param {string|null} service */
function place(service) {
  return service === null ? t("tension.hospital") : serviceName(service);
}

/** What is so now is not said to come in 0 hours. @param {string} why @param {number|null} hours */
function saturated(why, hours) {
  return why === "SATURATION" && hours === 0 ? "SATURATED" : why;
}

/** @param {Level} level */
function why(level) {
  const load = level.loadPercent === null ? t("tension.unstaffed") : t("tension.load", { percent: decimal(level.loadPercent) });
  return level.level === "NORMAL" ? load : `${load} · ${t(`tension.why.${saturated(level.why, level.saturationHours)}`, { threshold: level.thresholdPercent, hours: level.saturationHours ?? "", limit: level.thresholdHours ?? "" })}`;
}

customElements.define("chevet-tension", TensionView);
