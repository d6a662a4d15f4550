import { h, link } from '../dom.js';
import { field, input, members, pair, select, textarea } from '../form.js';
import { bytes } from '../format.js';
import { inferJson } from '../inference.js';
import { asking, priced } from './run.js';

const TYPES = { mp3: 'audio/mpeg', wav: 'audio/wav', opus: 'audio/ogg', flac: 'audio/flac', aac: 'audio/aac' };

export function panel({ model, box, showCode }) {
	const text = textarea('input', { rows: 4, placeholder: 'What is to be said', autofocus: true });
	const voice = input('voice', { value: 'alloy', spellcheck: 'false' });
	const format = select('response_format', Object.keys(TYPES));
	return asking({
		box,
		showCode,
		label: 'Speak',
		waiting: 'Speaking…',
		needs: text,
		fields: [field('Text', text), pair(field('Voice', voice, { hint: 'As the container names its voices.' }), field('Format', format))],
		request: () => ({ model, input: text.value.trim() || 'Hello from EcoLink', ...members([voice, format]) }),
		async ask(body, { signal, keep }) {
			const response = await inferJson('/v1/audio/speech', body, signal);
			const sound = await response.blob();
			const src = keep(new Blob([sound], { type: TYPES[body.response_format] }));
			return priced(response.headers, h('audio', { controls: '', src, 'aria-label': 'The speech' }),
				h('p', link(`Download (${bytes(sound.size)})`, src, { download: `speech.${body.response_format}` })));
		},
	});
}
