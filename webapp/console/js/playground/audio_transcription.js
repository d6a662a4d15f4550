import { ApiError } from '../api.js';
import { add, announce, button, copyButton, failure, fill, h } from '../dom.js';
import { field, input } from '../form.js';
import { bytes } from '../format.js';
import { costLine, upload } from '../inference.js';
import { codeButton, members, runner } from './run.js';

export function panel({ model, box, showCode }) {
  const file = input('file', { type: 'file', accept: 'audio/*,video/mp4,video/webm' });
  const settings = [input('language', { placeholder: 'found out', maxlength: 10, spellcheck: 'false' }), input('prompt', { placeholder: 'Names and words to expect' })];
  const player = h('div');
  const said = h('div', { 'aria-live': 'polite' });
  const progress = h('div');
  const result = h('div');
  let recorded = null;
  let address = null;
  const recorder = recording((blob) => {
    recorded = blob;
    file.value = '';
    listen(blob);
  }, said);
  file.addEventListener('change', () => {
    recorded = null;
    listen(file.files[0]);
  });

  function listen(blob) {
    if (address) URL.revokeObjectURL(address);
    address = blob ? URL.createObjectURL(blob) : null;
    fill(player, blob ? h('audio', { controls: '', src: address, 'aria-label': 'The recording' }) : null);
  }

  const run = runner('Transcribe', async (signal) => {
    const sound = recorded ?? file.files[0];
    if (!sound) throw new ApiError(400, { message: 'Choose a file or record something first.' });
    const body = new FormData();
    Object.entries({ model, ...members(settings) }).forEach(([name, value]) => body.append(name, value));
    body.append('file', sound, sound.name ?? `recording.${sound.type.includes('mp4') ? 'm4a' : 'webm'}`);
    const bar = h('progress', { max: '100', value: '0', 'aria-label': 'Upload' });
    const text = h('span', {}, 'Uploading…');
    fill(result);
    fill(progress, h('p', { class: 'upload' }, bar, ' ', text));
    const onprogress = (sent, total) => {
      bar.value = String((100 * sent) / total);
      text.textContent = sent < total ? `${bytes(sent)} of ${bytes(total)}` : 'Listening…';
      if (sent >= total) bar.removeAttribute('value');
    };
    try {
      const answer = await upload('/v1/audio/transcriptions', body, { onprogress, signal });
      const heard = textOf(answer.responseText);
      fill(result, h('blockquote', {}, heard || 'Nothing was heard.'), heard ? copyButton(heard) : null, await costLine(answer.getResponseHeader('x-ecolink-request-id')));
      announce('The transcription is there.');
    } finally {
      fill(progress);
    }
  }, said);

  add(box, field('Audio file', file), h('div', { class: 'actions' }, recorder.go), player,
    h('div', { class: 'pair' }, field('Language', settings[0], { hint: 'Such as en or de.' }), field('Hint', settings[1])),
    h('div', { class: 'actions' }, run.go, codeButton(() => showCode({ model, ...members(settings) }))), progress, said, result);
  return () => {
    run.end();
    recorder.end();
    listen(null);
  };
}

function textOf(answer) {
  try {
    return JSON.parse(answer).text ?? answer;
  } catch {
    return answer;
  }
}

/** The microphone: a button that begins and ends a recording. */
function recording(done, said) {
  let media = null;
  const go = button('Record', toggle);

  async function toggle() {
    if (media) return media.stop();
    try {
      if (!navigator.mediaDevices) throw new ApiError(0, { message: 'Browsers open the microphone only to pages that came by https or from this computer.' });
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const pieces = [];
      media = new MediaRecorder(stream);
      media.ondataavailable = (event) => pieces.push(event.data);
      media.onstop = () => {
        stream.getTracks().forEach((track) => track.stop());
        done(new Blob(pieces, { type: media.mimeType.split(';')[0] }));
        media = null;
        go.textContent = 'Record';
        go.classList.remove('danger');
      };
      media.start();
      go.textContent = 'End the recording';
      go.classList.add('danger');
      fill(said);
      announce('Recording.');
    } catch (error) {
      media = null;
      fill(said, failure(error.name === 'NotAllowedError' ? new ApiError(0, { message: 'The microphone is not open to this page. Allow it in the browser, or choose a file.' })
        : error.name === 'NotFoundError' ? new ApiError(0, { message: 'There is no microphone. Choose a file instead.' }) : error));
    }
  }

  return { go, end: () => media?.stop() };
}
