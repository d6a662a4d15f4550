import { h, link } from '../dom.js';
import { field, input, members, pair, select, textarea } from '../form.js';
import { inferJson } from '../inference.js';
import { asking, decoded, isWebUrl, priced } from './run.js';

const KINDS = { 0x89: 'png', 0xff: 'jpeg', 0x47: 'gif', 0x52: 'webp' };

export function panel({ model, box, showCode }) {
	const prompt = textarea('prompt', { placeholder: 'A lighthouse at dawn, watercolour', autofocus: true });
	const n = input('n', { type: 'number', min: 1, max: 10, value: '1' });
	const size = select('size', [['', 'Default'], '256x256', '512x512', '1024x1024', '1024x1536', '1536x1024']);
	return asking({
		box,
		showCode,
		label: 'Generate',
		waiting: 'Painting… this can take a minute.',
		needs: prompt,
		fields: [field('Prompt', prompt), pair(field('Pictures', n), field('Size', size))],
		request: () => ({ model, prompt: prompt.value.trim() || prompt.placeholder, ...members([n, size]) }),
		async ask(body, { signal, keep }) {
			const response = await inferJson('/v1/images/generations', body, signal);
			const { data } = await response.json();
			return priced(response.headers, h('div.pictures', data.map((item) => picture(item, body.prompt, keep))));
		},
	});
}

function picture({ b64_json: base64, url, revised_prompt: revised }, prompt, keep) {
	const inline = base64 ?? /^data:image\/[a-z+]+;base64,(.+)$/.exec(url ?? '')?.[1];
	const text = revised ?? prompt;
	if (!inline) {
		return h('figure', isWebUrl(url) ? outside('picture', url) : 'The answer holds no picture.', h('figcaption', text));
	}
	const bytes = decoded(inline);
	const kind = KINDS[bytes[0]] ?? 'png';
	const src = keep(new Blob([bytes], { type: `image/${kind}` }));
	return h('figure', h('img', { src, alt: text }), h('figcaption', text, ' ', link('Download', src, { download: `picture.${kind}` })));
}

// What is kept elsewhere is not loaded from here.
export const outside = (what, url) =>
	link(`The container keeps this ${what} at an address of its own: open it`, url, { target: '_blank', rel: 'noopener noreferrer' });
