// @ts-check
/** @import {Act, Field, Subject} from "./catalogue.js" @import {Problem} from "../core/types.js" */
import { css, html } from "lit";
import { live } from "lit/directives/live.js";
import { freshKey, perform, post, read, readServices } from "../core/api.js";
import { hospitals, otherHospitals, refreshHospitals } from "../core/hospitals.js";
import { connection } from "../core/live.js";
import { pick } from "../core/pick.js";
import { actor } from "../core/preferences.js";
import { go, route } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board } from "../core/store.js";
import { ChevetElement } from "../components/element.js";
import { shared } from "../components/styles.js";
import { needsInWords, shortStay } from "../i18n/describe.js";
import { fromLocalField, toLocalField } from "../i18n/format.js";
import { t, word } from "../i18n/index.js";
import { explain } from "../i18n/refusal.js";
import { ACTS, OVERRIDES } from "./catalogue.js";

/**
 * One act: what it will do, what it needs to know, and, when it is refused, why and what to do instead, in its own place.
 *
 * @fires acted with `{id, act}` when it is done
 * @fires given-up
 */
class ActForm extends ChevetElement {
  static properties = {
    act: { type: String },
    subject: { attribute: false },
    values: { state: true },
    problem: { state: true },
    override: { state: true },
    busy: { state: true },
    servicesThere: { state: true },
  };

  static styles = [
    shared,
    css`
      :host {
        display: block;
      }
      form {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: 8px;
        align-items: end;
      }
      .wide,
      .will,
      .buttons,
      .refused {
        grid-column: 1 / -1;
      }
      .will {
        color: var(--ink-2);
      }
      .warning {
        grid-column: 1 / -1;
        border-left: 4px solid var(--warn);
        border-radius: var(--radius-s);
        background: var(--warn-bg);
        color: var(--warn);
        padding: 7px 10px;
        font-weight: 600;
      }
      .buttons {
        display: flex;
        gap: 8px;
        align-items: center;
      }
      .buttons button {
        min-height: 32px;
        padding: 4px 14px;
      }
      .grave {
        background: var(--ink);
        border-color: var(--ink);
        color: var(--panel);
        font-weight: 600;
      }
      .beside {
        display: flex;
        gap: 6px;
      }
      .beside button {
        white-space: nowrap;
      }
      .check {
        display: flex;
        align-items: center;
        gap: 6px;
        min-height: 24px;
        font-size: var(--text);
        color: var(--ink);
      }
      fieldset {
        display: grid;
        grid-template-columns: 1fr 1fr;
        margin: 0;
        padding: 2px 8px;
        border: 1px solid var(--line);
        border-radius: var(--radius-s);
        min-width: 0;
      }
      legend {
        padding: 0 4px;
        font-size: var(--text-s);
        color: var(--ink-2);
      }
    `,
  ];

  known = new Watch(this, board, (value) => value?.requests);
  hospitals = new Watch(this, hospitals);
  live = new Watch(this, connection, (value) => value.state === "live");

  constructor() {
    super();
    this.act = "";
    /** @type {Subject} */
    this.subject = {};
    /** @type {Record<string, any>} */
    this.values = {};
    /** @type {Problem|null} */
    this.problem = null;
    /** Why the rules that a refusal names are broken on purpose. */
    this.override = { reason: "", text: "" };
    this.busy = false;
    /** Of the other hospital that is chosen. @type {{id: string, name: string}[]} */
    this.servicesThere = [];
  }

  /** The same for every attempt until there is an answer. */
  #key = freshKey();

  connectedCallback() {
    super.connectedCallback();
    if (this.#act.fields.some((field) => field.kind === "hospital")) {
      refreshHospitals();
    }
    this.values = Object.fromEntries(this.#act.fields.map((field) => [field.name, initialOf(field, this.subject)]));
  }

  firstUpdated() {
    const first = /** @type {HTMLElement|null} */ (this.renderRoot.querySelector("input, select") ?? this.renderRoot.querySelector("button"));
    first?.focus();
    if (first instanceof HTMLInputElement && first.type === "text") {
      first.select();
    }
    this.scrollIntoView({ block: "nearest" });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    pick.value = null;
  }

  get #act() {
    return ACTS[this.act];
  }

  render() {
    return html`<form @submit=${this.#submit} @keydown=${this.#keyed} novalidate>
      <p class="will">${t(`act.${this.act}.will`, this.#about())}</p>
      ${this.#act.final && this.#act.grave ? html`<p class="warning">${t(`act.${this.act}.warning`, this.#about())}</p>` : ""}
      ${this.#act.fields.map((field) => html`<div class=${field.wide ? "wide" : ""}>${this.#field(field)}</div>`)}
      ${this.problem === null ? "" : refused(this.problem)} ${this.#rules === undefined ? "" : this.#overriding()}
      <div class="buttons">
        <button class=${this.#act.grave || this.override.reason !== "" ? "grave" : "primary"} type="submit" ?disabled=${this.busy || !this.live.value} title=${this.live.value ? "" : t("acts.notLive")}>
          ${t(this.override.reason === "" ? `act.${this.act}` : "override.do")}
        </button>
        <button class="plain" type="button" @click=${() => this.dispatchEvent(new Event("given-up"))}>${t("close")}</button>
      </div>
    </form>`;
  }

  /** The rules that a person may break, with a reason, to have it done; undefined when that is not what stands in the way. */
  get #rules() {
    return this.problem?.about?.rules?.split(" ");
  }

  #overriding() {
    return html`<div>
        <label
          >${t("override")}<select name="override" @change=${(/** @type {Event} */ event) => (this.override = { ...this.override, reason: /** @type {HTMLSelectElement} */ (event.target).value })}>
            <option value="" ?selected=${this.override.reason === ""}>${t("override.no")}</option>
            ${OVERRIDES.map((reason) => html`<option value=${reason} ?selected=${reason === this.override.reason}>${word("override", reason)}</option>`)}
          </select></label
        >
      </div>
      <div>
        <label
          >${t("override.text")}<input
            type="text"
            name="overrideText"
            autocomplete="off"
            .value=${live(this.override.text)}
            @input=${(/** @type {Event} */ event) => (this.override = { ...this.override, text: /** @type {HTMLInputElement} */ (event.target).value })}
        /></label>
      </div>`;
  }

  #about() {
    const { bed, stay, details, service, request, message, act } = this.subject;
    return {
      bed: bed?.id ?? request?.bed,
      stay: stay?.id ?? details?.id,
      patient: stay?.initials ?? details?.id,
      service: service?.name,
      max: service?.counts.surge,
      request: request?.id,
      message: message?.messageId,
      act,
    };
  }

  /** @param {Field} field */
  #field(field) {
    const label = t(`field.${field.name}`);
    const value = this.values[field.name];
    const required = field.required ?? false;
    const set = (/** @type {Event} */ event) => this.#set(field.name, /** @type {HTMLInputElement} */ (event.target).value);
    switch (field.kind) {
      case "flag":
        return html`<label class="check"
          ><input
            type="checkbox"
            name=${field.name}
            .checked=${live(value)}
            @change=${(/** @type {Event} */ event) => this.#set(field.name, /** @type {HTMLInputElement} */ (event.target).checked)}
          />${label}</label
        >`;
      case "choice":
        return html`<label
          >${label}<select name=${field.name} @change=${set}>
            ${optionsOf(field, this.subject).map((option) => html`<option value=${option} ?selected=${option === value}>${word(field.family ?? "", option)}</option>`)}
          </select></label
        >`;
      case "specialty":
        return this.#choices(field.name, label, value, Object.entries(board.value?.hospital.specialties ?? {}), set);
      case "service":
        return this.#choices(field.name, label, value, (board.value?.services ?? []).map((one) => [one.id, one.name]), set);
      case "hospital":
        return this.#choices(field.name, label, value, otherHospitals().map((one) => [one.id, one.name]), (event) => {
          set(event);
          this.#readServicesThere();
        });
      case "serviceThere":
        return this.#choices(field.name, label, value, this.servicesThere.map((one) => [one.id, one.name]), set);
      case "request":
        return this.#choices(field.name, label, value, openRequests(), set);
      case "equipment":
        return html`<fieldset>
          <legend>${label}</legend>
          ${Object.entries(board.value?.hospital.equipment ?? {}).map(
            ([code, name]) =>
              html`<label class="check"><input type="checkbox" .checked=${live(value.includes(code))} @change=${() => this.#toggle(field.name, code)} />${name}</label>`,
          )}
        </fieldset>`;
      case "bed":
        return html`<label
          >${label}
          <span class="beside"
            ><input type="text" name=${field.name} autocomplete="off" spellcheck="false" .value=${live(value)} @input=${set} ?required=${required} /><button
              type="button"
              @click=${() => this.#pick(field)}
            >
              ${t("pick")}
            </button></span
          ></label
        >`;
      case "stay":
        return html`<label
          >${label}<input type="text" name=${field.name} list="stays" autocomplete="off" spellcheck="false" .value=${live(value)} @input=${set} @change=${() => this.#fill(field)} ?required=${required} /></label
          ><datalist id="stays">${waitingStays().map(([id, text]) => html`<option value=${id}>${text}</option>`)}</datalist>`;
      case "time":
        return html`<label
          >${label}${required ? "" : html` <span class="quiet">${t(`field.${field.name}.none`)}</span>`}<input
            type="datetime-local"
            name=${field.name}
            .value=${live(value)}
            @input=${set}
        /></label>`;
      case "number":
        return html`<label>${label}<input type="number" min="0" name=${field.name} .value=${live(String(value ?? ""))} @input=${set} /></label>`;
      case "date":
        return html`<label>${label}<input type="date" name=${field.name} .value=${live(value)} @input=${set} /></label>`;
      case "note":
      case "text":
        return html`<label>${label}<input type="text" name=${field.name} autocomplete="off" .value=${live(value)} @input=${set} ?required=${required} /></label>`;
    }
  }

  /**
   * @param {string} name
   * @param {string} label
   * @param {string} value
   * @param {[string, string][]} options
   * @param {(event: Event) => void} set
   */
  #choices(name, label, value, options, set) {
    return html`<label
      >${label}<select name=${name} @change=${set}>
        <option value="" ?selected=${value === ""}>${t("none")}</option>
        ${options.map(([code, text]) => html`<option value=${code} ?selected=${code === value}>${text}</option>`)}
      </select></label
    >`;
  }

  /** @param {string} name @param {any} value */
  #set(name, value) {
    this.values = { ...this.values, [name]: value };
  }

  /** Without them, a bed of any service is asked for. */
  async #readServicesThere() {
    const { hospital } = this.values;
    this.servicesThere = [];
    this.#set("service", "");
    const answer = hospital === "" ? null : await readServices(hospital);
    if (answer?.ok && this.values.hospital === hospital) {
      this.servicesThere = answer.value.services;
    }
  }

  /** @param {string} name @param {string} code */
  #toggle(name, code) {
    const codes = this.values[name];
    this.#set(name, codes.includes(code) ? codes.filter((/** @type {string} */ one) => one !== code) : [...codes, code]);
  }

  /** Fills in what is known of a stay that somebody named. @param {Field} field */
  async #fill(field) {
    const stay = this.values[field.name].trim();
    if (field.fills === undefined || stay === "") {
      return;
    }
    const answer = await read(`/stays/${encodeURIComponent(stay)}`);
    if (answer.ok && this.values[field.name].trim() === stay) {
      const about = { details: answer.value };
      this.values = { ...this.values, ...Object.fromEntries(field.fills.map((one) => [one.name, initialOf(one, about)])) };
    }
  }

  /** @param {Field} field */
  #pick(field) {
    if (route.value.view !== "board") {
      go({ ...route.value, view: "board" });
    }
    pick.value = {
      text: t(`pick.${field.name}`, this.#about()),
      suits: field.suits ?? (() => true),
      answer: (bed) => {
        if (bed !== null) {
          this.#set(field.name, bed.id);
        }
        /** @type {HTMLElement|null} */ (this.renderRoot.querySelector("button[type=submit]"))?.focus();
      },
    };
  }

  /** Enter means the same in every field; browsers leave lists out. @param {KeyboardEvent} event */
  #keyed(event) {
    if (event.key === "Enter" && event.target instanceof HTMLSelectElement) {
      event.preventDefault();
      event.target.form?.requestSubmit();
    }
  }

  /** @param {Event} event */
  async #submit(event) {
    event.preventDefault();
    if (actor.value === null) {
      go({ aside: "identity" });
      return;
    }
    const missing = this.#act.fields.find((field) => field.required && this.values[field.name] === "");
    if (missing !== undefined) {
      this.problem = { status: 400, detail: t("field.missing", { field: t(`field.${missing.name}`) }) };
      /** @type {HTMLElement|null} */ (this.renderRoot.querySelector(`[name="${missing.name}"]`))?.focus();
      return;
    }
    const rules = this.#rules;
    const { reason, text } = this.override;
    this.busy = true;
    this.problem = null;
    const [name, asked] = this.#act.command(this.subject, this.#told());
    const body = rules === undefined || reason === "" ? asked : { ...asked, override: { reason, text: text.trim() || null, rules } };
    const path = this.#act.path?.(this.subject);
    const answer = await (path === undefined ? perform(name, body, this.#key) : post(path, body, this.#key));
    this.busy = false;
    if (answer.ok) {
      this.dispatchEvent(new CustomEvent("acted", { detail: { id: this.act, act: answer.value.act } }));
      return;
    }
    this.problem = answer.problem;
    this.override = { ...this.override, reason: "" };
    this.updateComplete.then(() => this.renderRoot.querySelector(".buttons")?.scrollIntoView({ block: "nearest" }));
    if (answer.problem.status !== 0 && answer.problem.status < 500) {
      // It was answered: the next attempt is another act.
      this.#key = freshKey();
    }
  }

  /** The values as the contract wants them: instants for times, identifiers without stray blanks. */
  #told() {
    /** @type {Record<string, any>} */
    const told = {};
    for (const { name, kind } of this.#act.fields) {
      const value = this.values[name];
      told[name] = kind === "time" ? fromLocalField(value) : kind === "bed" ? findBed(value) : typeof value === "string" ? value.trim() : value;
    }
    return told;
  }
}

/** @param {Field} field @param {Subject} subject */
function optionsOf({ options = [] }, subject) {
  return typeof options === "function" ? options(subject) : options;
}

/** @param {Field} field @param {Subject} subject */
function initialOf(field, subject) {
  const value = field.initial?.(subject);
  switch (field.kind) {
    case "time":
      return value === undefined || value === "" ? "" : typeof value === "number" ? toLocalField(value) : value;
    case "flag":
      return value ?? false;
    case "equipment":
      return [...(value ?? [])];
    default:
      return value ?? "";
  }
}

/** The bed that this code means, however it was typed. @param {string} typed */
function findBed(typed) {
  const wanted = typed.trim();
  const beds = board.value?.beds;
  if (beds === undefined || beds.has(wanted)) {
    return wanted;
  }
  const folded = wanted.replace(/\s/g, "").toLowerCase();
  return [...beds.keys()].find((id) => id.toLowerCase() === folded) ?? wanted;
}

/** Who waits for a bed: patients without one, and those whose bed was asked for. @returns {[string, string][]} */
function waitingStays() {
  const known = board.value;
  if (known === null) {
    return [];
  }
  /** @type {Map<string, string>} */
  const stays = new Map();
  for (const service of known.services) {
    for (const stay of service.withoutBed) {
      stays.set(stay.id, `${shortStay(stay)}, ${service.name}`);
    }
  }
  for (const stay of known.elsewhere) {
    stays.set(stay.id, shortStay(stay));
  }
  for (const request of known.requests) {
    if (request.stay && !stays.has(request.stay)) {
      stays.set(request.stay, [t("priority.short", { priority: request.priority }), ...needsInWords(request.needs)].join(", "));
    }
  }
  return [...stays];
}

/** @returns {[string, string][]} */
function openRequests() {
  return (board.value?.requests ?? [])
    .filter((request) => !request.bed)
    .map((request) => [request.id, [t("priority.short", { priority: request.priority }), ...needsInWords(request.needs), request.id].join(" · ")]);
}

/** @param {Problem} problem */
export function refused(problem) {
  const { what, advice } = explain(problem);
  return html`<div class="refused" role="alert" data-rule=${problem.rule ?? ""}>
    <strong>${what}</strong>${advice === "" ? "" : html`<span>${advice}</span>`}${problem.rule ? html`<code>${t("rule")} ${problem.rule}</code>` : ""}
  </div>`;
}

customElements.define("chevet-act-form", ActForm);
