// @ts-check
import { Signal } from "./signal.js";
import { tellClock } from "./clock.js";
import { applyPatch, applySnapshot, feeds, layoutFile, notWritable } from "./store.js";

/** The server says something every two seconds; three silences in a row are a lost connection. */
const SILENCE_MILLIS_MAX = 6000;
const RETRY_MILLIS_MIN = 500;
const RETRY_MILLIS_MAX = 10_000;

/**
 * @typedef {{state: "connecting"|"live"|"lost", sinceMillis: number}} Connection `sinceMillis` is the wall's time of the
 *     last word from the server
 */
/** @type {Signal<Connection>} */
export const connection = new Signal(/** @type {Connection} */ ({ state: "connecting", sinceMillis: Date.now() }));

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

/** From now on the board is this hospital's, unless it is another's already. @param {string} hospital */
export function follow(hospital) {
  live ??= new Live(hospital);
}

/** Keeps the board the same as the server's, for as long as the page is open. */
class Live {
  /** @type {WebSocket|null} */
  #socket = null;
  #attempts = 0;
  #lastHeardMillis = Date.now();
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #retry;

  /** @param {string} hospital */
  constructor(hospital) {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    this.address = `${scheme}//${location.host}/api/v1/hospitals/${encodeURIComponent(hospital)}/live`;
    // A laptop that wakes up or finds its network again should not wait for the back-off.
    window.addEventListener("online", this.#hurry);
    document.addEventListener("visibilitychange", this.#hurry);
    setInterval(() => this.#watch(), 1000);
    this.#connect();
  }

  #connect() {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const socket = new WebSocket(this.address);
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
        tellClock(message.clock);
        applySnapshot(message);
        this.#tellHealth(message);
        this.#attempts = 0;
        connection.value = { state: "live", sinceMillis: this.#lastHeardMillis };
        break;
      case "patch":
        if (!applyPatch(message)) {
          this.#socket?.send(JSON.stringify({ type: "resync" }));
        }
        break;
      case "heartbeat":
        tellClock(message.clock);
        this.#tellHealth(message);
        break;
    }
  }

  /** @param {any} message */
  #tellHealth(message) {
    feeds.value = message.feeds ?? [];
    tell(notWritable, message.writable === false ? { condition: message.writerCondition, reason: message.notWritableReason, advice: message.notWritableAdvice } : null);
    tell(layoutFile, message.layoutFile ?? null);
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
    if (connection.value.state !== "lost") {
      connection.value = { state: "lost", sinceMillis: this.#lastHeardMillis };
    }
    // Jittered: a ward's worth of screens must not come back in the same instant after a restart.
    const ceiling = Math.min(RETRY_MILLIS_MAX, RETRY_MILLIS_MIN * 2 ** this.#attempts);
    this.#attempts += 1;
    this.#lastHeardMillis = Date.now();
    this.#retry = setTimeout(() => this.#connect(), ceiling / 2 + (Math.random() * ceiling) / 2);
  }

  #hurry = () => {
    if (this.#retry !== undefined && document.visibilityState === "visible" && this.#socket === null) {
      this.#connect();
    }
  };
}
