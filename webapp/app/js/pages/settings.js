import { del, leaveFor, put } from '../api.js';
import { add, announce, button, busy, facts, failure, fill, h } from '../dom.js';
import { field, form, input, newPassword, username } from '../form.js';
import { when, words } from '../format.js';

export const title = 'Settings';

export async function render(page, session) {
	add(page, h('div.head', h('h1', title)),
		facts([['Account', session.account.name], ['Account id', session.account.id], ['Signed in as', session.user.email], ['Role', words(session.user.role)], ['This session ends', when(session.expires_at)]]),
		password(session), everywhere());
}

function password(session) {
	const old = input('old_password', { type: 'password', autocomplete: 'current-password', required: true });
	const next = newPassword('new_password');
	const said = h('p.hint');
	return h('section.narrow', h('h2', 'Change the password'), form('Change', [username(session.user.email), field('Present password', old), next.fields], async (element) => {
		fill(said);
		await put('/api/session/password', { old_password: old.value, new_password: next.read() });
		element.reset();
		fill(said, 'The password is changed.');
		announce('The password is changed.');
	}), said);
}

function everywhere() {
	const said = h('div');
	const go = button('Sign out everywhere', () => busy(go, async () => {
		try {
			await del('/api/session?everywhere=true');
			await leaveFor('/app/sign-in');
		} catch (error) {
			fill(said, failure(error));
		}
	}), 'danger');
	return h('section.narrow', h('h2', 'Sessions'), h('p.hint', 'Ends every session of yours on every device, this one included.'), said, go);
}
