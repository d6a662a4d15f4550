// The management API as the console calls it: JSON in and out, the session's cookie, its CSRF token,
// and errors as sentences.

// An answer that was no success. Its message is the API's own sentence.
export class ApiError extends Error {
	constructor(status, { message, code, param } = {}) {
		super(message || sentence(status));
		this.status = status;
		this.code = code;
		this.param = param;
	}
}

function sentence(status) {
	if (status === 0) return 'The gateway does not answer. Check your connection, then try again.';
	if (status === 413) return 'This is larger than the gateway takes.';
	return status >= 500
		? 'The gateway could not answer this. Try again; if it stays so, tell its operator.'
		: `The gateway refused this (status ${status}).`;
}

export const SESSION_ENDED = 'session_ended';

let session = null;

export function rememberSession(next) {
	session = next;
}

export async function readSession() {
	try {
		session = await request('GET', '/api/session');
	} catch (error) {
		if (error.status !== 401) throw error;
		session = null;
	}
	return session;
}

export async function errorOf(response) {
	const text = await response.text().catch(() => '');
	return errorFrom(response.status, text);
}

export function errorFrom(status, text) {
	try {
		const { error, detail } = JSON.parse(text);
		const described = typeof error === 'string' ? { message: error } : error;
		return new ApiError(status, described ?? { message: typeof detail === 'string' ? detail : undefined });
	} catch {
		return new ApiError(status);
	}
}

async function request(method, path, body, form = 'json') {
	const headers = { accept: form === 'json' ? 'application/json' : '*/*' };
	if (body !== undefined) headers['content-type'] = 'application/json';
	if (method !== 'GET' && session) headers['x-csrf-token'] = session.csrf_token;
	let response;
	try {
		response = await fetch(path, {
			method,
			headers,
			credentials: 'same-origin',
			body: body === undefined ? undefined : JSON.stringify(body),
		});
	} catch {
		throw new ApiError(0); // it did not get there
	}
	if (!response.ok) throw await errorOf(response);
	return response.status === 204 ? null : response[form]();
}

/**
 * A call as whoever is signed in. A session that is over leads to the sign-in page, but where
 * something was typed it is said, and the page stays; a token of an earlier session (another tab
 * signed in) is renewed once.
 */
async function call(method, path, body, form) {
	try {
		return await request(method, path, body, form);
	} catch (error) {
		if (error.status === 401 && method === 'GET') return toSignIn();
		if (error.status === 401) throw new ApiError(401, { message: 'Your session has ended.', code: SESSION_ENDED });
		if (error.status !== 403 || method === 'GET' || !(await tokenWasOld())) throw error;
		return request(method, path, body);
	}
}

async function tokenWasOld() {
	const old = session?.csrf_token;
	return (await readSession()) !== null && session.csrf_token !== old;
}

// These never return: the page is on its way elsewhere.
export function leaveFor(address) {
	location.assign(address);
	return new Promise(() => {});
}

export function toSignIn() {
	location.replace(withQuery('/app/sign-in', { next: location.pathname + location.search }));
	return new Promise(() => {});
}

export const open = request;

export const get = (path) => call('GET', path);
export const fileOf = (path) => call('GET', path, undefined, 'blob');
// A list that is not paged here: all that the API gives at once.
export const listOf = (path) => get(`${path}?limit=1000`).then((page) => page.data);
export const post = (path, body = {}) => call('POST', path, body);
export const put = (path, body) => call('PUT', path, body);
export const patch = (path, body) => call('PATCH', path, body);
export const del = (path) => call('DELETE', path);

// The path with these parameters, without those that are empty.
export function withQuery(path, parameters) {
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries(parameters)) {
		if (value !== null && value !== undefined && value !== '') query.set(name, value);
	}
	return query.size ? `${path}${path.includes('?') ? '&' : '?'}${query}` : path;
}
