// What a list of the bill is narrowed by. The address of the page has it too, so that it can be kept.
import { list, withQuery } from './api.js';
import { h, link } from './dom.js';
import { field, select } from './form.js';

/** Every item of a list by its id; nothing where the list cannot be had. */
export async function named(path) {
	const items = await list(path).catch(() => []);
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
