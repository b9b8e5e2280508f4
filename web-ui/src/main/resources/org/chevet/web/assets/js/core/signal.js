// @ts-check
/** @import {ReactiveController, ReactiveControllerHost} from "lit" */

/**
 * A value that tells its listeners when it is replaced.
 * @template T
 */
export class Signal {
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {T} */
  #value;

  /** @param {T} value */
  constructor(value) {
    this.#value = value;
  }

  get value() {
    return this.#value;
  }

  set value(next) {
    if (Object.is(next, this.#value)) {
      return;
    }
    this.#value = next;
    for (const listener of this.#listeners) {
      listener();
    }
  }

  /**
   * @param {() => void} listener
   * @returns {() => void} ends it
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/**
 * Redraws its element when the chosen part of a signal is another object or value than before, and only then.
 * @template T, [S=T]
 * @implements {ReactiveController}
 */
export class Watch {
  /** @type {() => void} */
  #stop = () => {};

  /**
   * @param {ReactiveControllerHost} host
   * @param {Signal<T>} signal
   * @param {(value: T) => S} [choose]
   */
  constructor(host, signal, choose = (value) => /** @type {S} */ (/** @type {unknown} */ (value))) {
    this.host = host;
    this.signal = signal;
    this.choose = choose;
    this.value = choose(signal.value);
    host.addController(this);
  }

  hostConnected() {
    this.#stop = this.signal.subscribe(() => this.#look());
    this.#look();
  }

  hostDisconnected() {
    this.#stop();
  }

  #look() {
    const next = this.choose(this.signal.value);
    if (!Object.is(next, this.value)) {
      this.value = next;
      this.host.requestUpdate();
    }
  }
}
