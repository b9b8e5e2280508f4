// @ts-check
/** @import {ReactiveController, ReactiveControllerHost} from "lit" */
import { address } from "./members.js";
import { route } from "./route.js";

/** The server says something every two seconds; three silences in a row are a lost connection. */
const SILENCE_MILLIS_MAX = 6000;
const RETRY_MILLIS = 2000;

/**
 * Follows one of the hospital's topics at the member that the page asks, for as long as its element is shown. What is lost is asked for again, and
 * what is known stays meanwhile: it says itself of when it is.
 * @template T
 * @implements {ReactiveController}
 */
export class Topic {
  /** @type {T|null} as last told; null while nothing is known */
  value = null;
  /** @type {WebSocket|null} */
  #socket = null;
  #heardMillis = 0;
  #timer = 0;
  #stop = () => {};

  /** @param {ReactiveControllerHost} host @param {"forecast"|"tension"|"indicators"} name @param {() => void} [told] is called when there is news */
  constructor(host, name, told = () => {}) {
    this.host = host;
    this.name = name;
    this.told = told;
    host.addController(this);
  }

  hostConnected() {
    this.#stop = address.subscribe(() => this.#connect());
    this.#timer = window.setInterval(() => this.#watch(), RETRY_MILLIS);
    this.#connect();
  }

  hostDisconnected() {
    this.#stop();
    window.clearInterval(this.#timer);
    this.#leave();
  }

  #connect() {
    this.#leave();
    const path = `/api/v1/hospitals/${encodeURIComponent(route.value.hospital)}/live/${this.name}`;
    const socket = new WebSocket((address.value || location.origin).replace(/^http/, "ws") + path);
    this.#socket = socket;
    this.#heardMillis = Date.now();
    socket.addEventListener("message", (event) => {
      if (socket === this.#socket) {
        this.#hear(JSON.parse(event.data));
      }
    });
    socket.addEventListener("close", () => {
      if (socket === this.#socket) {
        this.#socket = null;
      }
    });
  }

  #leave() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #watch() {
    if (this.#socket === null || Date.now() - this.#heardMillis > SILENCE_MILLIS_MAX) {
      this.#connect();
    }
  }

  /** @param {any} message */
  #hear(message) {
    this.#heardMillis = Date.now();
    if (message.type === "snapshot" && message.value !== null) {
      this.value = message.value;
      this.told();
      this.host.requestUpdate();
    }
  }
}
