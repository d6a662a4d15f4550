import { ApiError } from '../api.js';
import { add, announce, button, failure, fill, h, sentenceOf } from '../dom.js';
import { field, input, members, pair, textarea } from '../form.js';
import { milliseconds, number } from '../format.js';
import { costLine, inferJson, prepare } from '../inference.js';
import { markdown } from '../libraries.js';
import { events } from '../sse.js';
import { codeButton, stoppable } from './run.js';

const REDRAW_MILLIS = 80;

let kept = null;

// The same panel for every model of a visit: who compares models keeps what was said and set.
export function panel({ model, box, showCode }) {
	kept ??= conversation();
	Object.assign(kept.of, { model, showCode });
	add(box, kept.elements);
	return kept.stop;
}

function conversation() {
	const of = {};
	let turns = [];
	const system = textarea('system', { rows: 2, placeholder: 'You are a helpful assistant.' });
	const settings = [
		input('temperature', { type: 'number', min: 0, max: 2, step: 0.1, placeholder: 'default' }),
		input('max_tokens', { type: 'number', min: 1, step: 1, placeholder: 'default' }),
	];
	const talk = h('div.talk', { role: 'log', 'aria-label': 'Conversation', 'aria-live': 'off', tabIndex: 0 });
	const message = textarea('message', { autofocus: true, placeholder: 'Ask something. Enter sends, Shift+Enter begins a new line.', onkeydown: (event) => {
		if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
		event.preventDefault();
		run();
	} });
	const { go, run, stop } = stoppable('Send', send);
	const clear = button('New conversation', () => {
		stop();
		turns = [];
		fill(talk, hello());
		message.focus();
	});
	const elements = [h('details.more', h('summary', 'System prompt and settings'), field('System prompt', system), pair(field('Temperature', settings[0]), field('Most tokens', settings[1]))),
		talk, h('div.composer', field('Message', message), h('div.actions', go, clear, codeButton(() => of.showCode(request(message.value.trim() || 'Hello')))))];
	fill(talk, hello());

	function request(next) {
		const prompt = system.value.trim();
		return {
			model: of.model,
			stream: true,
			stream_options: { include_usage: true },
			...members(settings),
			messages: [...(prompt ? [{ role: 'system', content: prompt }] : []), ...turns, { role: 'user', content: next }],
		};
	}

	async function send(signal) {
		const text = message.value.trim();
		if (!text) return message.focus();
		const body = request(text);
		const before = turns;
		if (turns.length === 0) fill(talk);
		const answer = bubble('assistant', of.model);
		add(talk, bubble('user', 'You', text).element, answer.element);
		talk.scrollTop = talk.scrollHeight;
		message.value = '';
		const said = await stream(body, answer, talk, signal);
		if (turns !== before) return; // begun anew meanwhile
		if (said) turns = [...turns, { role: 'user', content: text }, { role: 'assistant', content: said }];
		else message.value ||= text; // so that it can be sent again
	}

	return { of, elements, stop };
}

const hello = () => h('p.hint.center', 'The conversation appears here, with what each answer took and cost.');

function bubble(role, name, text) {
	const content = h('div.content', text);
	const foot = h('div.foot');
	return { content, foot, element: h('article', { class: `turn ${role}`, 'aria-label': name }, h('p.name', name), content, foot) };
}

async function stream(body, { element, content, foot }, talk, signal) {
	const timing = { first: null, pieces: 0, usage: null, end: null };
	let begun = performance.now();
	const drawing = drawer(content, talk);
	let requestId = null;
	let text = '';
	let thought = '';
	let trouble = null;
	element.setAttribute('aria-busy', 'true');
	content.classList.add('typing');
	try {
		await prepare();
		begun = performance.now();
		const response = await inferJson('/v1/chat/completions', body, signal);
		requestId = response.headers.get('x-ecolink-request-id');
		// Some engines know no streaming, and answer with the whole.
		const isWhole = response.headers.get('content-type')?.includes('json');
		for await (const { data } of isWhole ? [{ data: await response.text() }] : events(response.body)) {
			if (data === '[DONE]') break;
			const chunk = parsed(data);
			if (chunk?.error) throw new ApiError(502, typeof chunk.error === 'string' ? { message: chunk.error } : chunk.error);
			timing.usage = chunk?.usage ?? timing.usage;
			const choice = chunk?.choices?.[0];
			timing.end = choice?.finish_reason ?? timing.end;
			const delta = choice?.delta ?? choice?.message ?? {};
			const reasoning = delta.reasoning_content ?? delta.reasoning ?? '';
			if (!delta.content && !reasoning) continue;
			timing.first ??= performance.now();
			timing.last = performance.now();
			timing.pieces++;
			text += delta.content ?? '';
			thought += reasoning;
			drawing.later(text, thought);
		}
	} catch (error) {
		trouble = error instanceof ApiError || error.name === 'AbortError' ? error : new ApiError(0, { message: 'The connection ended before the answer did.' });
	}
	content.classList.remove('typing');
	element.removeAttribute('aria-busy');
	const follows = await drawing.now(text, thought);
	const stopped = trouble?.name === 'AbortError';
	if (trouble && !stopped) add(foot, failure(trouble));
	if (!text && !thought && !trouble) add(content, h('p.hint', 'The answer is empty.'));
	announce(stopped ? 'Stopped.' : trouble ? sentenceOf(trouble) : 'The answer is complete.');
	if (requestId) add(foot, costLine(requestId, [stopped && 'stopped', ...pace(timing, begun)]));
	if (follows) talk.scrollTop = talk.scrollHeight;
	return trouble && !stopped ? '' : text;
}

function parsed(data) {
	try {
		return JSON.parse(data);
	} catch {
		return null; // what is no JSON is no part of an answer
	}
}

function pace({ first, last, pieces, usage, end }, begun) {
	if (first === null) return [];
	const tokens = usage?.completion_tokens ?? null;
	const seconds = (last - first) / 1000;
	const produced = tokens ?? pieces;
	const rate = seconds > .05 && produced > 1 ? `${tokens === null ? '≈ ' : ''}${((produced - 1) / seconds).toFixed(1)} tokens/s` : null;
	return [`first token ${milliseconds(first - begun)}`, rate, milliseconds(last - begun),
		usage && `${number(usage.prompt_tokens)} in, ${number(tokens)} out`, end && end !== 'stop' && `ended by ${end}`];
}

// Draws Markdown as often as it is looked at, not as often as it changes.
function drawer(content, talk) {
	const thoughts = h('p');
	const thinking = h('details.thought', { open: true, hidden: true }, h('summary', 'Thoughts'), thoughts);
	const answer = h('div');
	add(content, thinking, answer);
	let timer = null;
	let latest = ['', ''];

	async function now(text, thought) {
		clearTimeout(timer);
		timer = null;
		latest = [text, thought];
		const atEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 60;
		const render = await markdown().catch(() => (plain) => plain);
		const [said, before] = latest;
		if (said && !answer.hasChildNodes()) thinking.open = false; // once: then it is as the reader has it
		thinking.hidden = !before;
		thoughts.textContent = before;
		try {
			fill(answer, render(said));
		} catch {
			fill(answer, said); // Markdown that cannot be drawn is text
		}
		if (atEnd) talk.scrollTop = talk.scrollHeight;
		return atEnd;
	}

	function later(text, thought) {
		latest = [text, thought];
		timer ??= setTimeout(() => now(...latest), REDRAW_MILLIS);
	}

	return { now, later };
}
