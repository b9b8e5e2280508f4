// @ts-check
import { css, html, nothing } from "lit";
import { figuresOf } from "../core/figures.js";
import { language, theme } from "../core/preferences.js";
import { address } from "../core/members.js";
import { format, go, GROUP_PATH, route, VIEWS } from "../core/route.js";
import { Watch } from "../core/signal.js";
import { board, layoutFile, tension } from "../core/store.js";
import { number, t } from "../i18n/index.js";
import { ChevetElement } from "./element.js";
import { shared } from "./styles.js";

/** The screens, with how much waits in each. */
class Navigation extends ChevetElement {
  static properties = { hospitals: { attribute: false } };

  static styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        justify-content: space-between;
        gap: var(--s3);
        padding: var(--s3) var(--s2);
        background: var(--panel);
        border-right: 1px solid var(--line);
        overflow-y: auto;
      }
      nav {
        display: flex;
        flex-direction: column;
        gap: 2px;
      }
      a {
        display: flex;
        justify-content: space-between;
        gap: 8px;
        padding: 7px 9px;
        border-radius: var(--radius);
        color: var(--ink-2);
        text-decoration: none;
        white-space: nowrap;
      }
      a:hover {
        background: var(--raised);
      }
      a[aria-current] {
        background: var(--bg);
        color: var(--ink);
        font-weight: 600;
      }
      span {
        color: var(--ink-3);
        font-weight: 400;
      }
      .hot {
        color: var(--warn);
        font-weight: 600;
      }
      .alarm {
        color: var(--alarm);
        font-weight: 600;
      }
      hr {
        width: 100%;
        margin: var(--s2) 0;
        border: 0;
        border-top: 1px solid var(--line-2);
      }
      footer {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 6px;
        padding: 0 2px;
      }
      footer > button {
        grid-column: 1 / -1;
        display: flex;
        justify-content: space-between;
        align-items: center;
        gap: 6px;
        padding: 4px 7px;
        white-space: nowrap;
      }
      .languages {
        display: flex;
      }
      .languages button {
        padding: 2px 7px;
        color: var(--ink-2);
      }
      .languages button:first-child {
        border-radius: var(--radius-s) 0 0 var(--radius-s);
      }
      .languages button:last-child {
        border-left: 0;
        border-radius: 0 var(--radius-s) var(--radius-s) 0;
      }
      .languages button[aria-pressed="true"] {
        background: var(--bg);
        color: var(--ink);
        font-weight: 650;
      }
      select {
        min-width: 0;
        min-height: 28px;
        padding: 2px 4px;
        border-color: var(--line);
        color: var(--ink-2);
      }
      @media (max-width: 1100px) {
        :host {
          flex-direction: row;
          align-items: center;
          padding: 4px var(--s2);
          border-right: 0;
          border-bottom: 1px solid var(--line);
          overflow-x: auto;
        }
        nav {
          flex-direction: row;
        }
        hr {
          display: none;
        }
        footer {
          display: flex;
          flex: none;
        }
      }
    `,
  ];

  known = new Watch(this, board);
  route = new Watch(this, route, (value) => value.view);
  layoutFile = new Watch(this, layoutFile);
  theme = new Watch(this, theme);
  tension = new Watch(this, tension);

  constructor() {
    super();
    /** @type {{id: string, name: string, drill: boolean}[]} */
    this.hospitals = [];
  }

  render() {
    const known = this.known.value;
    const tense = this.tension.value;
    const counts = /** @type {Record<string, number>} */ (known === null ? {} : { ...countsOf(known, this.layoutFile.value), ...(tense === null ? {} : { tension: tense.alerts }) });
    const tones = { ...TONES, tension: tense?.worst === "CRISIS" ? "alarm" : "hot" };
    const all = this.route.value === "group";
    return html`<nav aria-label=${t("nav")}>
      ${this.#real() > 1 || all ? this.#group(all) : ""}
      ${(all ? [] : VIEWS).filter((view) => view !== "layout" || this.layoutFile.value !== null).map(
        (view) =>
          html`${view === "anomalies" ? html`<hr />` : ""}<a
              href=${format({ hospital: route.value.hospital, view })}
              data-view=${view}
              aria-current=${this.route.value === view ? "page" : nothing}
              @click=${(/** @type {MouseEvent} */ event) => this.#go(event, view)}
              >${t(`nav.${view}`)}${counts[view] === undefined
                ? ""
                : html`<span class=${counts[view] > 0 ? (tones[view] ?? "") : ""}>${number(counts[view])}</span>`}</a
            >`,
      )}
      </nav>
      <footer>
        <button class="plain" data-testid="print-board" ?hidden=${all} @click=${() => window.print()}>${t("print.board")}</button>
        <button class="plain" @click=${() => go({ ...route.value, aside: "help" })}>${t("help")} <kbd>?</kbd></button>
        <div class="languages" role="group" aria-label=${t("language")}>
          ${/** @type {const} */ (["fr", "en"]).map(
            (code) =>
              html`<button lang=${code} aria-label=${t(`language.${code}`)} aria-pressed=${language.value === code} @click=${() => (language.value = code)}>
                ${code.toUpperCase()}
              </button>`,
          )}
        </div>
        <select
          aria-label=${t("theme")}
          @change=${(/** @type {Event} */ event) => (theme.value = /** @type {any} */ (event.target).value)}
        >
          ${["system", "light", "dark"].map((name) => html`<option value=${name} ?selected=${this.theme.value === name}>${t(`theme.${name}`)}</option>`)}
        </select>
      </footer>`;
  }

  /** How many hospitals are no drills. */
  #real() {
    return this.hospitals.filter((one) => !one.drill).length;
  }

  /** Another page: a hospital's and the group's show nothing in common. @param {boolean} shown */
  #group(shown) {
    return html`<a href=${address.value + GROUP_PATH} data-view="group" aria-current=${shown ? "page" : nothing}>${t("nav.group")}<span>${number(this.#real())}</span></a>
      ${shown ? "" : html`<hr />`}`;
  }

  /** @param {MouseEvent} event @param {typeof VIEWS[number]} view */
  #go(event, view) {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      go({ view });
    }
  }
}

/** @type {Record<string, string>} */
const TONES = { requests: "hot", anomalies: "alarm", quarantine: "hot", layout: "hot" };

/** @param {import("../core/store.js").Board} known @param {import("../core/store.js").LayoutStatus|null} file */
function countsOf(known, file) {
  const figures = figuresOf(known);
  return {
    requests: figures.waiting,
    discharges: figures.leaving,
    cleaning: figures.toClean + figures.cleaning,
    anomalies: known.anomalies.length,
    quarantine: known.quarantine.length,
    ...(file === null || file.state === "CURRENT" ? {} : { layout: file.mistakes + file.stranded }),
  };
}

customElements.define("chevet-navigation", Navigation);
