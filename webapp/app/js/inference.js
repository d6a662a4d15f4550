// The public endpoints, called as any client calls them, with the short-lived key of this session.
// The key is kept in this module alone and is gone with the page.
import { ApiError, errorFrom, errorOf, post } from './api.js';
import { exactMoney, milliseconds } from './format.js';
import { h, link, wait } from './dom.js';

const EARLY_MILLIS = 60_000;
const RECEIPT_TRIES = 12;

let key = null;

async function currentKey(anew = false) {
	if (anew || !key || Date.parse(key.expires_at) - Date.now() < EARLY_MILLIS) {
		key = await post('/api/session/playground-key');
	}
	return key.key;
}

// Gets the key, so that a request which is timed does not wait for it.
export const prepare = () => currentKey();

async function sent(path, options, anew) {
	const headers = { ...options.headers, authorization: `Bearer ${await currentKey(anew)}` };
	try {
		return await fetch(path, { ...options, headers, credentials: 'omit' });
	} catch (error) {
		throw error.name === 'AbortError' ? error : new ApiError(0);
	}
}

// The answer of a call that was a success; a key that is over is renewed once.
export async function infer(path, options = {}) {
	let response = await sent(path, options, false);
	if (response.status === 401) response = await sent(path, options, true);
	if (!response.ok) throw await errorOf(response);
	return response;
}

export const inferJson = (path, body, signal) =>
	infer(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal });

// An upload that tells how far it is; `fetch` cannot. Its answer is text with its headers.
export async function upload(path, formData, { onprogress, signal }, anew = false) {
	const bearer = await currentKey(anew);
	signal?.throwIfAborted();
	const answer = await new Promise((resolve, reject) => {
		const xhr = new XMLHttpRequest();
		xhr.open('POST', path);
		xhr.setRequestHeader('authorization', `Bearer ${bearer}`);
		xhr.upload.onprogress = (event) => event.lengthComputable && onprogress(event.loaded, event.total);
		xhr.onload = () => resolve(xhr);
		xhr.onerror = () => reject(new ApiError(0));
		xhr.onabort = () => reject(new DOMException('stopped', 'AbortError'));
		signal?.addEventListener('abort', () => xhr.abort());
		xhr.send(formData);
	});
	if (answer.status === 401 && !anew) return upload(path, formData, { onprogress, signal }, true);
	if (answer.status >= 400) throw errorFrom(answer.status, answer.responseText);
	return answer;
}

// What an exchange came to; null if its receipt is not there in time.
export async function receiptOf(requestId) {
	for (let attempt = 0; requestId && attempt < RECEIPT_TRIES; attempt++) {
		await wait(Math.min(100 * 2 ** attempt, 1000));
		try {
			return await (await infer(`/v1/usage/${encodeURIComponent(requestId)}`)).json();
		} catch (error) {
			if (error.status !== 404) throw error;
		}
	}
	return null;
}

// A line under an answer: what it took, what it cost, and where the receipt is.
export function costLine(requestId, before = []) {
	const line = h('p.meta', before.filter(Boolean).join(' · '));
	if (!requestId) return line;
	const price = h('span.cost', ' · cost follows…');
	line.append(price);
	receiptOf(requestId)
		.then((receipt) => {
			if (!receipt) return price.replaceChildren(' · the receipt is not there yet: ', link('look later', receiptHref(requestId)));
			const took = before.length ? '' : milliseconds(receipt.duration_milliseconds);
			price.replaceChildren(`${took} · `, link(exactMoney(receipt.cost), receiptHref(requestId), { title: 'The receipt' }),
				receipt.region ? ` · ${receipt.region}` : '', receipt.source === 'estimated' ? ' · estimated' : '');
		})
		.catch(() => price.replaceChildren(' · ', link('receipt', receiptHref(requestId))));
	return line;
}

const receiptHref = (id) => `/app/request?id=${encodeURIComponent(id)}`;
