// A list of which there may be more: a page of it, and a button for the next.
import { get, withQuery } from './api.js';
import { add, busy, button, fill, h, sayIn, table } from './dom.js';

/** Draws into `box`; `none` is what stands there if there is nothing. */
export async function paged(box, path, caption, columns, none, limit = 50) {
	const rows = [];
	const said = h('div');
	let cursor = null;

	async function more() {
		const page = await get(withQuery(path, { cursor, limit }));
		rows.push(...page.data);
		cursor = page.next_cursor;
		const next = cursor ? button('Show more', () => busy(next, more).catch(sayIn(said))) : null;
		fill(box, rows.length ? table(caption, columns, rows) : none);
		add(box, said, next ? h('div.actions', next) : null);
	}

	await more().catch(sayIn(box));
}
