// @ts-check
/** @import {Bands, Drawn, Forecast} from "../core/forecast.js" */
import { counted } from "../core/forecast.js";
import { day, shortDay, time, toLocalField, weekday } from "../i18n/format.js";
import { number, t } from "../i18n/index.js";
import { Chart, labelsOf, tooltip } from "./chart.js";

const HOUR = 3_600_000;
const LEFT = 44;
/** As wide as a phone: what a chart is narrow at. */
const NARROW_PIXELS = 520;
/** From one label of a midnight to the next, and to that of an hour beside it. */
const DAY_PIXELS = 78;
const SHORT_DAY_PIXELS = 38;
const HOUR_PIXELS = 56;
/** One midnight in so many is named. */
const NAMED = [1, 2, 3, 7, 14];
const BANDS = /** @type {const} */ ([
  ["low95", "high95", 0.1],
  ["low80", "high80", 0.16],
  ["low50", "high50", 0.26],
]);

/**
 * How many patients there were, up to now, and the bands in which their number will be, under the beds there are; or how many came or left since then, and
 * how many will until then. For eyes only: the same figures stand in words beside it.
 */
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
    const past = counted(forecast, series, this.span);
    const start = past[0]?.at ?? from;
    const to = from + this.span * HOUR;
    const narrow = this.clientWidth < NARROW_PIXELS;
    const right = narrow ? 104 : 132;
    const perHour = (this.clientWidth - LEFT - right) / ((to - start) / HOUR);
    const hours = Array.from({ length: Math.ceil((to - start) / HOUR) }, (_, i) => Math.ceil(start / HOUR) * HOUR + i * HOUR).map((at) => ({ at, local: toLocalField(at).slice(11) }));
    const midnights = hours.filter(({ local }) => local === "00:00").map(({ at }) => at);
    const every = NAMED.find((days) => days * 24 * perHour >= (narrow ? SHORT_DAY_PIXELS : DAY_PIXELS)) ?? 28;
    const midnight = narrow ? (this.span > 72 ? shortDay : weekday) : day;
    const next = midnights.findIndex((at) => at > from);
    const named = midnights.filter((_, i) => (i - next) % every === 0);
    const between = this.span > 72 || 12 * perHour < HOUR_PIXELS ? [] : 6 * perHour < HOUR_PIXELS ? ["12:00"] : ["06:00", "12:00", "18:00"];
    const quarters = hours.filter(({ local }) => between.includes(local)).map(({ at }) => at);
    const { open, staffed, withSurge } = series;
    const lines = [
      ...(open === undefined ? [] : [{ name: "open", value: open, type: [4, 3] }]),
      ...(staffed === undefined ? [] : [{ name: "staffed", value: staffed, type: "solid" }]),
      ...(open !== undefined && withSurge !== undefined && withSurge > open ? [{ name: "surge", value: withSurge, type: [2, 3] }] : []),
    ].sort((a, b) => b.value - a.value);
    const values = [series.patients, ...past.map(({ count }) => count), ...shown.flatMap(({ i }) => [series.low95[i], series.high95[i]]), ...lines.map((line) => line.value)];
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
      grid: { left: LEFT, right, top: 26, bottom: 34 },
      xAxis: {
        type: "value",
        min: start,
        max: to,
        axisLine: { onZero: false, lineStyle: { color: ink.line } },
        axisTick: { customValues: [...midnights, ...quarters], lineStyle: { color: ink.line } },
        splitLine: { show: false },
        axisPointer: { label: { show: false } },
        axisLabel: {
          ...text,
          customValues: [...named, ...quarters],
          hideOverlap: true,
          formatter: (/** @type {number} */ at) => (toLocalField(at).endsWith("00:00") ? `{midnight|${midnight(at)}}` : time(at)),
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
        formatter: (/** @type {any[]} */ hit) => this.#said(series, past, shown, hit[0]?.axisValue ?? from),
      },
      series: [
        ...BANDS.map(([lower, upper, opacity]) => band(points(series, lower), points(series, upper), opacity)),
        { type: "line", name: "past", data: unbroken(past, from, series.patients, this.span), symbol: "none", lineStyle: { color: ink.accent, width: 2.5 }, z: 5 },
        { type: "line", name: "median", data: points(series, "median"), symbol: "none", lineStyle: { color: ink.accent, width: 1.5, opacity: 0.8 }, z: 4 },
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
              ...named.map((at) => ({ xAxis: at, lineStyle: { color: ink.line, type: "solid" }, label: { show: false } })),
              ...lines.map((line) => ({
                yAxis: line.value,
                lineStyle: { color: line.name === "staffed" ? ink.ink : ink["line-strong"], type: line.type },
                label: { show: labels.has(line), position: "end", distance: 6, formatter: labels.get(line) ?? "", color: ink["ink-2"], fontFamily: font, fontSize: 11, lineHeight: 14 },
              })),
              {
                xAxis: from,
                lineStyle: { color: ink.mark, width: 1.5, type: "solid" },
                label: { show: true, position: "end", distance: 5, formatter: t("occupancy.now", { at: time(from) }), color: ink.mark, fontFamily: font, fontSize: 11, fontWeight: 600 },
              },
            ],
          },
        },
      ],
    };
  }

  /** @param {Drawn} series @param {{at: number, count: number}[]} past @param {{i: number, at: number}[]} shown @param {number} at */
  #said(series, past, shown, at) {
    const near = nearest(shown, at);
    const before = nearest(past, at);
    if (before !== undefined && Math.abs(before.at - at) < Math.abs(near.at - at)) {
      return `${day(before.at)}, ${time(before.at)}\n${t(`${this.words}.counted`, { count: before.count })}`;
    }
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

/** A line that ends where nobody counted, and at last meets the forecast. @param {{at: number, count: number}[]} past @param {number} now @param {number} patients @param {number} span */
function unbroken(past, now, patients, span) {
  const step = span > 72 ? 25 * HOUR : HOUR;
  return past.flatMap(({ at, count }, i) => {
    const next = past[i + 1]?.at ?? now;
    return next - at > step ? [[at, count], [at, null]] : [[at, count]];
  }).concat(past.length === 0 ? [] : [[now, patients]]);
}

/** @template {{at: number}} T @param {T[]} all @param {number} at */
function nearest(all, at) {
  return all.reduce((best, one) => (Math.abs(one.at - at) < Math.abs(best.at - at) ? one : best), all[0]);
}

customElements.define("chevet-forecast-chart", ForecastChart);
