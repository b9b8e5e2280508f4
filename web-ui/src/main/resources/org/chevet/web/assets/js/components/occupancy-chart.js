// @ts-check
/** @import {History} from "../core/history.js" */
import { css } from "lit";
import { nowMillis, tick } from "../core/clock.js";
import { language, theme } from "../core/preferences.js";
import { Watch } from "../core/signal.js";
import { day, time, toLocalField, weekday } from "../i18n/format.js";
import { number, t } from "../i18n/index.js";
import { Chart, labelsOf, tooltip } from "./chart.js";

const HOUR = 3_600_000;
/** How much of the time shown the line of now must move to be drawn again. */
const NOW_STEP = 1 / 800;

/**
 * Beds occupied hour by hour, up to now, under what the capacity is now; and below, who came and who left. For eyes only: the
 * same figures stand in words beside it.
 */
export class OccupancyChart extends Chart {
  static properties = {
    history: { attribute: false },
    /** How many beds are occupied at this moment. */
    occupied: { attribute: false },
    small: { type: Boolean },
  };

  static styles = [
    Chart.styles,
    css`
      :host {
        height: 440px;
      }
      :host([small]) {
        height: 130px;
      }
      p {
        padding: var(--s4) 0;
      }
    `,
  ];

  tick = new Watch(this, tick);

  #drawn = /** @type {unknown[]} */ ([]);

  constructor() {
    super();
    /** @type {History|null} */
    this.history = null;
    this.occupied = 0;
    this.small = false;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#drawn = [];
  }

  repaint() {
    this.#drawn = [];
    super.repaint();
  }

  updated() {
    const { history } = this;
    if (history === null || history.hours.length === 0 || this.failed) {
      return;
    }
    const step = Math.floor(nowMillis() / (history.hours.length * HOUR * NOW_STEP));
    const wanted = [history, this.occupied, step, language.value, theme.value];
    if (wanted.some((value, i) => value !== this.#drawn[i])) {
      this.#drawn = wanted;
      this.draw(() => this.#option(/** @type {History} */ (this.history)));
    }
  }

  /** @param {History} history */
  #option(history) {
    const ink = this.inks();
    const font = getComputedStyle(this).fontFamily;
    const now = nowMillis();
    const hours = history.hours.map((hour) => ({ ...hour, millis: Date.parse(hour.at) }));
    const from = hours[0].millis;
    const to = now + (now - from) * 0.012;
    const local = new Map(hours.map((hour) => [hour.millis, toLocalField(hour.millis).slice(11)]));
    const midnights = hours.filter((hour) => local.get(hour.millis) === "00:00").map((hour) => hour.millis);
    const between = hours.length <= 73 ? ["06:00", "12:00", "18:00"] : hours.length <= 200 && !this.small ? ["12:00"] : [];
    const ticks = hours.filter((hour) => between.includes(local.get(hour.millis) ?? "")).map((hour) => hour.millis);
    const noons = hours.length <= 73 && !this.small ? ticks : [];
    const every = Math.ceil(midnights.length / (this.small ? 4 : Math.max(3, Math.floor(this.clientWidth / 90))));
    const named = midnights.filter((_, i) => (midnights.length - 1 - i) % every === 0);

    const lines = capacityLines(history.capacity);
    const values = [...hours.map((hour) => hour.occupied), this.occupied];
    const top = Math.max(...values, ...lines.map((line) => line.value));
    // From nothing up where that can be read; of a whole hospital only the part in which it moves.
    const low = Math.min(...values);
    const part = top > 120 && low > top / 2;
    const step = round((part ? (top - low) * 1.25 : top) / (this.small ? 2 : 6));
    const base = part ? Math.floor((low - step / 4) / step) * step : 0;
    const ceiling = Math.ceil(top + (top - base) * 0.1);

    const flows = !this.small;
    const height = this.clientHeight;
    const upper = flows ? { top: 30, height: Math.round(height * 0.58) } : { top: 22, height: height - 46 };
    const lower = { top: upper.top + upper.height + 52, height: height - upper.top - upper.height - 52 - 8 };
    const labels = labelsOf(lines, upper.height / (ceiling - base));
    const right = this.small ? 100 : 128;
    const busiest = Math.max(4, ...hours.map((hour) => Math.max(hour.entries, hour.exits)));
    const flow = busiest < 10 ? busiest : Math.ceil(busiest / 10) * 10;

    const text = { color: ink["ink-3"], fontFamily: font, fontSize: 11 };
    /** @param {number} grid */
    const timeAxis = (grid) => ({
      type: "value",
      gridIndex: grid,
      min: from,
      max: to,
      axisLine: { show: grid === 0, onZero: false, lineStyle: { color: ink.line } },
      axisTick: { show: grid === 0, customValues: [...midnights, ...ticks], lineStyle: { color: ink.line } },
      splitLine: { show: false },
      axisLabel: {
        ...text,
        show: grid === 0,
        customValues: [...named, ...noons],
        hideOverlap: true,
        formatter: (/** @type {number} */ at) =>
          local.get(at) === "00:00" ? `{midnight|${this.small ? weekday(at) : day(at)}}` : (local.get(at) ?? ""),
        rich: { midnight: { ...text, color: ink["ink-2"], fontWeight: 600 } },
      },
      axisPointer: { label: { show: false } },
    });
    const midnightLines = {
      silent: true,
      // Under the figures.
      z: 1,
      symbol: "none",
      label: { show: false },
      lineStyle: { color: ink["line"], width: 1, type: "solid" },
      data: midnights.map((at) => ({ xAxis: at })),
    };
    const nowLine = {
      xAxis: now,
      lineStyle: { color: ink.mark, width: 1.5, type: "solid" },
      label: { show: !this.small, position: "end", distance: 5, formatter: t("occupancy.now", { at: time(now) }), color: ink.mark, fontFamily: font, fontSize: 11, fontWeight: 600 },
    };

    const series = [
      {
        type: "line",
        data: [...hours.map((hour) => [hour.millis, hour.occupied]), [now, this.occupied]],
        symbol: "none",
        lineStyle: { color: ink.accent, width: this.small ? 1.5 : 2 },
        itemStyle: { color: ink.accent },
        areaStyle: base === 0 ? { color: ink.accent, opacity: 0.1 } : undefined,
        markLine: midnightLines,
        z: 3,
      },
      {
        type: "line",
        data: [],
        z: 4,
        markLine: {
          silent: true,
          symbol: "none",
          animation: false,
          data: [
            ...lines.map((line) => ({
              yAxis: line.value,
              lineStyle: { color: line.name === "staffed" ? ink.ink : ink["line-strong"], width: 1, type: line.name === "staffed" ? "solid" : [4, 3] },
              label: {
                show: labels.has(line),
                position: "end",
                distance: 6,
                formatter: labels.get(line) ?? "",
                color: ink["ink-2"],
                fontFamily: font,
                fontSize: 11,
                lineHeight: 14,
              },
            })),
            nowLine,
          ],
        },
      },
    ];
    if (flows) {
      const bar = { type: "bar", xAxisIndex: 1, yAxisIndex: 1, barWidth: "70%", barGap: "-100%", barMaxWidth: 8 };
      // A bar of an hour stands over that hour, not over its beginning.
      const middle = HOUR / 2;
      series.push(
        /** @type {any} */ ({
          ...bar,
          data: hours.map((hour) => [hour.millis + middle, hour.entries]),
          itemStyle: { color: ink.accent },
          markLine: midnightLines,
        }),
        /** @type {any} */ ({ ...bar, data: hours.map((hour) => [hour.millis + middle, -hour.exits]), itemStyle: { color: ink["line-strong"] } }),
      );
    }
    const valueAxis = { type: "value", axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: ink["line-2"] } } };
    return {
      animation: false,
      backgroundColor: "transparent",
      textStyle: { fontFamily: font },
      grid: [{ left: this.small ? 30 : 44, right, ...upper }, ...(flows ? [{ left: 44, right, ...lower }] : [])],
      xAxis: [timeAxis(0), ...(flows ? [timeAxis(1)] : [])],
      yAxis: [
        {
          ...valueAxis,
          min: base,
          max: ceiling,
          interval: step,
          axisLabel: { ...text, showMaxLabel: false, formatter: (/** @type {number} */ value) => number(value) },
        },
        ...(flows
          ? [
              {
                ...valueAxis,
                gridIndex: 1,
                min: -flow,
                max: flow,
                interval: flow,
                axisLine: { show: false },
                axisLabel: { ...text, formatter: (/** @type {number} */ value) => (value === 0 ? "0" : number(Math.abs(value))) },
              },
            ]
          : []),
      ],
      axisPointer: { link: [{ xAxisIndex: "all" }], lineStyle: { color: ink["line-strong"], type: "solid" } },
      tooltip: {
        ...tooltip(ink, font),
        formatter: (/** @type {any[]} */ shown) => this.#said(hours, shown),
      },
      graphic: flows
        ? [
            caption(6, t("occupancy.occupied"), ink, font),
            caption(lower.top - 22, t("occupancy.flows"), ink, font),
            endLabel(this.clientWidth - right + 6, lower.top + 2, t("occupancy.entries.up"), ink.accent, font),
            endLabel(this.clientWidth - right + 6, lower.top + lower.height - 14, t("occupancy.exits.down"), ink["ink-3"], font),
          ]
        : [],
      series,
    };
  }

  /** @param {(import("../core/history.js").Hour & {millis: number})[]} hours @param {any[]} shown */
  #said(hours, shown) {
    const at = shown[0]?.axisValue ?? 0;
    const hour = hours.findLast((one) => one.millis <= at + HOUR / 2 - 1) ?? hours[0];
    const lines = [
      `${day(hour.millis)}, ${time(hour.millis)}`,
      t("occupancy.occupiedAt", { count: hour.occupied }),
      t("occupancy.presentAt", { count: hour.present }),
      ...(this.small ? [] : [t("occupancy.flowAt", { entries: hour.entries, exits: hour.exits })]),
    ];
    return lines.join("\n");
  }
}

/** @typedef {{name: "open"|"staffed"|"surge", value: number}} Line */

/** @param {History["capacity"]} capacity @returns {Line[]} */
function capacityLines({ open, staffed, surge, surgeOpen }) {
  /** @type {Line[]} */
  const lines = [{ name: "open", value: open }];
  lines.push({ name: "staffed", value: staffed });
  if (surge > surgeOpen) {
    lines.push({ name: "surge", value: open + surge - surgeOpen });
  }
  return lines.sort((a, b) => b.value - a.value);
}

/** @param {number} top @param {string} text @param {Record<string, string>} ink @param {string} font */
function caption(top, text, ink, font) {
  return { type: "text", left: 8, top, silent: true, style: { text, fill: ink["ink-2"], font: `600 11.5px ${font}` } };
}

/** @param {number} left @param {number} top @param {string} text @param {string} fill @param {string} font */
function endLabel(left, top, text, fill, font) {
  return { type: "text", left, top, silent: true, style: { text, fill, font: `11px ${font}` } };
}

/** The round number (1, 2 or 5 times a power of ten, and whole) at or above this. @param {number} value */
function round(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return power * ([1, 2, 5].find((one) => one * power >= value) ?? 10);
}

customElements.define("chevet-occupancy-chart", OccupancyChart);
