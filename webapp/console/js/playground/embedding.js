import { add, fill, h } from '../dom.js';
import { field, textarea } from '../form.js';
import { count } from '../format.js';
import { costLine, inferJson, requestIdOf } from '../inference.js';
import { similarities, vectorOf } from '../similarity.js';
import { codeButton, runner } from './run.js';

const TEXTS_MAX = 20;
const SAMPLE = ['A cat sleeps on the sofa.', 'The kitten naps on the couch.', 'Interest rates rose in March.'];

export function panel({ model, box, showCode }) {
  const texts = textarea('texts', { rows: 6, value: SAMPLE.join('\n'), autofocus: true });
  const said = h('div', { 'aria-live': 'polite' });
  const result = h('div');
  const lines = () => texts.value.split('\n').map((line) => line.trim()).filter(Boolean).slice(0, TEXTS_MAX);
  const request = () => ({ model, input: lines() });

  const run = runner('Compare', async (signal) => {
    if (lines().length === 0) return texts.focus();
    const input = lines();
    fill(result, h('p', { class: 'loading' }, 'Embedding…'));
    try {
      const response = await inferJson('/v1/embeddings', request(), signal);
      const { data } = await response.json();
      const vectors = [...data].sort((a, b) => a.index - b.index).map((item) => vectorOf(item.embedding));
      fill(result, matrix(input, similarities(vectors)), h('p', { class: 'hint' }, `${count(vectors[0]?.length ?? 0, 'dimension')}. 1 is the same direction, 0 has nothing in common.`), await costLine(requestIdOf(response.headers)));
    } catch (error) {
      fill(result);
      throw error;
    }
  }, said);

  add(box, field('Texts, one on each line', texts, { hint: `Up to ${TEXTS_MAX}; each is compared with each.` }),
    h('div', { class: 'actions' }, run.go, codeButton(() => showCode(request()))), said, result);
  return run.end;
}

function matrix(texts, values) {
  const name = (text) => (text.length > 42 ? `${text.slice(0, 40)}…` : text);
  return h('div', { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Similarity' },
    h('table', { class: 'matrix' },
      h('caption', { class: 'unseen' }, 'Cosine similarity of each text with each'),
      h('thead', {}, h('tr', {}, h('td', {}), texts.map((text, i) => h('th', { scope: 'col', title: text }, String(i + 1))))),
      h('tbody', {}, values.map((row, i) => h('tr', {}, h('th', { scope: 'row', title: texts[i] }, `${i + 1}. ${name(texts[i])}`), row.map(cell))))));
}

function cell(value) {
  const element = h('td', { class: 'number' }, Number.isNaN(value) ? '–' : value.toFixed(3));
  element.style.setProperty('--heat', `${Math.round(Math.max(0, value || 0) * 40)}%`);
  return element;
}
