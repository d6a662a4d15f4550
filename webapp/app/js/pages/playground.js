import { listOf, withQuery } from '../api.js';
import { add, banner, calls, dialog, empty, failure, fill, h, link } from '../dom.js';
import { field } from '../form.js';
import { categories, categoryName, exactMoney } from '../format.js';
import { snippets } from '../snippets.js';

export const title = 'Playground';

// Each category has a panel in a module of its own, which returns how to end it.
const panelOf = (category) => import(`../playground/${category}.js`);

export async function render(page) {
	const pick = h('div.pick');
	const panel = h('div.panel');
	add(page, h('div.head', h('h1', title), pick), panel);
	let models;
	try {
		models = await listOf('/api/models');
	} catch (error) {
		fill(panel, failure(error));
		return;
	}
	if (models.length === 0) {
		fill(panel, empty('Nothing to try yet', 'The Playground calls your running OpenAI-compatible instances. Launch one first.',
			link('Launch an instance', '/app/launch', 'button primary')));
		return;
	}
	const choice = selectOf(models);
	const asked = new URLSearchParams(location.search).get('model');
	const known = models.some((model) => model.model === asked);
	if (known) choice.value = asked;
	let end = () => {};

	async function show() {
		const model = models.find((one) => one.model === choice.value);
		// A job in the address is one of the model's that is named there.
		const job = location.search && new URLSearchParams(location.search).get('model') === model.model ? new URLSearchParams(location.search).get('job') : null;
		history.replaceState(null, '', withQuery(location.pathname, { model: model.model, job }));
		end();
		end = () => {};
		fill(panel, model.regions_healthy === 0 ? banner('warn', 'No region of this instance is healthy at the moment: requests will be refused until one is.') : null);
		const box = h('div', { class: model.category });
		add(panel, pricesOf(model), box);
		try {
			const { panel: build } = await panelOf(model.category);
			end = build({ model: model.model, box, showCode: (body) => showCode(model.category, body) }) ?? end;
		} catch (error) {
			fill(box, failure(error));
		}
	}

	choice.addEventListener('change', show);
	fill(pick, field('Model', choice));
	await show();
	if (asked && !known) panel.prepend(banner('warn', `${asked} cannot be called at the moment: it is not running, or it is no OpenAI-compatible instance of yours.`));
}

function selectOf(models) {
	return h('select', { name: 'model' }, categories.map((category) => {
		const of = models.filter((model) => model.category === category);
		return of.length ? h('optgroup', { label: categoryName(category) }, of.map((model) => h('option', { value: model.model }, model.platform ? `${model.model} (platform)` : model.model))) : null;
	}));
}

const PER = { images: 'image', seconds: 'second' };

function pricesOf({ prices }) {
	return prices?.length
		? h('p.hint.prices', prices.map(({ unit, size, amount }) => `${exactMoney(amount)} ${PER[unit] ? `each ${PER[unit]}${size ? ` of ${size}` : ''}` : `a million ${unit.replaceAll('_', ' ')}`}`).join(' · '))
		: null;
}

const showCode = (category, body) => dialog('The same request in code', () => calls(snippets(category, body)));
