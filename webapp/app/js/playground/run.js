// What the panels have in common: one request at a time, what came of it, and what went wrong.
import { add, announce, button, failure, fill, h, live } from '../dom.js';
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
		await work(controller.signal);
		controller = null;
		go.textContent = label;
		go.classList.replace('danger', 'primary');
	}

	return { go, run, stop };
}

export const codeButton = (show) => button('Show as code', show, 'small');

// A panel: `ask(body, { signal, say, keep })` makes the request and returns what to show; `say` tells how
// far it is, `keep` gives bytes an address for as long as they are shown. Returns how to end it.
export function asking({ box, fields, label, waiting, needs, request, showCode, ask }) {
	const said = live();
	const result = h('div');
	const say = (...children) => fill(said, ...children);
	const addresses = [];
	const forget = () => addresses.splice(0).forEach((address) => URL.revokeObjectURL(address));

	function keep(bytes) {
		addresses.push(URL.createObjectURL(bytes));
		return addresses.at(-1);
	}

	const { go, stop } = stoppable(label, async (signal) => {
		if (needs && !needs.value.trim()) return needs.focus();
		forget();
		fill(result);
		say(h('p.loading', waiting));
		try {
			fill(result, await ask(request(), { signal, say, keep }));
			say();
			announce('Done.');
		} catch (error) {
			say(error.name === 'AbortError' ? h('p.meta', 'Stopped.') : failure(error));
		}
	});
	add(box, fields, h('div.actions', go, codeButton(() => showCode(request()))), said, result);
	return () => {
		stop();
		forget();
	};
}

export const priced = (headers, ...shown) => [...shown, costLine(headers.get('x-ecolink-request-id'))];

export const decoded = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

export const isWebUrl = (text) => /^https?:\/\//.test(text ?? '');
