import { ApiError } from '../api.js';
import { add, announce, fill, h, link } from '../dom.js';
import { field, input, select, textarea } from '../form.js';
import { milliseconds, words } from '../format.js';
import { costLine, infer, inferJson, requestIdOf } from '../inference.js';
import { codeButton, decoded, isWebUrl, members, runner } from './run.js';

const POLL_MILLIS = 2000;
const FAILED = ['failed', 'cancelled', 'canceled', 'error'];

export function panel({ model, box, showCode }) {
  const prompt = textarea('prompt', { placeholder: 'Waves against a pier', autofocus: true });
  const settings = [input('seconds', { type: 'number', min: 1, max: 120, value: '4' }), select('size', [['', 'Default'], '1280x720', '720x1280', '1920x1080'])];
  const said = h('div', { 'aria-live': 'polite' });
  const state = h('div', { 'aria-live': 'polite' });
  const result = h('div');
  const request = () => ({ model, prompt: prompt.value.trim() || 'Waves against a pier', ...members(settings) });
  let address = null;

  const run = runner('Generate', async (signal) => {
    if (!prompt.value.trim()) return prompt.focus();
    forget();
    fill(result);
    const begun = performance.now();
    fill(state, h('p', { class: 'loading' }, 'Asking for it…'));
    try {
      const response = await inferJson('/v1/video/generations', request(), signal);
      const receipt = response.headers.get('x-ecolink-job-receipt') ?? requestIdOf(response.headers);
      const type = response.headers.get('content-type') ?? '';
      const done = type.startsWith('video/') ? await response.blob() : await follow(await response.json(), begun, signal);
      fill(result, shown(done), await costLine(receipt, [milliseconds(performance.now() - begun)]));
      announce('The video is there.');
    } finally {
      fill(state);
    }
  }, said);

  /** Asks for the job until it is done; stopping only ends the asking. */
  async function follow(job, begun, signal) {
    while (job.id && !isDone(job)) {
      const bar = h('progress', { max: '100', 'aria-label': 'Video' });
      if (typeof job.progress === 'number') bar.value = job.progress <= 1 ? job.progress * 100 : job.progress;
      fill(state, h('p', {}, bar, ` ${words(job.status ?? 'queued')} since ${milliseconds(performance.now() - begun)}. Job `, h('code', {}, job.id)));
      await pause(POLL_MILLIS, signal);
      job = await (await infer(`/v1/video/generations/${encodeURIComponent(job.id)}`, { signal })).json();
    }
    if (FAILED.includes(job.status)) throw new ApiError(502, { message: job.error?.message ?? 'The container could not make this video.' });
    return job;
  }

  function shown(done) {
    if (done instanceof Blob) return player(done);
    const { base64, url } = contentOf(done);
    if (base64) return player(new Blob([decoded(base64)], { type: 'video/mp4' }));
    return [h('p', {}, url ? link('The container keeps this video at an address of its own: open it', url, { target: '_blank', rel: 'noopener noreferrer' }) : 'The video is done. The container’s answer holds no address of it:'),
      url ? null : h('pre', { class: 'answer', tabIndex: 0 }, JSON.stringify(done, null, 2))];
  }

  function player(blob) {
    address = URL.createObjectURL(blob);
    return [h('video', { controls: '', src: address, 'aria-label': 'The video' }), h('p', {}, link('Download', address, { download: 'video.mp4' }))];
  }

  function forget() {
    if (address) URL.revokeObjectURL(address);
    address = null;
  }

  add(box, field('Prompt', prompt), h('div', { class: 'pair' }, field('Seconds', settings[0]), field('Size', settings[1])),
    h('div', { class: 'actions' }, run.go, codeButton(() => showCode(request()))), said, state, result);
  return () => {
    run.end();
    forget();
  };
}

const isDone = (job) => job.status === undefined || ['completed', 'succeeded', 'done', ...FAILED].includes(job.status);

/** Containers differ in where they put it. */
function contentOf(job) {
  const items = [job, job.result, job.output, job.video, job.data?.[0], job.output?.[0]].filter((item) => item && typeof item === 'object');
  const base64 = items.map((item) => item.b64_json ?? item.b64 ?? item.video_base64).find(Boolean);
  const texts = [...items.flatMap((item) => [item.url, item.video_url]), job.output, job.video];
  return { base64, url: texts.find((text) => typeof text === 'string' && isWebUrl(text)) };
}

const pause = (millis, signal) => new Promise((resolve, reject) => {
  const timer = setTimeout(resolve, millis);
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    reject(new DOMException('stopped', 'AbortError'));
  }, { once: true });
});
