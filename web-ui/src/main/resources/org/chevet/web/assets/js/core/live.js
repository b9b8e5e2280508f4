// @ts-check
import { Signal } from "./signal.js";
import { tellClock } from "./clock.js";
import { address, addresses, after, moveTo, standing, tellMembers } from "./members.js";
import { applyPatch, applySnapshot, feeds, layoutFile, notWritable, tension } from "./store.js";

/** The server says something every two seconds; three silences in a row are a lost connection. */
const SILENCE_MILLIS_MAX = 6000;
const RETRY_MILLIS_MIN = 500;
const RETRY_MILLIS_MAX = 10_000;

/**
 * @typedef {{state: "connecting"|"live"|"moving"|"lost", sinceMillis: number}} Connection `sinceMillis` is the wall's time of the
 *     last word from the server. While it is moving, other members are asked; lost is when none of them answered
 */
/** @type {Signal<Connection>} */
export const connection = new Signal(/** @type {Connection} */ ({ state: "connecting", sinceMillis: Date.now() }));

/**
 * What is made of what the server says.
 *
 * @typedef {object} Reader
 * @property {(snapshot: any) => void} snapshot
 * @property {(patch: any) => boolean} patch false when patches are missing before it
 * @property {(heartbeat: any) => void} heartbeat
 */

/**
 * Heartbeats repeat themselves: only what is another is told on.
 * @template T
 * @param {Signal<T>} signal
 * @param {T} value
 */
function tell(signal, value) {
  if (JSON.stringify(value) !== JSON.stringify(signal.value)) {
    signal.value = value;
  }
}

/** @type {Live|null} */
let live = null;

/** From now on the page shows what is told there, unless it shows something already. @param {string} path @param {Reader} reader */
export function followAs(path, reader) {
  live ??= new Live(path, reader);
}

/** From now on the board is this hospital's. @param {string} hospital */
export function follow(hospital) {
  followAs(`/api/v1/hospitals/${encodeURIComponent(hospital)}/live`, {
    snapshot: (message) => {
      tellClock(message.clock);
      applySnapshot(message);
      tellHealth(message);
    },
    patch: applyPatch,
    heartbeat: (message) => {
      tellClock(message.clock);
      tellHealth(message);
      tell(tension, message.tension ?? null);
    },
  });
}

/** @param {any} message */
function tellHealth(message) {
  feeds.value = message.feeds ?? [];
  tell(notWritable, message.writable === false ? { condition: message.writerCondition, reason: message.notWritableReason, advice: message.notWritableAdvice } : null);
  tell(layoutFile, message.layoutFile ?? null);
}

/** Keeps what is shown the same as the server's, for as long as the page is open. */
class Live {
  /** @type {WebSocket|null} */
  #socket = null;
  #attempts = 0;
  #asked = address.value;
  #lastHeardMillis = Date.now();
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #retry;

  /** @param {string} path @param {Reader} reader */
  constructor(path, reader) {
    this.path = path;
    this.reader = reader;
    // A laptop that wakes up or finds its network again should not wait for the back-off.
    window.addEventListener("online", this.#hurry);
    document.addEventListener("visibilitychange", this.#hurry);
    setInterval(() => this.#watch(), 1000);
    this.#connect();
  }

  #connect() {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const socket = new WebSocket((this.#asked || location.origin).replace(/^http/, "ws") + this.path);
    this.#socket = socket;
    const startedMillis = Date.now();
    socket.addEventListener("message", (event) => {
      if (socket === this.#socket) {
        this.#hear(JSON.parse(event.data));
      }
    });
    socket.addEventListener("close", () => {
      if (socket === this.#socket) {
        this.#lose();
      }
    });
    // A connection attempt that hangs counts as silence from its own start.
    this.#lastHeardMillis = Math.max(this.#lastHeardMillis, startedMillis - SILENCE_MILLIS_MAX / 2);
  }

  /** @param {any} message */
  #hear(message) {
    this.#lastHeardMillis = Date.now();
    switch (message.type) {
      case "snapshot":
        this.reader.snapshot(message);
        moveTo(this.#asked, message.member?.name);
        this.#tellMember(message.member);
        this.#attempts = 0;
        connection.value = { state: "live", sinceMillis: this.#lastHeardMillis };
        break;
      case "patch":
        if (!this.reader.patch(message)) {
          this.#socket?.send(JSON.stringify({ type: "resync" }));
        }
        break;
      case "heartbeat":
        this.reader.heartbeat(message);
        this.#tellMember(message.member);
        break;
    }
  }

  /** @param {any} member */
  #tellMember(member) {
    tellMembers(member);
    tell(standing, member?.writes === undefined ? null : { name: member.name, writer: member.writer, writes: member.writes, ageMillis: member.ageMillis, behind: member.behind });
  }

  #watch() {
    if (this.#socket !== null && Date.now() - this.#lastHeardMillis > SILENCE_MILLIS_MAX) {
      this.#lose();
    }
  }

  #lose() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    const members = addresses().length;
    this.#asked = after(this.#asked);
    this.#attempts += 1;
    const state = this.#attempts < members ? "moving" : "lost";
    if (connection.value.state !== state && connection.value.state !== "lost") {
      connection.value = { state, sinceMillis: connection.value.state === "moving" ? connection.value.sinceMillis : this.#lastHeardMillis };
    }
    // Jittered: a ward's worth of screens must not come back in the same instant after a restart.
    const rounds = Math.floor((this.#attempts - 1) / members);
    const ceiling = Math.min(RETRY_MILLIS_MAX, RETRY_MILLIS_MIN * 2 ** rounds);
    this.#lastHeardMillis = Date.now();
    this.#retry = setTimeout(() => this.#connect(), ceiling / 2 + (Math.random() * ceiling) / 2);
  }

  #hurry = () => {
    if (this.#retry !== undefined && document.visibilityState === "visible" && this.#socket === null) {
      this.#connect();
    }
  };
}
