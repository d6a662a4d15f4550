// Stretches of days in UTC, as the bill has them.
const DAY_MILLIS = 86_400_000;

const midnight = (date) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
const month = (date, step) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + step, 1);

/** From the first to the last, which is not part of it: milliseconds of the epoch. */
export function periodOf(name, now = new Date()) {
  const tomorrow = midnight(now) + DAY_MILLIS;
  if (name === 'month') return [month(now, 0), tomorrow];
  if (name === 'last-month') return [month(now, -1), month(now, 0)];
  return [tomorrow - Number(name) * DAY_MILLIS, tomorrow];
}

const text = (millis) => new Date(millis).toISOString().replace('.000Z', 'Z');

/** As the API's parameters. */
export const rangeOf = ([from, to]) => ({ from: text(from), to: text(to) });

/** Every day of a range: `2026-11-23`. */
export function daysOf({ from, to }) {
  const days = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += DAY_MILLIS) days.push(text(at).slice(0, 10));
  return days;
}
