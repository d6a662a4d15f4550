import { listOf } from '../api.js';
import { add, empty, fill, h, link, repeatedly, sayIn, table } from '../dom.js';
import { categoryName, when } from '../format.js';
import { checkbox } from '../form.js';
import { asDrawn, callAs, isOver, isSettled, pill, regionPills } from '../state.js';

export const title = 'Instances';

const launchLink = (text = 'Launch an instance') => link(text, '/app/launch', 'button primary');

const COLUMNS = [
	['Name', (i) => [link(i.name, `/app/instance?id=${i.id}`, 'strong'), i.platform ? h('span.tag', 'platform') : null]],
	['State', (i) => pill(i.state)],
	['Call it as', (i) => callAs(i)],
	['Category', (i) => categoryName(i.category)],
	['Regions', regionPills],
	['Launched', (i) => when(i.created_at)],
];

export async function render(page) {
	const list = h('div');
	const all = checkbox('Show stopped ones', { onchange: draw });
	add(page, h('div.head', h('h1', title), all, launchLink()), list);
	let instances = [];
	let drawn = '';

	async function load() {
		instances = await listOf('/api/instances');
		draw();
	}

	function draw() {
		const shown = instances.filter((instance) => all.control.checked || !isOver(instance));
		const now = asDrawn([shown, instances.length]);
		if (now === drawn) return; // so that nobody loses the focus
		drawn = now;
		fill(list, instances.length === 0 ? first() : shown.length === 0 ? none() : table('Your instances', COLUMNS, shown));
	}

	await load().catch(sayIn(list));
	repeatedly(() => (instances.every(isSettled) ? 10_000 : 2_000), load);
}

const first = () => empty('No instances yet',
	'An instance is an inference container of yours. Launch one, try it in the Playground, and make a key for your programs.',
	launchLink('Launch the first'));

const none = () => empty('None is running', 'All instances of this account have been stopped.', launchLink());
