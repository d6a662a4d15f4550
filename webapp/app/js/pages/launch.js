import { get, leaveFor, listOf, post } from '../api.js';
import { add, banner, empty, h, link } from '../dom.js';
import { checkbox, field, form, input, members, pair, select } from '../form.js';
import { categories, categoryName, exactMoney } from '../format.js';

export const title = 'Launch an instance';

export async function render(page) {
	add(page, h('div.head', h('h1', title), link('Back to the instances', '/app/instances')));
	const like = new URLSearchParams(location.search).get('like');
	const [regions, prices, model] = await Promise.all([listOf('/api/regions'), listOf('/api/gpu-types').catch(() => []),
		like && get(`/api/instances/${encodeURIComponent(like)}`).catch(() => null)]);
	const open = regions.filter((region) => !region.draining);
	add(page, open.length === 0
		? empty('There is no region to run in', 'The gateway’s operator makes regions, with POST /api/admin/regions. Ask for one, then come back.')
		: launchForm(open, prices, model));
}

// `like` is an instance to launch another of.
function launchForm(regions, gpuPrices, like) {
	const name = input('name', { required: true, autofocus: true, placeholder: 'my-llama', maxlength: 128, spellcheck: 'false' });
	const openai = checkbox('Container is OpenAI-compatible', { checked: true, onchange: modes },
		'It answers under /v1, as vLLM, TGI and llama.cpp do: part of the unified API, billed by use.');
	const category = field('Category', select('category', categories.map((c) => [c, categoryName(c)])), { hint: 'Which endpoint of the unified API it serves.' });
	const path = field('Custom API path', input('custom_api_path', { placeholder: '/generate', maxlength: 512, spellcheck: 'false' }),
		{ hint: 'Requests to this path and all below it are passed on as they are; / is everything. Billed by GPU-hours.' });
	const protocol = field('Protocol', select('protocol', [['http/1.1', 'HTTP/1.1'], ['h2c', 'HTTP/2 without TLS (gRPC)']]));
	const cost = h('p.hint', { 'aria-live': 'polite' });
	const gpuType = gpuPrices.length
		? select('gpu_type', [['', 'None'], ...gpuPrices.map((price) => [price.gpu_type, `${price.gpu_type} – ${exactMoney(price.amount)} an hour`])], { onchange: modes })
		: input('gpu_type', { placeholder: 'h100', maxlength: 64 });
	const health = field('Health path', input('health_path', { placeholder: '/health', spellcheck: 'false' }), { hint: 'Asked every few seconds; a container that answers it is healthy.' });
	const byConnection = checkbox('Check by connection alone', { onchange: modes }, 'A container that takes a connection is healthy, whatever it would answer.');
	const gpuCount = input('gpu_count', { type: 'number', min: 0, max: 1024, inputmode: 'numeric', oninput: modes });
	const places = regions.map((region) => placeOf(region, modes));

	function modes() {
		const custom = !openai.control.checked;
		category.hidden = custom;
		path.hidden = protocol.hidden = !custom;
		path.control.required = custom;
		health.hidden = byConnection.control.checked;
		const price = gpuPrices.find((p) => p.gpu_type === gpuType.value);
		const count = Number(gpuCount.value || (gpuType.value ? 1 : 0)) * places.filter((place) => place.isChosen()).length;
		cost.textContent = custom && price && count
			? `${count} × ${exactMoney(price.amount)} for each hour that it runs, to the second.`
			: custom && gpuPrices.length ? 'Choose a GPU type: an instance in this mode is billed by its GPU-hours.' : '';
	}

	const element = form('Launch', [
		field('Name', name, { hint: 'What the container calls its model, such as llama3:8b.' }),
		openai, category, path, protocol,
		h('fieldset', h('legend', 'Regions'),
			h('p.hint', 'Where the container runs, and the URL to call it by. Each takes over when another fails.'),
			places.map((place) => place.box)),
		h('fieldset', h('legend', 'GPUs'), pair(field('GPU type', gpuType), field('GPUs in each region', gpuCount)), cost),
		h('details', h('summary', 'More'),
			health, byConnection,
			field('The container’s own API key', input('upstream_key', { type: 'password', autocomplete: 'new-password', maxlength: 4096 }), { hint: 'If it was started with one (vLLM’s --api-key). Kept encrypted, never shown again.' })),
	], async () => {
		const launched = await post('/api/instances', request());
		return leaveFor(`/app/instance?id=${launched.id}&launched`);
	}, link('Cancel', '/app/instances', 'button'));

	function request() {
		const { category: chat, custom_api_path: custom, protocol: spoken, ...typed } = members(element.elements);
		const chosen = places.filter((place) => place.isChosen());
		chosen.forEach((place, i) => (place.endpoint.param = `regions[${i}].endpoint`));
		return {
			...typed,
			...(byConnection.control.checked ? { health_path: '' } : {}),
			...(openai.control.checked ? { category: chat } : { openai_compatible: false, custom_api_path: custom, protocol: spoken }),
			regions: chosen.map((place) => ({ region: place.region.id, endpoint: place.endpoint.control.value.trim() || undefined })),
		};
	}

	if (like) {
		openai.control.checked = like.openai_compatible;
		byConnection.control.checked = !like.health_path;
		for (const control of element.elements) if (like[control.name]) control.value = like[control.name];
		places.forEach((place) => place.choose(like.regions.find((replica) => replica.region === place.region.id)));
		if (like.has_upstream_key) element.prepend(banner('warn', 'The container’s own API key is not copied: write it under More.'));
	}
	modes();
	return element;
}

function placeOf(region, changed) {
	const endpoint = field(`Endpoint in ${region.name}`, input('', { type: 'url', inputmode: 'url', placeholder: 'http://10.0.0.5:8000', spellcheck: 'false' }));
	endpoint.hidden = true;
	const box = checkbox(region.name === region.id ? region.id : `${region.name} (${region.id})`, { value: region.id, onchange: (event) => {
		endpoint.hidden = !event.target.checked;
		if (event.target.checked) endpoint.control.focus();
		changed();
	} });
	function choose(replica) {
		if (!replica) return;
		box.control.checked = true;
		endpoint.hidden = false;
		endpoint.control.value = replica.endpoint;
	}
	return { region, endpoint, choose, box: h('div.place', box, endpoint), isChosen: () => box.control.checked };
}
