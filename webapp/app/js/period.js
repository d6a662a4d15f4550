// Stretches of days in UTC, as the bill has them.
const DAY_MILLIS = 86_400_000;

export const PERIODS = [['', 'All times'], ['1', 'Today'], ['7', 'Last 7 days'], ['30', 'Last 30 days'], ['90', 'Last 90 days'], ['month', 'This month'], ['last-month', 'Last month']];

const text = (millis) => new Date(millis).toISOString().replace('.000Z', 'Z');

export function rangeOf(name, now = new Date()) {
	if (name === '') return {};
	const month = (step) => Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + step, 1);
	const tomorrow = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1);
	const [from, to] = name === 'month' ? [month(0), tomorrow] : name === 'last-month' ? [month(-1), month(0)] : [tomorrow - Number(name) * DAY_MILLIS, tomorrow];
	return { from: text(from), to: text(to) };
}

export function daysOf({ from, to }) {
	const days = [];
	for (let at = Date.parse(from); at < Date.parse(to); at += DAY_MILLIS) days.push(text(at).slice(0, 10));
	return days;
}
