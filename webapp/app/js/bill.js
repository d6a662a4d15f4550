// What the pages of the bill have in common: where they are, what they are narrowed by, and lists of
// which there may be more.
import { fileOf, get, listOf, withQuery } from './api.js';
import { add, busy, button, failure, fill, h, link, rowsOf, sayIn, table } from './dom.js';
import { field, select } from './form.js';

const BILLING = [['billing', 'Overview'], ['requests', 'Requests'], ['transactions', 'Transactions']];

export const billingHead = (name, ...extra) => [
	h('div.head', h('h1', 'Billing'), extra),
	h('nav.subnav', { 'aria-label': 'Billing' }, BILLING.map(([page, text]) => link(text, `/app/${page}`, { 'aria-current': page === name ? 'page' : null }))),
];

// Every item of a list by its id; nothing where the list cannot be had.
const named = async (path) => (await listOf(path).catch(() => [])).map(({ id, instance_id: of = id, name }) => [String(of), `${name} (${of})`]);

function choicesOf(options) {
	const names = new Map(options);
	return { options: [...names], nameOf: (id) => names.get(String(id)) ?? String(id) };
}

export const keyNames = async () => choicesOf(await named('/api/keys'));

// The account's instances, and those models of the platform's that it can call; only its own have a page.
export async function instanceNames() {
	const [own, models] = await Promise.all([named('/api/instances'), named('/api/models')]);
	const choices = choicesOf([...models, ...own]);
	const isOwn = new Set(own.map(([id]) => id));
	return { ...choices, linkTo: (id) => (isOwn.has(String(id)) ? link(choices.nameOf(id), `/app/instance?id=${id}`) : choices.nameOf(id)) };
}

// A file, which is saved when it has come whole: a refusal is said.
export function csvLink(href, said) {
	const csv = link('CSV', href, { class: 'button', onclick: (event) => {
		event.preventDefault();
		fill(said);
		busy(csv, async () => {
			const address = URL.createObjectURL(await fileOf(csv.href));
			link('', address, { download: `ecolink-${new URL(csv.href).pathname.split('/').pop()}` }).click();
			setTimeout(() => URL.revokeObjectURL(address), 60_000);
		}).catch(sayIn(said));
	} });
	return csv;
}

/**
 * Choices by name, as [label, options, default]; `draw(values)` is called now and with each change,
 * and returns a promise of what to show and where the CSV of the same is. An answer that comes after
 * that of a later choice is not shown.
 */
export function filters(page, choices, draw) {
	const asked = new URLSearchParams(location.search);
	const controls = Object.entries(choices).map(([name, [, options, usual = '']]) => {
		const control = select(name, options, { onchange: change });
		const wanted = asked.get(name);
		control.value = options.some(([value]) => value === wanted) ? wanted : usual;
		return control;
	});
	const said = h('div');
	const shown = h('div', h('p.loading', 'Loading…'));
	const told = h('p.unseen', { role: 'status' });
	const csv = csvLink('#', said);
	add(page, h('div.filters', controls.map((control) => field(choices[control.name][0], control)), csv), said, told, shown);
	let turn = 0;

	const values = () => Object.fromEntries(controls.map(({ name, value }) => [name, value]));

	async function show() {
		const mine = ++turn;
		const [content, file] = draw(values());
		csv.href = file;
		told.textContent = '';
		const now = await content.catch(failure);
		if (mine !== turn) return;
		fill(shown, now);
		told.textContent = 'The numbers below are up to date.';
	}

	function change() {
		history.replaceState(null, '', withQuery(location.pathname, values()));
		show();
	}

	return show();
}

// A promise of a list of which there may be more; `none` is what stands there if there is nothing.
export async function paged(path, caption, columns, none) {
	let { data, next_cursor: cursor } = await get(path);
	if (data.length === 0) return none;
	const list = table(caption, columns, data);
	const said = h('div');
	const more = h('div.actions', button('Show more', ({ target }) => busy(target, async () => {
		({ data, next_cursor: cursor } = await get(withQuery(path, { cursor })));
		add(list.querySelector('tbody'), rowsOf(columns, data));
		fill(said);
		if (cursor) return;
		more.remove();
		list.focus();
	}).catch(sayIn(said))));
	return [list, said, cursor ? more : null];
}
