// @ts-check
/** @import {GroupAhead, GroupHospital, Group, Wanted} from "../core/group.js" */
import { css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { findFree, freeBeds, group, NOTHING_WANTED } from "../core/group.js";
import { address } from "../core/members.js";
import { format } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { distance, duration } from "../i18n/format.js";
import { number, percent, t, word } from "../i18n/index.js";
import { ChevetElement } from "../components/element.js";
import { shared, tables } from "../components/styles.js";

/** From the least to the most intensive. */
const LEVELS = ["INTENSIVE", "INTERMEDIATE", "ACUTE", "REHABILITATION"];
const ISOLATIONS = ["CONTACT", "DROPLET", "AIRBORNE", "PROTECTIVE"];
const FOUND_MAX = 40;
/** What is foreseen at these distances is shown at once, the rest unfolds. */
const NEAR_HOURS = [12, 24];

/** @type {Record<string, (a: GroupHospital, b: GroupHospital) => number>} */
const ORDERS = {
  tension: (a, b) => share(b) - share(a) || a.name.localeCompare(b.name),
  name: (a, b) => a.name.localeCompare(b.name),
  free: (a, b) => freeBeds(b) - freeBeds(a) || a.name.localeCompare(b.name),
  waiting: (a, b) => b.waiting - a.waiting || a.name.localeCompare(b.name),
};

/** All hospitals, the most tense first; and where a bed of some kind is free. */
class GroupView extends ChevetElement {
  static properties = { wanted: { state: true }, order: { state: true } };

  static styles = [
    shared,
    tables,
    css`
      .figures {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
        gap: 10px;
        margin-bottom: var(--s3);
      }
      .figures > div {
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--panel);
        padding: 7px 11px 8px;
      }
      .figures small,
      .figures strong {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .figures small {
        color: var(--ink-2);
      }
      .figures strong {
        font-size: 21px;
        font-weight: 650;
        line-height: 1.25;
      }
      .figures strong span {
        font-size: var(--text);
        font-weight: 400;
        color: var(--ink-3);
      }
      .hot,
      .figures .hot strong {
        color: var(--warn);
      }
      form {
        display: grid;
        grid-template-columns: minmax(180px, 2fr) repeat(3, minmax(120px, 1fr)) auto;
        align-items: end;
        gap: var(--s2) var(--s3);
        margin-bottom: var(--s3);
      }
      form h3 {
        grid-column: 1 / -1;
        margin: 0;
      }
      .found {
        margin-bottom: var(--s4);
      }
      th button {
        min-height: 24px;
        border: 0;
        background: none;
        padding: 0;
        color: inherit;
        font: inherit;
      }
      th[aria-sort] button {
        color: var(--ink);
        font-weight: 600;
      }
      td a {
        color: var(--accent);
        font-weight: 600;
        text-decoration: none;
      }
      td a:hover {
        text-decoration: underline;
      }
      tbody.hospitals tr {
        cursor: pointer;
      }
      tbody.hospitals tr:hover {
        background: var(--raised);
      }
      .stale td:not(.data):not(.name) {
        opacity: 0.45;
      }
      .figure {
        font-size: 15px;
        font-weight: 650;
      }
      .free .figure {
        color: var(--free);
      }
      .free .none,
      .none {
        color: var(--ink-3);
        font-weight: 400;
      }
      .tension {
        min-width: 190px;
      }
      .bar {
        position: relative;
        height: 8px;
        margin-top: 4px;
        border-radius: 4px;
        background: var(--line-2);
        overflow: hidden;
      }
      .bar i {
        position: absolute;
        inset: 0 auto 0 0;
        background: var(--occupied-ink);
      }
      .over .bar i {
        background: var(--warn);
      }
      .over .figure {
        color: var(--warn);
      }
      .data {
        max-width: 260px;
      }
      .further {
        margin-top: var(--s3);
      }
      .further summary {
        min-height: 24px;
        cursor: pointer;
        color: var(--ink-2);
      }
      .further .frame {
        margin: var(--s1) 0 var(--s2);
      }
      .further td.number,
      .further td.name {
        white-space: nowrap;
      }
      @media (max-width: 900px) {
        .figures,
        form {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
        thead {
          display: none;
        }
        .hospitals tr {
          display: grid;
          grid-template-columns: repeat(3, minmax(0, 1fr));
          padding: 8px 4px;
          border-bottom: 1px solid var(--line);
        }
        .hospitals td {
          border: 0;
          padding: 4px 10px;
          text-align: left;
        }
        .hospitals td.name,
        .hospitals td.tension,
        .hospitals td.data {
          grid-column: 1 / -1;
          max-width: none;
        }
        .further thead {
          display: table-header-group;
        }
        .hospitals td[data-label]::before {
          content: attr(data-label);
          display: block;
          font-size: var(--text-s);
          color: var(--ink-3);
        }
      }
    `,
  ];

  known = new Watch(this, group);
  address = new Watch(this, address);

  constructor() {
    super();
    /** @type {Wanted} */
    this.wanted = NOTHING_WANTED;
    this.order = "tension";
  }

  /** @returns {boolean} that there is one */
  focusSearch() {
    /** @type {HTMLElement|null} */ (this.renderRoot.querySelector("input"))?.focus();
    return true;
  }

  render() {
    const known = this.known.value;
    if (known === null) {
      return "";
    }
    const hospitals = [...known.hospitals].sort(ORDERS[this.order]);
    return html`
      <header>
        <h2>${t("group.title")}</h2>
        <span class="quiet">${t("group.hospitals", { count: hospitals.length })}</span>
      </header>
      ${figures(hospitals, known.ahead)} ${this.#search()} ${this.wanted === NOTHING_WANTED ? "" : this.#found(known)}
      <div class="frame">
        <table>
          <thead>
            <tr>
              ${this.#sorter("name", "", t("hospital"))} ${this.#sorter("tension", "", t("group.tension"))}
              <th class="tight number">${t("group.occupied")}</th>
              <th class="tight number">${t("group.ahead")}</th>
              ${this.#sorter("free", "tight number", t("group.free"))}
              ${LEVELS.map((level) => html`<th class="tight number" title=${word("level", level)}>${t(`group.level.${level}`)}</th>`)}
              ${this.#sorter("waiting", "tight number", t("group.waiting"))}
              <th>${t("group.data")}</th>
            </tr>
          </thead>
          <tbody class="hospitals">
            ${repeat(
              hospitals,
              (hospital) => hospital.id,
              (hospital) => this.#row(hospital),
            )}
          </tbody>
        </table>
      </div>
      ${this.#further(known)}
    `;
  }

  /** @param {Group} known */
  #further({ hospitals, ahead: together }) {
    if (together.length === 0) {
      return "";
    }
    const sorted = [...hospitals].sort(ORDERS[this.order]).filter((hospital) => hospital.ahead.length > 0);
    const cells = (/** @type {GroupAhead[]} */ all) =>
      together.map(({ hours }) => {
        const one = all.find((known) => known.hours === hours);
        return one === undefined
          ? html`<td></td>`
          : html`<td class="number" title=${means(one)}><span class=${isRisky(one) ? "figure hot" : "figure"}>${number(one.median)}</span> <span class="quiet">${number(one.low80)}–${number(one.high80)}</span></td>`;
      });
    return html`<details class="further" data-testid="further">
      <summary>${t("group.ahead.further")}</summary>
      <div class="frame">
        <table>
          <thead>
            <tr>
              <th>${t("hospital")}</th>
              <th class="number">${t("group.ahead.beds")}</th>
              ${together.map(({ hours }) => html`<th class="number">${distance(hours)}</th>`)}
            </tr>
          </thead>
          <tbody>
            <tr>
              <td><strong>${t("group.all")}</strong>${together[0].hospitals < hospitals.length ? ` (${t("group.ahead.of", { count: together[0].hospitals, all: hospitals.length })})` : ""}</td>
              <td class="number">${number(together[0].beds)}</td>
              ${cells(together)}
            </tr>
            ${sorted.map(
              (hospital) => html`<tr class=${isStale(hospital) ? "stale" : ""}>
                <td class="name"><a href=${this.address.value + format({ hospital: hospital.id, view: "forecast" })}>${hospital.name}</a></td>
                <td class="number">${number(hospital.ahead[0].beds)}</td>
                ${cells(hospital.ahead)}
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p class="quiet">${t("group.ahead.further.means")}</p>
    </details>`;
  }

  /** @param {string} order @param {string} kind @param {string} text */
  #sorter(order, kind, text) {
    return html`<th class=${kind} aria-sort=${this.order === order ? (order === "name" ? "ascending" : "descending") : nothing}>
      <button title=${t("group.sort", { by: text })} @click=${() => (this.order = order)}>${text}</button>
    </th>`;
  }

  #search() {
    const { text, level, sex, isolation } = this.wanted;
    return html`<form role="search" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
      <h3>${t("group.where")}</h3>
      <label>${t("group.kind")}<input type="search" name="text" .value=${text} placeholder=${t("group.kind.example")} @input=${(/** @type {Event} */ event) => this.#want("text", event)} /></label>
      ${this.#choice("level", level, LEVELS, "level")} ${this.#choice("sex", sex, ["FEMALE", "MALE"], "sex")} ${this.#choice("isolation", isolation, ISOLATIONS, "isolation")}
      <button type="button" ?disabled=${this.wanted === NOTHING_WANTED} @click=${() => (this.wanted = NOTHING_WANTED)}>${t("group.clear")}</button>
    </form>`;
  }

  /** @param {keyof Wanted} name @param {string} chosen @param {string[]} codes @param {string} family */
  #choice(name, chosen, codes, family) {
    return html`<label
      >${t(`group.${name}`)}<select name=${name} @change=${(/** @type {Event} */ event) => this.#want(name, event)}>
        <option value="" ?selected=${chosen === ""}>${t("group.any")}</option>
        ${codes.map((code) => html`<option value=${code} ?selected=${chosen === code}>${word(family, code)}</option>`)}
      </select></label
    >`;
  }

  /** @param {keyof Wanted} name @param {Event} event */
  #want(name, event) {
    const wanted = { ...this.wanted, [name]: /** @type {any} */ (event.target).value };
    this.wanted = Object.values(wanted).every((one) => one === "") ? NOTHING_WANTED : wanted;
  }

  /** @param {Group} known */
  #found(known) {
    const found = findFree(known, this.wanted);
    const total = found.reduce((sum, one) => sum + one.beds, 0);
    return html`<div class="frame found" data-testid="found">
      <table>
        <caption class="unseen">${t("group.where")}</caption>
        <tbody aria-live="polite">
          ${found.length === 0 ? html`<tr><td class="empty">${t("group.found.none")}</td></tr>` : html`<tr><td colspan="3" class="quiet">${t("group.found", { count: total })}</td></tr>`}
          ${found.slice(0, FOUND_MAX).map(
            ({ hospital, service, beds }) =>
              html`<tr class=${isStale(hospital) ? "stale" : ""}>
                <td class="tight number free"><span class="figure">${number(beds)}</span></td>
                <td class="name"><a href=${this.address.value + format({ hospital: hospital.id, view: "board", service: service.id })}>${service.name}</a><span class="quiet"> · ${hospital.name}</span></td>
                <td class="tight quiet">${word("level", service.levelOfCare)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  /** @param {GroupHospital} hospital */
  #row(hospital) {
    const href = this.address.value + format({ hospital: hospital.id, view: "board" });
    const { counts } = hospital;
    return html`<tr class=${isStale(hospital) ? "stale" : ""} data-hospital=${hospital.id} @click=${(/** @type {Event} */ event) => follow(event, href)}>
      <td class="name"><a href=${href}>${hospital.name}</a></td>
      ${tension(hospital)}
      <td class="tight number" data-label=${t("group.occupied")}><span class="figure">${number(counts.occupied)}</span> <span class="quiet">/ ${number(counts.open)}</span></td>
      <td class="tight number" data-label=${t("group.ahead")}>${hospital.ahead.length === 0 ? html`<span class="none" title=${t("group.ahead.none")}>–</span>` : near(hospital.ahead).map(ahead)}</td>
      ${beds(freeBeds(hospital), t("group.free"))} ${LEVELS.map((level) => beds(freeBeds(hospital, level), t(`group.level.${level}`)))}
      <td class="tight number" data-label=${t("group.waiting")}><span class=${hospital.waiting > 0 ? "figure hot" : "figure none"}>${number(hospital.waiting)}</span></td>
      <td class="data">${standing(hospital)}</td>
    </tr>`;
  }
}

/** The whole row leads where its link does. @param {Event} event @param {string} href */
function follow(event, href) {
  if (!(event.target instanceof HTMLAnchorElement) && getSelection()?.isCollapsed !== false) {
    location.assign(href);
  }
}

/** @param {GroupHospital} hospital */
function share({ tension: { needed, staffed } }) {
  return staffed === 0 ? (needed === 0 ? 0 : Infinity) : needed / staffed;
}

/** Its figures may not be what is true. @param {GroupHospital} hospital */
function isStale({ ageSeconds, writerCondition, silentFeeds }) {
  return ageSeconds > 0 || silentFeeds > 0 || (writerCondition !== "WRITABLE" && writerCondition !== "READ_ONLY");
}

/** @param {GroupHospital[]} hospitals @param {GroupAhead[]} together */
function figures(hospitals, together) {
  const sum = (/** @type {(hospital: GroupHospital) => number} */ of) => hospitals.reduce((total, hospital) => total + of(hospital), 0);
  const waiting = sum((hospital) => hospital.waiting);
  const over = hospitals.filter((hospital) => share(hospital) > 1).length;
  return html`<div class="figures">
    <div><small>${t("kpi.occupied")}</small><strong>${number(sum((one) => one.counts.occupied))} <span>/ ${number(sum((one) => one.counts.open))}</span></strong></div>
    ${near(together).map(
      (one) => html`<div class=${isRisky(one) ? "hot" : ""} title=${means(one)}>
        <small>${t("group.ahead.hours", { hours: one.hours })}${one.hospitals < hospitals.length ? ` (${t("group.ahead.of", { count: one.hospitals, all: hospitals.length })})` : ""}</small><strong>${number(one.median)} <span>/ ${number(one.beds)}</span></strong>
      </div>`,
    )}
    <div><small>${t("group.free")}</small><strong>${number(sum((one) => freeBeds(one)))}</strong></div>
    <div class=${waiting > 0 ? "hot" : ""}><small>${t("kpi.waiting")}</small><strong>${number(waiting)}</strong></div>
    <div class=${over > 0 ? "hot" : ""}><small>${t("group.over")}</small><strong>${number(over)} <span>/ ${number(hospitals.length)}</span></strong></div>
  </div>`;
}

/** @param {GroupHospital} hospital */
function tension(hospital) {
  const { needed, staffed } = hospital.tension;
  const margin = staffed - needed;
  return html`<td class=${margin < 0 ? "tension over" : "tension"} data-label=${t("group.tension")} title=${t("group.tension.means", { needed, staffed })}>
    <span class="figure">${percent(needed, staffed)}</span>
    <span class="quiet">${margin < 0 ? t("group.missing", { count: -margin }) : t("group.margin", { count: margin })}</span>
    <div class="bar"><i .style=${`width: ${Math.min(100, share(hospital) * 100)}%`}></i></div>
  </td>`;
}

/** More likely than not, no bed will be free. @param {GroupAhead} one */
function isRisky({ noFreeBed }) {
  return noFreeBed >= 0.5;
}

/** @param {GroupAhead} one */
function means({ hours, hospitals, low80, high80, beds, noFreeBed }) {
  return t("group.ahead.means", { when: distance(hours), low: low80, high: high80, beds, risk: percent(noFreeBed, 1), hospitals: t("group.hospitals", { count: hospitals }) });
}

/** @param {GroupAhead[]} all */
function near(all) {
  return all.filter((one) => NEAR_HOURS.includes(one.hours));
}

/** @param {GroupAhead} one */
function ahead(one) {
  return html`<div title=${means(one)}><span class="quiet">${t("tension.in", { hours: one.hours })}</span> <span class=${isRisky(one) ? "figure hot" : "figure"}>${number(one.median)}</span></div>`;
}

/** @param {number} count @param {string} label */
function beds(count, label) {
  return html`<td class="tight number free" data-label=${label}><span class=${count > 0 ? "figure" : "figure none"}>${number(count)}</span></td>`;
}

/** @param {GroupHospital} hospital */
function standing(hospital) {
  const { sequence, writer, writerCondition, ageSeconds, silentFeeds } = hospital;
  const words = [t("group.sequence", { sequence }), writer === null ? "" : t("group.writer", { writer }), isStale(hospital) ? "" : t("group.fresh")];
  return html`<span class="tags">
    ${writerCondition === "WRITABLE" ? "" : html`<span class=${writerCondition === "READ_ONLY" ? "tag alarm" : "tag warn"} data-condition=${writerCondition}>${t(`group.condition.${writerCondition}`)}</span>`}
    ${ageSeconds > 0 ? html`<span class="tag warn">${t("group.old", { duration: duration(ageSeconds * 1000) })}</span>` : ""}
    ${silentFeeds > 0 ? html`<span class="tag warn">${t("group.silent", { count: silentFeeds })}</span>` : ""}
    <span class="quiet">${words.filter(Boolean).join(" · ")}</span>
  </span>`;
}

customElements.define("chevet-group", GroupView);
