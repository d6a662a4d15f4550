import { ApiError, open, rememberSession } from '../api.js';
import { add, failure, fill, h, link } from '../dom.js';
import { form, newPassword, username } from '../form.js';
import { time } from '../format.js';

export const title = 'Accept an invitation';

// In the fragment, which no server and no log sees.
const token = () => location.hash.slice(1);

export async function render(page) {
	const box = h('div.door');
	add(page, box);
	let invitation;
	try {
		if (!token()) throw new ApiError(404, { message: 'Open the whole link that you were sent.' });
		invitation = await open('POST', '/api/join/invitation', { token: token() });
	} catch (error) {
		fill(box, h('h1', 'Accept an invitation'), failure(error), link('Go to the sign-in', '/app/sign-in'));
		return;
	}
	const account = invitation.account_name;
	const password = newPassword('password', true);
	fill(box,
		h('h1', `Join ${account}`),
		h('p', `You were invited as ${invitation.email}. The invitation is good until ${time(invitation.expires_at)}.`),
		form('Join', [username(invitation.email), password.fields], async () => {
			rememberSession(await open('POST', '/api/join', { token: token(), password: password.read() }));
			location.replace('/app/instances');
		}));
}
