import { add, fill, h, link } from '../dom.js';
import { field, input, select, textarea } from '../form.js';
import { costLine, inferJson, requestIdOf } from '../inference.js';
import { codeButton, decoded, imageType, isWebUrl, members, runner } from './run.js';

export function panel({ model, box, showCode }) {
  const prompt = textarea('prompt', { placeholder: 'A lighthouse at dawn, watercolour', autofocus: true });
  const settings = [input('n', { type: 'number', min: 1, max: 10, value: '1' }), select('size', [['', 'Default'], '256x256', '512x512', '1024x1024', '1024x1536', '1536x1024'])];
  const said = h('div', { 'aria-live': 'polite' });
  const result = h('div', { class: 'pictures' });
  const cost = h('div');
  const request = () => ({ model, prompt: prompt.value.trim() || 'A lighthouse at dawn', ...members(settings) });
  let shown = [];

  const run = runner('Generate', async (signal) => {
    if (!prompt.value.trim()) return prompt.focus();
    fill(cost);
    fill(result, h('p', { class: 'loading' }, 'Painting… this can take a minute.'));
    try {
      const asked = request();
      const response = await inferJson('/v1/images/generations', asked, signal);
      const { data } = await response.json();
      forget();
      fill(result, data.map((item, i) => picture(item, i, asked.prompt)));
      fill(cost, await costLine(requestIdOf(response.headers)));
    } catch (error) {
      fill(result);
      throw error;
    }
  }, said);

  function picture({ b64_json: base64, url, revised_prompt: revised }, i, text) {
    const inline = base64 ?? (/^data:image\/[a-z+]+;base64,(.+)$/.exec(url ?? '')?.[1]);
    const caption = h('figcaption', {}, revised ?? text);
    if (!inline) {
      return h('figure', {}, isWebUrl(url) ? link('The container keeps this picture at an address of its own: open it', url, { target: '_blank', rel: 'noopener noreferrer' }) : h('p', {}, 'The answer holds no picture.'), caption);
    }
    const bytes = decoded(inline);
    const type = imageType(bytes);
    const address = URL.createObjectURL(new Blob([bytes], { type }));
    shown.push(address);
    add(caption, ' ', link('Download', address, { download: `picture-${i + 1}.${type.slice(6)}` }));
    return h('figure', {}, h('img', { src: address, alt: revised ?? text }), caption);
  }

  function forget() {
    shown.forEach((address) => URL.revokeObjectURL(address));
    shown = [];
  }

  add(box, field('Prompt', prompt), h('div', { class: 'pair' }, field('Pictures', settings[0]), field('Size', settings[1])),
    h('div', { class: 'actions' }, run.go, codeButton(() => showCode(request()))), said, result, cost);
  return () => {
    run.end();
    forget();
  };
}
