import { get, withQuery } from '../api.js';
import { billingHead, filters, instanceNames } from '../bill.js';
import { drawChart } from '../chart.js';
import { add, banner, empty, fill, h, link, sayIn, table } from '../dom.js';
import { exactMoney, isNotPositive, milliseconds, money, number, short } from '../format.js';
import { PERIODS, daysOf, rangeOf } from '../period.js';

export const title = 'Billing';

const MEAN = 'first_token';
const METRICS = {
	cost: ['Cost', (row) => Number(row.cost), (value) => money(value.toFixed(9))],
	requests: ['Requests', (row) => row.requests, number],
	tokens: ['Tokens', (row) => row.input_tokens + row.output_tokens, short],
	[MEAN]: ['Time to first token', (row) => row.time_to_first_token_ms ?? null, milliseconds],
};

export async function render(page) {
	const summary = h('div');
	add(page, billingHead('billing'), summary);
	drawSummary(summary).catch(sayIn(summary));
	const instances = await instanceNames();
	await filters(page, {
		period: ['Period', PERIODS.filter(([value]) => value), '30'],
		instance: ['Instance', [['', 'All instances'], ...instances.options]],
		metric: ['Chart', Object.entries(METRICS).map(([name, [text]]) => [name, text]), 'cost'],
	}, ({ period, instance, metric }) => {
		const filter = { ...rangeOf(period), instance };
		return [usage(filter, metric, instances), withQuery('/api/usage.csv', filter)];
	});
}

async function drawSummary(box) {
	const bill = await get('/api/billing');
	const tile = (name, text, hint, exact) => h('div.tile', h('dt', name), h('dd', { title: exact }, text), hint ? h('dd.hint', hint) : null);
	const tokens = bill.input_tokens + bill.output_tokens;
	fill(box, warningsOf(bill), h('dl.tiles',
		tile('Balance', money(bill.balance), left(bill), exactMoney(bill.balance)),
		tile('Cost this month', money(bill.cost), 'since the 1st, UTC', exactMoney(bill.cost)),
		tile('Calls this month', short(bill.requests), null, number(bill.requests)),
		tile('Tokens this month', short(tokens), `${short(bill.input_tokens)} in, ${short(bill.output_tokens)} out`, number(tokens))));
}

function left({ hours_left: hours, burn_per_hour: burn }) {
	if (hours === null || hours === undefined) return null;
	const time = hours < 1 ? `${Math.round(hours * 60)} minutes` : hours < 48 ? `${Math.round(hours)} hours` : hours < 8760 ? `${Math.round(hours / 24)} days` : 'More than a year';
	return `${time} at ${money(burn)} an hour`;
}

const warningsOf = ({ warnings = [], balance }) =>
	warnings.length ? warnings.map((warning) => banner('warn', warning.message))
		: isNotPositive(balance) ? banner('bad', 'The balance is used up: requests are refused until the gateway’s operator tops it up.') : null;

async function usage(filter, metric, { nameOf, linkTo }) {
	const sums = (group_by) => get(withQuery('/api/usage', { ...filter, group_by })).then((list) => list.data);
	const [byDay, byInstance, byBoth] = await Promise.all(['day', 'instance', 'day,instance'].map(sums));
	return byDay.length === 0 ? nothing() : [
		chartOf(daysOf(filter), byBoth, metric, nameOf),
		h('h2', 'By instance'), table('Usage by instance', columns('Instance', (row) => linkTo(row.group)), byInstance),
		h('h2', 'By day'), table('Usage by day', columns('Day (UTC)', (row) => row.group), byDay.reverse()),
	];
}

const nothing = () => empty('Nothing was used in this time', 'Costs appear here seconds after a request. Make one in the Playground, or choose another period.',
	link('Open the Playground', '/app/playground', 'button primary'));

const columns = (name, cell) => [
	[name, cell],
	['Requests', (row) => number(row.requests), 'number'],
	['Not billed', (row) => number(row.errors), 'number'],
	['Input tokens', (row) => number(row.input_tokens), 'number'],
	['Output tokens', (row) => number(row.output_tokens), 'number'],
	['Images', (row) => number(row.images), 'number'],
	['Media seconds', (row) => number(row.seconds), 'number'],
	['GPU hours', (row) => number(Math.round((row.gpu_seconds ?? 0) / 36) / 100), 'number'],
	['First token', (row) => milliseconds(row.time_to_first_token_ms), 'number'],
	['Cost', (row) => h('span', { title: exactMoney(row.cost) }, money(row.cost)), 'number'],
];

// Sums are stacked by instance; means, of which there is no sum, are lines.
function chartOf(days, rows, metric, nameOf) {
	const [name, valueOf, text] = METRICS[metric];
	const lines = metric === MEAN;
	const found = new Map();
	for (const row of rows) {
		const [day, instance] = row.group.split(',');
		if (!found.has(instance)) found.set(instance, new Map());
		found.get(instance).set(day, valueOf(row));
	}
	const series = [...found].map(([instance, values]) => ({ name: nameOf(instance), values: days.map((day) => values.get(day) ?? (lines ? null : 0)) }));
	return drawChart({ title: `${name} by day`, labels: days, series, lines, text });
}
