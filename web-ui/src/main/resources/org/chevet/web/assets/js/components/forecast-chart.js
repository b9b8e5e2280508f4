// @ts-check
/** @import {Bands, Drawn, Forecast} from "../core/forecast.js" */
import { day, time, toLocalField, weekday } from "../i18n/format.js";
import { number, t } from "../i18n/index.js";
import { Chart, labelsOf, tooltip } from "./chart.js";

const HOUR = 3_600_000;
const BANDS = /** @type {const} */ ([
  ["low95", "high95", 0.1],
  ["low80", "high80", 0.16],
  ["low50", "high50", 0.26],
]);

/** The bands in which the number of patients will be, under the beds there are; or how many come or leave until then. For eyes only: the same figures stand in words beside it. */
class ForecastChart extends Chart {
  static properties = {
    forecast: { attribute: false },
    series: { attribute: false },
    /** What it would be if; null while nothing is asked. */
    changed: { attribute: false },
    /** How many hours are shown. */
    span: { attribute: false },
    /** What its figures are called: the catalogue's family. */
    words: {},
  };

  constructor() {
    super();
    /** @type {Forecast|null} */
    this.forecast = null;
    /** @type {Drawn|null} */
    this.series = null;
    /** @type {Drawn|null} */
    this.changed = null;
    this.span = 72;
    this.words = "forecast";
  }

  updated() {
    const { forecast, series } = this;
    if (forecast?.hours !== undefined && series !== null && !this.failed) {
      this.draw(() => this.#option(this.forecast ?? forecast, this.series ?? series));
    }
  }

  /** @param {Forecast} forecast @param {Drawn} series */
  #option(forecast, series) {
    const ink = this.inks();
    const font = getComputedStyle(this).fontFamily;
    const from = Date.parse(forecast.at);
    const shown = (forecast.hours ?? []).flatMap((hours, i) => (hours <= this.span && (this.span <= 72 || hours % 24 === 0) ? [{ i, at: from + hours * HOUR }] : []));
    /** @param {Drawn} of @param {keyof Bands} column */
    const points = (of, column) => [[from, of.patients], ...shown.map(({ i, at }) => [at, of[column][i]])];
    const to = from + this.span * HOUR;
    const midnights = Array.from({ length: Math.ceil((to - from) / HOUR) }, (_, i) => Math.ceil(from / HOUR) * HOUR + i * HOUR).filter((at) => toLocalField(at).endsWith("00:00"));
    const quarters = this.span > 72 ? [] : Array.from({ length: this.span }, (_, i) => Math.ceil(from / HOUR) * HOUR + i * HOUR).filter((at) => ["06:00", "12:00", "18:00"].includes(toLocalField(at).slice(11)));
    const { open, staffed, withSurge } = series;
    const lines = [
      ...(open === undefined ? [] : [{ name: "open", value: open, type: [4, 3] }]),
      ...(staffed === undefined ? [] : [{ name: "staffed", value: staffed, type: "solid" }]),
      ...(open !== undefined && withSurge !== undefined && withSurge > open ? [{ name: "surge", value: withSurge, type: [2, 3] }] : []),
    ].sort((a, b) => b.value - a.value);
    const values = [series.patients, ...shown.flatMap(({ i }) => [series.low95[i], series.high95[i]]), ...lines.map((line) => line.value)];
    if (this.changed !== null) {
      const { changed } = this;
      values.push(...shown.flatMap(({ i }) => [changed.low95[i], changed.high95[i]]), changed.beds ?? 0);
    }
    const top = Math.max(...values);
    const low = Math.min(...values);
    const base = low > top / 2 ? Math.max(0, Math.floor((low - (top - low) * 0.1) / 10) * 10) : 0;
    const ceiling = Math.ceil(top + (top - base) * 0.08 + 1);
    const height = this.clientHeight - 60;
    const text = { color: ink["ink-3"], fontFamily: font, fontSize: 11 };
    const labels = labelsOf(lines, height / (ceiling - base));
    /** One polygon: where both axes are numbers, areas cannot be stacked. @param {number[][]} below @param {number[][]} above @param {number} opacity */
    const band = (below, above, opacity) => ({
      type: "custom",
      silent: true,
      clip: true,
      data: [below[0]],
      renderItem: (/** @type {any} */ _, /** @type {any} */ api) => ({
        type: "polygon",
        shape: { points: [...below, ...above.toReversed()].map((point) => api.coord(point)) },
        style: { fill: ink.accent, opacity },
      }),
    });
    return {
      animation: false,
      backgroundColor: "transparent",
      textStyle: { fontFamily: font },
      grid: { left: 44, right: 132, top: 26, bottom: 34 },
      xAxis: {
        type: "value",
        min: from,
        max: to,
        axisLine: { onZero: false, lineStyle: { color: ink.line } },
        axisTick: { customValues: [...midnights, ...quarters], lineStyle: { color: ink.line } },
        splitLine: { show: false },
        axisPointer: { label: { show: false } },
        axisLabel: {
          ...text,
          customValues: [...midnights, ...quarters],
          hideOverlap: true,
          formatter: (/** @type {number} */ at) => (toLocalField(at).endsWith("00:00") ? `{midnight|${this.span > 72 ? weekday(at) : day(at)}}` : time(at)),
          rich: { midnight: { ...text, color: ink["ink-2"], fontWeight: 600 } },
        },
      },
      yAxis: {
        type: "value",
        min: base,
        max: ceiling,
        minInterval: 1,
        axisLine: { show: false },
        axisTick: { show: false },
        splitLine: { lineStyle: { color: ink["line-2"] } },
        axisLabel: { ...text, showMaxLabel: false, showMinLabel: base === 0, formatter: (/** @type {number} */ value) => number(value) },
      },
      tooltip: {
        ...tooltip(ink, font),
        formatter: (/** @type {any[]} */ hit) => this.#said(series, shown, hit[0]?.axisValue ?? from),
      },
      series: [
        ...BANDS.map(([lower, upper, opacity]) => band(points(series, lower), points(series, upper), opacity)),
        { type: "line", data: points(series, "median"), symbol: "none", lineStyle: { color: ink.accent, width: 2 }, z: 4 },
        ...(this.changed === null ? [] : [{ type: "line", data: points(this.changed, "median"), symbol: "none", lineStyle: { color: ink.warn, width: 2, type: [6, 4] }, z: 5 }]),
        {
          type: "line",
          data: [],
          z: 3,
          markLine: {
            silent: true,
            symbol: "none",
            animation: false,
            data: [
              ...midnights.map((at) => ({ xAxis: at, lineStyle: { color: ink.line, type: "solid" }, label: { show: false } })),
              ...lines.map((line) => ({
                yAxis: line.value,
                lineStyle: { color: line.name === "staffed" ? ink.ink : ink["line-strong"], type: line.type },
                label: { show: labels.has(line), position: "end", distance: 6, formatter: labels.get(line) ?? "", color: ink["ink-2"], fontFamily: font, fontSize: 11, lineHeight: 14 },
              })),
            ],
          },
        },
      ],
    };
  }

  /** @param {Drawn} series @param {{i: number, at: number}[]} shown @param {number} at */
  #said(series, shown, at) {
    const near = shown.reduce((best, one) => (Math.abs(one.at - at) < Math.abs(best.at - at) ? one : best), shown[0]);
    const { i } = near;
    return [
      `${day(near.at)}, ${time(near.at)}`,
      t(`${this.words}.median`, { count: series.median[i] }),
      ...[...BANDS].reverse().map(([lower, upper]) => t("forecast.band", { share: lower.slice(3), low: series[lower][i], high: series[upper][i] })),
      ...(series.noFreeBed === undefined ? [] : [t("forecast.noFreeBedAt", { percent: Math.round(series.noFreeBed[i] * 100) })]),
      ...(series.tension === undefined ? [] : [t("forecast.thresholdAt", { beds: series.thresholdBeds, percent: Math.round(series.tension[i] * 100) })]),
      ...(this.changed === null ? [] : [t(`${this.words}.changedAt`, { count: this.changed.median[i], percent: Math.round((this.changed.noFreeBed?.[i] ?? 0) * 100) })]),
    ].join("\n");
  }
}

customElements.define("chevet-forecast-chart", ForecastChart);
