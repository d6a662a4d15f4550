// What the panels have in common: one request at a time, what came of it, and what went wrong.
import { ApiError } from '../api.js';
import { add, announce, button, failure, fill, h } from '../dom.js';
import { costLine } from '../inference.js';

// A button that does `work(signal)`, and stops it when it is pressed meanwhile.
export function stoppable(label, work) {
	let controller = null;
	const stop = () => controller?.abort();
	const go = button(label, () => (controller ? stop() : run()), 'primary');

	async function run() {
		if (controller) return;
		controller = new AbortController();
		go.textContent = 'Stop';
		go.classList.replace('primary', 'danger');
		try {
			await work(controller.signal);
		} finally {
			controller = null;
			go.textContent = label;
			go.classList.replace('danger', 'primary');
		}
	}

	return { go, run, stop };
}

export const codeButton = (show) => button('Show as code', show, 'small');

// A panel: `ask(body, { signal, say, keep })` makes the request and returns what to show; `say` tells how
// far it is, `keep` gives bytes an address for as long as they are shown. What was begun before and is
// to `resume` is asked for at once, without a body. Returns how to end it.
export function asking({ box, fields, label, waiting, needs, request, showCode, ask, resume = false }) {
	const said = h('div');
	const result = h('div');
	const say = (...children) => fill(said, ...children);
	const addresses = [];
	const forget = () => addresses.splice(0).forEach((address) => URL.revokeObjectURL(address));

	function keep(bytes) {
		addresses.push(URL.createObjectURL(bytes));
		return addresses.at(-1);
	}

	const { go, run, stop } = stoppable(label, async (signal) => {
		const resumed = resume;
		resume = false;
		if (!resumed && needs && !needs.value.trim()) return needs.focus();
		forget();
		fill(result);
		say(h('p.loading', { role: 'status' }, waiting));
		try {
			fill(result, await ask(resumed ? null : request(), { signal, say, keep }));
			say();
			announce('Done.');
		} catch (error) {
			say(error.name === 'AbortError' ? h('p.meta', 'Stopped.') : failure(told(error)));
		}
	});
	add(box, fields, h('div.actions', go, codeButton(() => showCode(request()))), said, result);
	if (resume) run();
	return () => {
		stop();
		forget();
	};
}

const told = (error) => (error instanceof ApiError ? error
	: new ApiError(0, { message: 'The container’s answer has not the form of its kind, or it ended too soon.' }));

export const priced = (headers, ...shown) => [...shown, costLine(headers.get('x-ecolink-request-id'))];

export const decoded = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

export const isWebUrl = (text) => /^https?:\/\//.test(text ?? '');
