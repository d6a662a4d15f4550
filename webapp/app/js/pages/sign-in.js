import { open, rememberSession } from '../api.js';
import { add, banner, fill, h, link } from '../dom.js';
import { field, form, input } from '../form.js';

export const title = 'Sign in';

export function nextPage(search) {
	const next = new URLSearchParams(search).get('next') ?? '';
	return /^\/app\/[a-z-]+(\?[^#]*)?$/.test(next) && !next.startsWith('/app/sign-in') ? next : '/app/instances';
}

export async function render(page) {
	const next = nextPage(location.search);
	const methods = await open('GET', '/api/session/methods').catch(() => ({ password: true, oidc: null }));
	const box = h('div.door');
	add(page, box);
	add(box, h('h1', 'Sign in to EcoLink'), refusal());
	if (methods.oidc) {
		add(box, link(`Continue with ${methods.oidc.name}`, withNext(methods.oidc.url, next), 'button wide'));
		if (methods.password) add(box, h('p.or', 'or'));
	}
	if (methods.password) add(box, passwordForm(next));
	add(box, h('p.hint', 'No account yet? Ask an owner of your team, or the gateway’s operator.'));
}

// What came of another provider, by its code: an address never brings the text.
const TROUBLES = new Map([
	['late', 'That took too long, or began in another browser.'],
	['unverified', 'Your provider has not verified your e-mail address.'],
	['failed', 'Your provider refused. Try again.'],
	['unavailable', 'Your provider does not answer. Try again later.'],
	['uninvited', 'Nobody has invited you. Ask an owner of your team for an invitation.'],
]);

function refusal() {
	const text = TROUBLES.get(new URLSearchParams(location.search).get('error'));
	return text ? banner('bad', text) : null;
}

// A provider's address is ours too: it begins at the gateway.
const withNext = (url, next) => `${url}${url.includes('?') ? '&' : '?'}next=${encodeURIComponent(next)}`;

function passwordForm(next) {
	const email = input('email', { type: 'email', autocomplete: 'username', required: true, autofocus: true });
	const password = input('password', { type: 'password', autocomplete: 'current-password', required: true });
	return form('Sign in', [field('E-mail', email), field('Password', password)], async (element) => {
		try {
			rememberSession(await open('POST', '/api/session', { email: email.value.trim(), password: password.value }));
		} catch (error) {
			password.value = '';
			throw error;
		}
		fill(element, h('p.loading', 'Signing in…'));
		location.replace(next);
	});
}
