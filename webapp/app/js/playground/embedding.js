import { h } from '../dom.js';
import { field, textarea } from '../form.js';
import { count } from '../format.js';
import { inferJson } from '../inference.js';
import { similarities } from '../similarity.js';
import { asking, priced } from './run.js';

const TEXTS_MAX = 20;
const SAMPLE = ['A cat sleeps on the sofa.', 'The kitten naps on the couch.', 'Interest rates rose in March.'];

export function panel({ model, box, showCode }) {
	const texts = textarea('texts', { rows: 6, value: SAMPLE.join('\n'), autofocus: true });
	const lines = () => texts.value.split('\n').map((line) => line.trim()).filter(Boolean).slice(0, TEXTS_MAX);
	return asking({
		box,
		showCode,
		label: 'Compare',
		waiting: 'Embedding…',
		needs: texts,
		fields: field('Texts, one on each line', texts, { hint: `Up to ${TEXTS_MAX}; each is compared with each.` }),
		request: () => ({ model, input: lines() }),
		async ask(body, { signal }) {
			const response = await inferJson('/v1/embeddings', body, signal);
			const { data } = await response.json();
			const vectors = data.sort((a, b) => a.index - b.index).map((item) => item.embedding);
			return priced(response.headers, matrix(body.input, similarities(vectors)),
				h('p.hint', `${count(vectors[0]?.length ?? 0, 'dimension')}. 1 is the same direction, 0 has nothing in common.`));
		},
	});
}

function matrix(texts, values) {
	const name = (text) => (text.length > 42 ? `${text.slice(0, 40)}…` : text);
	return h('div.scroll', { tabIndex: 0, role: 'region', 'aria-label': 'Similarity' }, h('table.matrix',
		h('caption.unseen', 'Cosine similarity of each text with each'),
		h('thead', h('tr', h('td'), texts.map((text, i) => h('th', { scope: 'col', title: text }, String(i + 1))))),
		h('tbody', values.map((row, i) => h('tr', h('th', { scope: 'row', title: texts[i] }, `${i + 1}. ${name(texts[i])}`), row.map(cell))))));
}

function cell(value) {
	const element = h('td.number', Number.isNaN(value) ? '–' : value.toFixed(3));
	element.style.setProperty('--heat', `${Math.round(Math.max(0, value || 0) * 40)}%`);
	return element;
}
