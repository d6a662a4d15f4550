import { ApiError, withQuery } from '../api.js';
import { h, link } from '../dom.js';
import { field, input, members, pair, select, textarea } from '../form.js';
import { milliseconds, words } from '../format.js';
import { costLine, infer, inferJson } from '../inference.js';
import { outside } from './image.js';
import { asking, decoded, isWebUrl } from './run.js';

const POLL_MILLIS = 2000;
const FAILED_POLLS_MAX = 5;
const DONE = ['completed', 'succeeded', 'done'];
const FAILED = ['failed', 'cancelled', 'canceled', 'error'];

export function panel({ model, box, showCode }) {
	const prompt = textarea('prompt', { placeholder: 'Waves against a pier', autofocus: true });
	const seconds = input('seconds', { type: 'number', min: 1, max: 120, value: '4' });
	const job = new URLSearchParams(location.search).get('job');
	const size = select('size', [['', 'Default'], '1280x720', '720x1280', '1920x1080']);
	return asking({
		box,
		showCode,
		label: 'Generate',
		waiting: 'Asking for it…',
		needs: prompt,
		resume: job !== null,
		fields: [field('Prompt', prompt), pair(field('Seconds', seconds), field('Size', size))],
		request: () => ({ model, prompt: prompt.value.trim() || prompt.placeholder, ...members([seconds, size]) }),
		async ask(body, { signal, say, keep }) {
			const begun = performance.now();
			const since = () => milliseconds(performance.now() - begun);
			const response = body ? await inferJson('/v1/video/generations', body, signal) : await infer(addressOf(job), { signal });
			const receipt = response.headers.get('x-ecolink-job-receipt') ?? response.headers.get('x-ecolink-request-id');
			const isVideo = response.headers.get('content-type')?.startsWith('video/');
			const content = isVideo ? await response.blob() : contentOf(await finished(await response.json(), since, say, signal));
			return [shown(content, keep), body ? costLine(receipt, [since()]) : null];
		},
	});
}

const addressOf = (id) => `/v1/video/generations/${encodeURIComponent(id)}`;

// Asks for the job until it is done; stopping ends only the asking. The page's address keeps the job, so
// that a reload goes on with it.
async function finished(job, since, say, signal) {
	if (job.id) history.replaceState(null, '', withQuery(location.pathname, { ...Object.fromEntries(new URLSearchParams(location.search)), job: job.id }));
	while (job.id && job.status && ![...DONE, ...FAILED].includes(job.status)) {
		const bar = h('progress', { max: '100', 'aria-label': 'Video' });
		// Some count to 1 and some to 100.
		if (typeof job.progress === 'number') bar.value = job.progress < 1 ? job.progress * 100 : job.progress;
		say(h('p', bar, ` ${words(job.status)}, ${since()}. Job `, h('code', job.id)));
		job = await next(job.id, signal);
	}
	if (FAILED.includes(job.status)) throw new ApiError(502, { message: job.error?.message ?? 'The container could not make this video.' });
	return job;
}

// One answer that cannot be had is no end; one that says that there is no such job is.
async function next(id, signal) {
	for (let left = FAILED_POLLS_MAX; ; left--) {
		await pause(POLL_MILLIS, signal);
		try {
			return await (await infer(addressOf(id), { signal })).json();
		} catch (error) {
			const isRefusal = error.status >= 400 && error.status < 500 && error.status !== 429;
			if (error.name === 'AbortError' || isRefusal || left === 0) throw error;
		}
	}
}

// The video itself, its address, or the whole answer: containers differ in where they put it.
function contentOf(job) {
	const items = [job, job.result, job.output, job.data?.[0]].filter((item) => item && typeof item === 'object');
	const base64 = items.map((item) => item.b64_json).find(Boolean);
	return base64 ? new Blob([decoded(base64)], { type: 'video/mp4' }) : items.map((item) => item.url ?? item.video_url).find(isWebUrl) ?? job;
}

function shown(content, keep) {
	if (content instanceof Blob) {
		const src = keep(content);
		return [h('video', { controls: '', src, 'aria-label': 'The video' }), h('p', link('Download', src, { download: 'video.mp4' }))];
	}
	if (typeof content === 'string') return h('p', outside('video', content));
	return [h('p', 'The video is done. This is what the container says of it:'), h('pre.answer', { tabIndex: 0 }, JSON.stringify(content, null, 2))];
}

const pause = (millis, signal) => new Promise((resolve, reject) => {
	const timer = setTimeout(resolve, millis);
	signal.addEventListener('abort', () => {
		clearTimeout(timer);
		reject(new DOMException('stopped', 'AbortError'));
	}, { once: true });
});
