// Server-sent events out of pieces of text, as the HTML standard reads them (9.2.6): lines end with
// LF, CR or CRLF, a colon begins a comment, several data lines are one text, an empty line ends an
// event, and what is not ended is none.

// Collects pieces; tells each event that is whole to `onEvent({ event, data })`.
export class EventParser {
	#onEvent;
	#rest = '';
	#data = [];
	#event = '';

	constructor(onEvent) {
		this.#onEvent = onEvent;
	}

	feed(text) {
		const pending = this.#rest + text;
		let from = 0;
		for (let at = 0; at < pending.length; at++) {
			const c = pending[at];
			if (c !== '\n' && c !== '\r') continue;
			// A CR at the very end may be the half of a CRLF whose other half is to come.
			if (c === '\r' && at === pending.length - 1) break;
			this.#line(pending.slice(from, at));
			if (c === '\r' && pending[at + 1] === '\n') at++;
			from = at + 1;
		}
		this.#rest = pending.slice(from);
	}

	// The stream has ended: a CR that waited for its LF was a line's end after all.
	end() {
		if (this.#rest.endsWith('\r')) this.#line(this.#rest.slice(0, -1));
		this.#rest = '';
	}

	#line(line) {
		if (line === '') return this.#dispatch();
		const colon = line.indexOf(':');
		if (colon === 0) return;
		const name = colon < 0 ? line : line.slice(0, colon);
		let value = colon < 0 ? '' : line.slice(colon + 1);
		if (value.startsWith(' ')) value = value.slice(1);
		if (name === 'data') this.#data.push(value);
		else if (name === 'event') this.#event = value;
	}

	#dispatch() {
		const data = this.#data;
		const event = this.#event || 'message';
		this.#data = [];
		this.#event = '';
		if (data.length) this.#onEvent({ event, data: data.join('\n') });
	}
}

// The events of an answer's body, as they come. Characters split over pieces stay whole.
export async function* events(body) {
	const found = [];
	const parser = new EventParser((event) => found.push(event));
	const decoder = new TextDecoder();
	const reader = body.getReader();
	try {
		for (;;) {
			const { done, value } = await reader.read();
			parser.feed(done ? decoder.decode() : decoder.decode(value, { stream: true }));
			if (done) parser.end();
			yield* found.splice(0);
			if (done) return;
		}
	} finally {
		reader.cancel().catch(() => {}); // whoever leaves the loop early wants no more
	}
}
