// @ts-check
import { css, html } from "lit";
import { readHospitals } from "./core/api.js";
import { hospitals, isDrill } from "./core/hospitals.js";
import { copiedHospitals, showCopy, startCopying } from "./core/copy.js";
import { followGroup, group } from "./core/group.js";
import { connection, follow } from "./core/live.js";
import { keepPageFiles } from "./core/page-files.js";
import { answerPick, pick } from "./core/pick.js";
import { actor } from "./core/preferences.js";
import { closePanel, format, go, route } from "./core/route.js";
import { Watch } from "./core/signal.js";
import { board } from "./core/store.js";
import { t } from "./i18n/index.js";
import { explain } from "./i18n/refusal.js";
import { undoWanted } from "./acts/last-act.js";
import { planWanted } from "./core/queue-plan.js";
import "./components/announcer.js";
import "./components/banners.js";
import { ChevetElement } from "./components/element.js";
import "./components/navigation.js";
import { shared } from "./components/styles.js";
import "./components/top-bar.js";
import "./panels/bed-panel.js";
import "./panels/identity.js";
import "./panels/overview.js";
import "./paper.js";
import "./views/board.js";

const RETRY_MILLIS = 2000;
const FRAME_MILLIS_MAX = 1000;
/** What stands first answers first: Esc puts away what was opened last. */
const WITH_KEYS = ["chevet-why-not", "chevet-cascade", "chevet-proposals", "chevet-acts"];

/** The page: the bar on top, the screens at the left, the work in the middle, what is selected at the right. */
class App extends ChevetElement {
  static properties = { hospitals: { state: true }, failure: { state: true }, complete: { state: true } };

  static styles = [
    shared,
    css`
      :host {
        display: grid;
        height: 100vh;
        height: 100dvh;
        grid-template: auto 52px minmax(0, 1fr) / 180px minmax(0, 1fr) 344px;
        grid-template-areas: "banner banner banner" "top top top" "nav main side";
      }
      /* The group needs the whole width, and has nothing to choose. */
      :host(.all) main {
        grid-column: main / side;
      }
      :host(.all) aside {
        display: none;
      }
      /* An exercise is not to be taken for the real thing, whatever is shown of it: a frame around all of it, and a word across. */
      :host(.drill)::before {
        content: "";
        position: fixed;
        inset: 0;
        z-index: 20;
        border: 6px solid var(--drill);
        pointer-events: none;
      }
      :host(.drill)::after {
        content: attr(data-mark);
        position: fixed;
        inset: 0;
        z-index: 19;
        display: grid;
        place-items: center;
        overflow: hidden;
        color: var(--drill);
        font-size: 15vw;
        font-weight: 800;
        letter-spacing: 0.06em;
        opacity: 0.09;
        transform: rotate(-24deg);
        pointer-events: none;
      }
      :host(.drill) {
        padding: 6px;
        box-sizing: border-box;
      }
      chevet-banners {
        grid-area: banner;
      }
      chevet-top-bar {
        grid-area: top;
      }
      chevet-navigation {
        grid-area: nav;
      }
      main {
        grid-area: main;
        overflow: auto;
        scroll-padding: 60px;
      }
      /* Nothing of it is live: without colour, and still to be read, for it is all there is. */
      main.lost,
      aside.lost {
        filter: grayscale(1);
      }
      main.lost {
        outline: 3px dashed var(--alarm);
        outline-offset: -3px;
      }
      aside {
        grid-area: side;
        overflow: auto;
        background: var(--panel);
        border-left: 1px solid var(--line);
        /* Room for the last act, of three lines at most, which lies over the end; a form that opens stands above it. */
        padding-bottom: 96px;
        scroll-padding-bottom: 96px;
      }
      chevet-last-act {
        grid-area: side;
        align-self: end;
        z-index: 6;
      }
      .loading {
        margin: var(--s3);
      }
      .failure {
        max-width: 60ch;
        margin: var(--s5);
      }
      @media (max-width: 1400px) {
        :host {
          grid-template-columns: 160px minmax(0, 1fr) 304px;
        }
      }
      @media (max-width: 1100px) {
        :host {
          grid-template-rows: auto auto auto minmax(0, 1fr);
          grid-template-columns: minmax(0, 1fr);
          grid-template-areas: "banner" "top" "nav" "main";
        }
        chevet-last-act {
          grid-area: main;
        }
        aside {
          display: none;
        }
        aside.chosen {
          display: block;
          grid-area: main;
          justify-self: end;
          z-index: 5;
          width: min(380px, 100%);
          height: 100%;
        }
        /* A bed is to be chosen: the board must be seen. */
        aside.chosen.picking {
          visibility: hidden;
        }
      }
    `,
  ];

  route = new Watch(this, route);
  connection = new Watch(this, connection, (value) => value.state);
  name = new Watch(this, board, (value) => value?.hospital.name);
  pick = new Watch(this, pick);
  drill = new Watch(this, board, (value) => value?.hospital.drill);

  constructor() {
    super();
    /** @type {{id: string, name: string, drill: boolean}[]} */
    this.hospitals = [];
    /** @type {string|null} */
    this.failure = null;
    /** Whether the other screens are there. */
    this.complete = false;
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener("keydown", this.#keyed);
    this.addEventListener("found", this.#found);
    this.#loadOthers();
    this.#start();
    startCopying();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.#keyed);
  }

  /** The board is what most come for: the other screens are read once it is drawn, or somebody asks for one. */
  async #loadOthers() {
    await Promise.race([boardOrNone().then(drawn), otherWanted()]);
    for (let attempt = 0; !this.complete; attempt++) {
      try {
        // Under another address each time: a browser may remember that a module could not be read.
        await import(attempt === 0 ? "./others.js" : `./others.js?attempt=${attempt}`);
        this.complete = true;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, RETRY_MILLIS));
      }
    }
    keepPageFiles();
  }

  async #start() {
    const all = route.value.view === "group";
    if (all) {
      followGroup();
    } else if (route.value.hospital !== "") {
      this.#follow(route.value.hospital);
    }
    this.hospitals = await this.#readHospitals(all);
    hospitals.value = this.hospitals;
    this.failure = null;
    if (all || route.value.hospital !== "") {
      return;
    }
    // Into a drill only who asks for it.
    const first = this.hospitals.find((one) => !one.drill);
    if (first === undefined) {
      this.failure = t("hospital.none");
    } else {
      this.#show(first.id);
    }
  }

  /** As often as it takes: meanwhile whoever named no hospital sees what was kept of one, or why there is none. @param {boolean} all */
  async #readHospitals(all) {
    for (;;) {
      const answer = await readHospitals();
      if (answer.ok) {
        return answer.value.hospitals;
      }
      if (!all && route.value.hospital === "") {
        const [copied] = await copiedHospitals();
        if (copied === undefined) {
          const { what, advice } = explain(answer.problem);
          this.failure = `${what} ${advice}`;
        } else {
          this.#show(copied);
        }
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MILLIS));
    }
  }

  /** @param {string} hospital */
  #show(hospital) {
    history.replaceState(null, "", format({ ...route.value, hospital }));
    route.value = { ...route.value, hospital };
    this.#follow(hospital);
  }

  /** @param {string} hospital */
  async #follow(hospital) {
    follow(hospital);
    if (actor.value === null && route.value.aside === undefined) {
      route.value = { ...route.value, aside: "identity" };
    }
    await boardOrNone();
    if (board.value === null) {
      await showCopy(hospital);
    }
  }

  /** Whether what is shown is a drill, or will be once it is read. */
  #isDrill() {
    return this.drill.value !== undefined || isDrill(this.route.value.hospital);
  }

  willUpdate() {
    this.classList.toggle("drill", this.#isDrill());
    this.dataset.mark = t("drill");
    this.classList.toggle("all", this.route.value.view === "group" && this.#panel() === null);
  }

  updated() {
    const view = t(`nav.${this.route.value.view}`);
    // The name of a drill's hospital says that it is one as well; a tab shows the first letters only.
    document.title = [this.#isDrill() ? t("drill") : "", view, this.name.value, "Chevet"].filter(Boolean).join(" · ");
  }

  render() {
    const lost = this.connection.value === "lost";
    const { view } = this.route.value;
    const panel = this.#panel();
    const all = view === "group";
    const loading = this.complete ? "" : html`<p class="loading" role="status">${t("board.loading")}</p>`;
    return html`
      <chevet-banners></chevet-banners>
      <chevet-top-bar .hospitals=${this.hospitals}></chevet-top-bar>
      <chevet-navigation .hospitals=${this.hospitals}></chevet-navigation>
      <main class=${lost ? "lost" : ""} id="main">${view === "board" ? "" : loading}${this.failure === null ? this.#view(view) : html`<p class="failure" role="alert">${this.failure}</p>`}</main>
      <aside class=${`${panel === null ? "" : "chosen"} ${lost ? "lost" : ""} ${this.pick.value === null ? "" : "picking"}`} aria-label=${t("panel")}>
        ${panelIsOther(this.route.value) ? loading : ""}${panel ?? (all ? "" : html`<chevet-overview></chevet-overview>`)}
      </aside>
      <chevet-last-act></chevet-last-act>
      <chevet-announcer></chevet-announcer>
    `;
  }

  /** @param {import("./core/route.js").Route["view"]} view */
  #view(view) {
    switch (view) {
      case "group":
        return html`<chevet-group></chevet-group>`;
      case "board":
        return html`<chevet-board></chevet-board>`;
      case "requests":
        return html`<chevet-requests></chevet-requests>`;
      case "plan":
        return html`<chevet-plan></chevet-plan>`;
      case "discharges":
        return html`<chevet-discharges></chevet-discharges>`;
      case "cleaning":
        return html`<chevet-cleaning></chevet-cleaning>`;
      case "occupancy":
        return html`<chevet-occupancy></chevet-occupancy>`;
      case "tension":
        return html`<chevet-tension></chevet-tension>`;
      case "forecast":
        return html`<chevet-forecast></chevet-forecast>`;
      case "crisis":
        return html`<chevet-crisis></chevet-crisis>`;
      case "anomalies":
        return html`<chevet-anomalies></chevet-anomalies>`;
      case "quarantine":
        return html`<chevet-quarantine></chevet-quarantine>`;
      case "acts":
        return html`<chevet-recent-acts></chevet-recent-acts>`;
      case "layout":
        return html`<chevet-layout></chevet-layout>`;
    }
  }

  #panel() {
    const { aside, bed, service, request, message, stay } = this.route.value;
    if (aside === "identity") {
      return html`<chevet-identity></chevet-identity>`;
    }
    if (aside === "help") {
      return html`<chevet-help></chevet-help>`;
    }
    if (bed !== undefined) {
      return html`<chevet-bed-panel></chevet-bed-panel>`;
    }
    if (service !== undefined) {
      return html`<chevet-service-panel></chevet-service-panel>`;
    }
    if (request !== undefined) {
      return html`<chevet-request-panel></chevet-request-panel>`;
    }
    if (message !== undefined) {
      return html`<chevet-message-panel></chevet-message-panel>`;
    }
    return stay === undefined ? null : html`<chevet-stay-panel></chevet-stay-panel>`;
  }

  /** @param {Event} event */
  #found = (event) => {
    const found = /** @type {CustomEvent<import("./core/search.js").Found>} */ (event).detail;
    if (found.bed !== undefined) {
      this.#focusBoard(found.bed);
    }
  };

  /** @param {string} [bed] */
  async #focusBoard(bed) {
    await this.updateComplete;
    requestAnimationFrame(() => /** @type {any} */ (this.renderRoot.querySelector("chevet-board"))?.focusBed(bed));
  }

  // The keys of the page. A key typed into a field is the field's.

  /** @param {KeyboardEvent} event */
  #keyed = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) {
      return;
    }
    if (event.key === "Escape") {
      this.#back();
      return;
    }
    const target = event.composedPath()[0];
    if (target instanceof HTMLElement && target.matches("input, select, textarea")) {
      return;
    }
    if (this.#shortcut(event.key)) {
      event.preventDefault();
    }
  };

  /** One step back: the choice of a bed, then the open form, then the panel. */
  #back() {
    if (pick.value !== null) {
      answerPick(null);
      return;
    }
    const last = /** @type {import("./acts/last-act.js").LastAct|null} */ (this.renderRoot.querySelector("chevet-last-act"));
    if (last?.shut() || this.#withKeys().some((group) => group.shut())) {
      return;
    }
    const bed = this.route.value.bed;
    const open = this.route.value;
    if (open.aside !== undefined) {
      go({ ...open, aside: undefined });
    } else {
      closePanel();
    }
    if (bed !== undefined && open.view === "board") {
      this.#focusBoard(bed);
    }
  }

  /** @param {string} key */
  #shortcut(key) {
    if (route.value.view === "group" && key !== "?") {
      return key === "/" && /** @type {any} */ (this.renderRoot.querySelector("chevet-group"))?.focusSearch();
    }
    switch (key) {
      case "/":
        /** @type {any} */ (this.renderRoot.querySelector("chevet-top-bar"))?.renderRoot.querySelector("chevet-search")?.focus();
        return true;
      case "?":
        go({ ...route.value, aside: "help" });
        return true;
      case "g":
        go({ ...route.value, view: "board" });
        this.#focusBoard(route.value.bed);
        return true;
      case "q":
        planWanted.value = true;
        go({ view: "requests", request: route.value.request });
        return true;
      case "u":
        undoWanted.value = true;
        go({ view: "acts" });
        return true;
      default:
        return this.#withKeys().some((group) => group.press(key));
    }
  }

  /** What has keys of its own in the panel, from the top. @returns {{press: (key: string) => boolean, shut: () => boolean}[]} */
  #withKeys() {
    const aside = this.renderRoot.querySelector("aside");
    return aside === null ? [] : /** @type {any[]} */ (WITH_KEYS.flatMap((name) => deepAll(aside, name)));
  }
}

/** @returns {Promise<void>} once there is a board, or no server to send one */
function boardOrNone() {
  return new Promise((resolve) => {
    const look = () => {
      if (board.value !== null || group.value !== null || connection.value.state === "lost") {
        stops.forEach((stop) => stop());
        resolve();
      }
    };
    const stops = [board.subscribe(look), group.subscribe(look), connection.subscribe(look)];
    look();
  });
}

/** @returns {Promise<void>} once the browser has shown what it was given to show; one that shows nothing is not waited for */
function drawn() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, FRAME_MILLIS_MAX);
  });
}

/** @returns {Promise<void>} once something is to be shown that is not there from the beginning */
function otherWanted() {
  return new Promise((resolve) => {
    const look = () => {
      if (route.value.view !== "board" || panelIsOther(route.value)) {
        stop();
        resolve();
      }
    };
    const stop = route.subscribe(look);
    look();
  });
}

/** @param {import("./core/route.js").Route} shown */
function panelIsOther({ aside, bed, service, request, message, stay }) {
  return aside === "help" || (aside === undefined && bed === undefined && [service, request, message, stay].some((one) => one !== undefined));
}

/** @param {ParentNode} root @param {string} name @returns {Element[]} */
function deepAll(root, name) {
  return Array.from(root.querySelectorAll("*")).flatMap((element) => [
    ...(element.localName === name ? [element] : []),
    ...(element.shadowRoot === null ? [] : deepAll(element.shadowRoot, name)),
  ]);
}

customElements.define("chevet-app", App);
