import { add, fill, h, link } from '../dom.js';
import { field, input, select, textarea } from '../form.js';
import { bytes } from '../format.js';
import { costLine, inferJson, requestIdOf } from '../inference.js';
import { codeButton, members, runner } from './run.js';

const TYPES = { mp3: 'audio/mpeg', wav: 'audio/wav', opus: 'audio/ogg', flac: 'audio/flac', aac: 'audio/aac' };

export function panel({ model, box, showCode }) {
  const text = textarea('input', { rows: 4, placeholder: 'What is to be said', autofocus: true });
  const voice = input('voice', { value: 'alloy', spellcheck: 'false' });
  const format = select('response_format', Object.keys(TYPES));
  const said = h('div', { 'aria-live': 'polite' });
  const result = h('div');
  const request = () => ({ model, input: text.value.trim() || 'Hello from EcoLink', ...members([voice, format]) });
  let address = null;

  const run = runner('Speak', async (signal) => {
    if (!text.value.trim()) return text.focus();
    fill(result, h('p', { class: 'loading' }, 'Speaking…'));
    try {
      const asked = request();
      const response = await inferJson('/v1/audio/speech', asked, signal);
      const sound = await response.blob();
      forget();
      address = URL.createObjectURL(new Blob([sound], { type: TYPES[asked.response_format] }));
      fill(result, h('audio', { controls: '', src: address, 'aria-label': 'The speech' }),
        h('p', {}, link(`Download (${bytes(sound.size)})`, address, { download: `speech.${asked.response_format}` })), await costLine(requestIdOf(response.headers)));
    } catch (error) {
      fill(result);
      throw error;
    }
  }, said);

  function forget() {
    if (address) URL.revokeObjectURL(address);
    address = null;
  }

  add(box, field('Text', text), h('div', { class: 'pair' }, field('Voice', voice, { hint: 'As the container names its voices.' }), field('Format', format)),
    h('div', { class: 'actions' }, run.go, codeButton(() => showCode(request()))), said, result);
  return () => {
    run.end();
    forget();
  };
}
