// @ts-check
/** @typedef {"NORMAL"|"WATCH"|"TENSION"|"CRISIS"} TensionLevel */
/**
 * @typedef {{service: string|null, level: TensionLevel, since: string, loadPercent: number|null, needed: number, staffed: number,
 *   thresholdPercent: number, shortage: number|null, saturationHours: number|null, thresholdHours: number|null, why: Why}} Level
 */
/**
 * @typedef {{id: string, title: string, level: TensionLevel, service: string|null, owner: string, deadlineMinutes: number,
 *   state: "IDLE"|"RAISED"|"OVERDUE"|"TAKEN_ON"|"CLOSED", raisedAt: string|null, due: string|null, takenOnAt: string|null,
 *   takenOnBy: string|null, closedAt: string|null, note: string|null, bedsGained: number|null}} Card
 */
/** @typedef {"LOAD"|"FORESEEN"|"SATURATION"|"HELD"} Why */
/** @typedef {{service: string|null, card: string|null, why: Why|null, value: number|null, limit: number|null, since: string}} Reason */
/**
 * @typedef {{key: string, kind: string, level: TensionLevel, since: string, reasons: Reason[], snoozedUntil: string|null,
 *   snoozeReason: string|null}} Alert
 */
/**
 * @typedef {{sequence: number, now: string, levels: Level[], cards: Card[], alerts: Alert[], snoozed: Alert[], unshown: number,
 *   changes: {at: string, service: string|null, from: TensionLevel, to: TensionLevel}[]}} Tension
 */
/** @typedef {{service: string|null, values: {indicator: string, unit: string, value: number|null, sequence: number, ageSeconds: number}[], dischargesByHour: number[]}} Scope */
/** @typedef {{now: string, days: number, scopes: Scope[]}} Indicators */
