import { ApiError } from '../api.js';
import { announce, button, copyButton, failure, fill, h, live } from '../dom.js';
import { field, input, members, pair } from '../form.js';
import { bytes } from '../format.js';
import { costLine, upload } from '../inference.js';
import { asking } from './run.js';

export function panel({ model, box, showCode }) {
	const file = input('file', { type: 'file', accept: 'audio/*,video/mp4,video/webm', onchange: () => listen(file.files[0]) });
	const language = input('language', { placeholder: 'found out', maxlength: 10, spellcheck: 'false' });
	const prompt = input('prompt', { placeholder: 'Names and words to expect' });
	const player = h('div');
	const microphone = recorder(listen);
	let sound = null;
	let address = null;

	function listen(blob) {
		if (address) URL.revokeObjectURL(address);
		sound = blob ?? null;
		address = blob ? URL.createObjectURL(blob) : null;
		fill(player, blob ? h('audio', { controls: '', src: address, 'aria-label': 'The recording' }) : null);
	}

	const end = asking({
		box,
		showCode,
		label: 'Transcribe',
		waiting: 'Uploading…',
		fields: [field('Audio file', file), h('div.actions', microphone.go), microphone.said, player,
			pair(field('Language', language, { hint: 'Such as en or de.' }), field('Hint', prompt))],
		request: () => ({ model, ...members([language, prompt]) }),
		async ask(body, { signal, say }) {
			if (!sound) throw new ApiError(400, { message: 'Choose a file or record something first.' });
			const form = new FormData();
			Object.entries(body).forEach(([name, value]) => form.append(name, value));
			form.append('file', sound, sound.name ?? `recording.${sound.type.includes('mp4') ? 'm4a' : 'webm'}`);
			const bar = h('progress', { max: '100', value: '0', 'aria-label': 'Upload' });
			const text = h('span');
			say(h('p', bar, ' ', text));
			const onprogress = (sent, total) => {
				bar.value = String((100 * sent) / total);
				text.textContent = sent < total ? `${bytes(sent)} of ${bytes(total)}` : 'Listening…';
				if (sent >= total) bar.removeAttribute('value');
			};
			const answer = await upload('/v1/audio/transcriptions', form, { onprogress, signal });
			const heard = textOf(answer.responseText);
			return [h('blockquote', heard || 'Nothing was heard.'), heard ? copyButton(heard) : null, costLine(answer.getResponseHeader('x-ecolink-request-id'))];
		},
	});
	return () => {
		end();
		microphone.end();
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

const REFUSALS = {
	NotAllowedError: 'This page may not use the microphone. Allow it, or choose a file.',
	NotFoundError: 'There is no microphone. Choose a file instead.',
	TypeError: 'Browsers open the microphone only to pages that came by https. Choose a file instead.',
};

function recorder(done) {
	const said = live();
	let media = null;
	let isAsking = false;
	let isGone = false;

	async function record() {
		isAsking = true;
		fill(said);
		try {
			const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
			const end = () => stream.getTracks().forEach((track) => track.stop());
			if (isGone) return end();
			const pieces = [];
			media = new MediaRecorder(stream);
			media.ondataavailable = (event) => pieces.push(event.data);
			media.onstop = () => {
				end();
				if (!isGone) done(new Blob(pieces, { type: media.mimeType.split(';')[0] }));
				media = null;
				go.textContent = 'Record';
			};
			media.start();
			go.textContent = 'End the recording';
			announce('Recording.');
		} catch (error) {
			media = null;
			fill(said, failure(new ApiError(0, { message: REFUSALS[error.name] ?? error.message })));
		} finally {
			isAsking = false;
		}
	}

	const go = button('Record', () => (media ? media.stop() : isAsking || record()));
	return { go, said, end() {
		isGone = true;
		media?.stop();
	} };
}
