// What the pages of the bill have in common: where they are, what they are narrowed by, and lists of
// which there may be more.
import { get, listOf, withQuery } from './api.js';
import { add, busy, button, fill, h, link, sayIn, table } from './dom.js';
import { field, select } from './form.js';

const BILLING = [['billing', 'Overview'], ['requests', 'Requests'], ['transactions', 'Transactions']];

export const billingHead = (name, ...extra) => [
	h('div.head', h('h1', 'Billing'), extra),
	h('nav.subnav', { 'aria-label': 'Billing' }, BILLING.map(([page, text]) => link(text, `/app/${page}`, { 'aria-current': page === name ? 'page' : null }))),
];

// Every item of a list by its id; nothing where the list cannot be had.
export async function named(path) {
	const items = await listOf(path).catch(() => []);
	const names = new Map(items.map((item) => [String(item.id), `${item.name} (${item.id})`]));
	return { options: [...names], nameOf: (id) => names.get(String(id)) ?? String(id) };
}

/**
 * Choices by name, as [label, options, default]; `draw(values)` is called now and with each change,
 * and returns where the CSV of the same is.
 */
export function filters(box, choices, draw) {
	const asked = new URLSearchParams(location.search);
	const controls = Object.entries(choices).map(([name, [, options, usual = '']]) => {
		const control = select(name, options, { onchange: change });
		const wanted = asked.get(name);
		control.value = options.some(([value]) => value === wanted) ? wanted : usual;
		return control;
	});
	const csv = link('CSV', '#', { class: 'button', download: '' });
	box.append(h('div.filters', controls.map((control) => field(choices[control.name][0], control)), csv));

	function show() {
		const values = Object.fromEntries(controls.map((control) => [control.name, control.value]));
		csv.href = draw(values);
		return values;
	}

	function change() {
		history.replaceState(null, '', withQuery(location.pathname, show()));
	}

	show();
}

// Draws into `box`; `none` is what stands there if there is nothing.
export async function paged(box, path, caption, columns, none) {
	const rows = [];
	const said = h('div');
	let cursor = null;

	async function more() {
		const page = await get(withQuery(path, { cursor }));
		rows.push(...page.data);
		cursor = page.next_cursor;
		const next = cursor ? button('Show more', () => busy(next, more).catch(sayIn(said))) : null;
		fill(box, rows.length ? table(caption, columns, rows) : none);
		add(box, said, next ? h('div.actions', next) : null);
	}

	await more().catch(sayIn(box));
}
