import { ApiError, del, get, post, withQuery } from '../api.js';
import { add, announce, banner, busy, button, calls, confirm, facts, failure, fill, h, link, live, repeatedly, table, wait } from '../dom.js';
import { categoryName, count, exactMoney, number, when, words } from '../format.js';
import { rangeOf } from '../period.js';
import { customSnippets, sample, snippets } from '../snippets.js';
import { asDrawn, callAs, isHealthy, isOver, isSettled, pill } from '../state.js';

export const title = 'Instance';

const parameters = new URLSearchParams(location.search);
const id = parameters.get('id') ?? '';
const path = `/api/instances/${encodeURIComponent(id)}`;

const CHECK_SECONDS = 60;

export async function render(page) {
	let instance;
	try {
		if (!id) throw new ApiError(404, { message: 'This address names no instance.' });
		instance = await get(path);
	} catch (error) {
		add(page, h('h1', title), failure(error), link('Back to the instances', '/app/instances'));
		return;
	}
	document.title = `${instance.name} · EcoLink`;
	const head = h('div.head');
	const progress = live();
	const about = h('section');
	const regions = h('section');
	const inFlight = h('span');
	const check = h('section');
	add(page, head, progress, about, today(inFlight), regions, check, calling(instance));

	function countInFlight() {
		inFlight.textContent = number(instance.regions.reduce((sum, replica) => sum + replica.in_flight, 0));
	}

	function draw() {
		drawHead(head, instance, async () => {
			instance = await del(path);
			announce('It is being stopped.');
			draw();
			drawCheck(check, instance);
		});
		fill(progress, progressOf(instance));
		countInFlight();
		fill(about, factsOf(instance));
		fill(regions, h('h2', 'Regions'), table('Regions', REGIONS, instance.regions));
	}

	draw();
	drawCheck(check, instance);
	let drawn = asDrawn(instance);
	repeatedly(() => (isOver(instance) ? null : isSettled(instance) ? 8_000 : 1_000), async () => {
		const before = instance.state;
		instance = await get(path);
		countInFlight();
		if (asDrawn(instance) === drawn) return;
		drawn = asDrawn(instance);
		draw();
		if (instance.state !== before) drawCheck(check, instance);
	});
}

function drawHead(head, instance, stop) {
	fill(head, h('h1', instance.name), pill(instance.state),
		instance.model && instance.state === 'running' ? link('Open in the Playground', playgroundOf(instance.model), 'button') : null,
		isOver(instance) || instance.state === 'stopping' ? null : button('Stop…', () => confirm(`Stop ${instance.name}?`,
			'No new request reaches it, those under way may end. It cannot be started again, only launched anew.', 'Stop it', stop), 'danger'),
		isOver(instance) || instance.state === 'failed' ? link('Launch another like it', withQuery('/app/launch', { like: id }), 'button') : null);
}

// The way to running, until it is there.
function progressOf({ state, state_reason: reason, regions, model }) {
	const fresh = parameters.has('launched');
	const healthy = regions.filter(isHealthy).length;
	if (state === 'failed') return banner('bad', `No container was ready in time${reason && reason !== 'not_ready' ? ` (${words(reason)})` : ''}. The regions below say why. The gateway goes on asking: as soon as one answers its health check, the instance runs, and costs. Stop it if it is not wanted.`);
	if (state === 'terminated') return banner('', reason === 'credit_depleted' ? 'Stopped, as the account ran out of credit. Top it up, then launch it anew.' : 'Stopped.');
	if (state === 'running' && healthy) return fresh ? banner('good', 'It is running. ', model ? link('Try it in the Playground', playgroundOf(model)) : 'How to call it is below.') : null;
	if (state === 'running') return banner('bad', 'No region answers its health check now. See that the container listens at the endpoint and answers its health path.');
	if (state === 'stopping') return null;
	const steps = [['Accepted', true], ['Starting', state !== 'pending'], [`Healthy in ${healthy} of ${count(regions.length, 'region')}`, healthy > 0], ['Running', false]];
	return h('div.launching', h('progress', { value: steps.filter(([, is]) => is).length, max: steps.length, 'aria-label': 'Launch' }),
		h('ol.steps', steps.map(([text, is]) => h('li', { class: is ? 'done' : null }, text))));
}

const playgroundOf = (model) => withQuery('/app/playground', { model });

function factsOf(instance) {
	return facts([
		['Call it as', callAs(instance)],
		['Mode', instance.openai_compatible ? `OpenAI-compatible, ${categoryName(instance.category)}` : `Custom at ${instance.custom_api_path}`],
		['Protocol', instance.protocol],
		['Health check', instance.health_path ?? 'By connection'],
		['GPUs in each region', instance.gpu_count ? `${instance.gpu_count} × ${instance.gpu_type ?? 'unnamed'}` : null],
		instance.image && ['Image', instance.image],
		['Key of its own', instance.has_upstream_key ? 'Kept encrypted' : 'None'],
		['Launched', when(instance.created_at)],
		instance.terminated_at && ['Stopped', when(instance.terminated_at)],
		(instance.termination_reason ?? instance.state_reason) && ['Reason', words(instance.termination_reason ?? instance.state_reason)],
	]);
}

const REGIONS = [
	['Region', (replica) => h('span.strong', replica.region)],
	['Health', (replica) => h('div', pill(replica.draining ? 'draining' : replica.health), replica.health_reason && !isHealthy(replica) ? h('p.hint', words(replica.health_reason)) : null)],
	['Endpoint', (replica) => h('code', replica.endpoint ?? '–')],
];

// What went through it since the day began, as the bill has it.
function today(inFlight) {
	const box = h('section');
	get(withQuery('/api/usage', { ...rangeOf('1'), instance: id, group_by: 'instance' })).then(({ data: [sum] }) => fill(box,
		h('h2', 'Today (UTC)'), facts([
			['In flight now, on this gateway', inFlight],
			['Requests', link(number(sum?.requests), withQuery('/app/requests', { period: '1', instance: id }))],
			['Not billed', number(sum?.errors)],
			['Cost', exactMoney(sum?.cost ?? '0')],
		])), (error) => fill(box, failure(error)));
	return box;
}

function drawCheck(section, instance) {
	const found = h('div');
	let known = null;

	// The last report, or the one that is being made: at its launch an instance is checked by itself.
	async function ask(method) {
		for (let left = CHECK_SECONDS; ; left--) {
			try {
				const report = await method(`${path}/check`);
				if (report.checked_at === known && left > 0 && left < CHECK_SECONDS) throw new ApiError(409);
				known = report.checked_at;
				return drawFindings(found, report);
			} catch (error) {
				const isMissing = error.status === 404;
				const isMade = error.status === 409 || (isMissing && Date.now() - Date.parse(instance.ready_at) < CHECK_SECONDS * 1000);
				if (!isMade || left === 0) return fill(found, isMissing ? h('p.hint', 'It has not been checked yet.') : failure(error));
				fill(found, h('p.loading', 'Checking…'));
			}
			await wait(1000);
			if (!found.isConnected) return found;
			method = get;
		}
	}

	const again = button('Check now', () => busy(again, async () => {
		again.textContent = 'Checking…';
		await ask(post);
		announce('The check has ended.');
	}));
	fill(section, h('div.head', h('h2', 'Container check'), isOver(instance) || instance.state === 'stopping' ? null : again),
		h('p.hint', instance.openai_compatible ? 'Whether it answers, streams without buffering, reports usage and stops when it is cancelled.'
			: 'Whether it can be reached and passes its health check.'), found);
	ask(get);
}

function drawFindings(found, result) {
	return fill(found, h('p.hint', 'Checked ', when(result.checked_at), '.'), result.replicas.map((replica) => [
		h('h3', replica.region),
		h('ul.findings', replica.findings.map((finding) => h('li', pill(finding.result),
			h('div', h('strong', words(finding.check)), h('p', finding.message), finding.advice && finding.result !== 'passed' ? h('p.advice', finding.advice) : null)))),
	]));
}

function calling(instance) {
	const entries = instance.openai_compatible ? snippets(instance.category, sample(instance.category, instance.model)) : customSnippets(instance);
	return h('section', h('h2', 'Call it'), calls(entries));
}
