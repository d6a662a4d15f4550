import { del, listOf, patch, post } from '../api.js';
import { add, announce, button, confirm, dialog, empty, failure, fill, h, live, secret, table } from '../dom.js';
import { field, form, input, select } from '../form.js';
import { when, words } from '../format.js';

export const title = 'Team';

const ROLES = [['member', 'Member: launches, calls, reads'], ['owner', 'Owner: also invites, makes keys']];

export async function render(page, session) {
	const owner = session.user.role === 'owner';
	const said = live();
	const people = h('section');
	const invitations = h('section');
	const invite = () => inviteDialog(async (invited) => {
		fill(said, linkOf(invited));
		await load();
	});
	add(page, h('div.head', h('h1', title), owner ? button('Invite somebody', invite, 'primary') : null),
		h('p.hint', 'Members launch, call and read; owners also invite, and make and revoke keys.'), said, people, invitations);

	async function load() {
		try {
			const data = await listOf('/api/users');
			fill(people, table('People', columns(owner, session.user.id, load, said), data));
			const pending = owner ? await listOf('/api/invitations') : [];
			fill(invitations, pending.length ? [h('h2', 'Invitations that wait'), table('Invitations', waiting(load), pending)] : null);
			if (data.length === 1 && pending.length === 0 && owner) {
				fill(invitations, empty('You are alone here', 'Invite colleagues by link: they choose a password and see what this account runs and costs.'));
			}
		} catch (error) {
			fill(people, failure(error));
		}
	}

	await load();
}

const columns = (owner, me, load, said) => [
	['E-mail', (user) => h('span.strong', user.email, user.id === me ? h('span.tag', 'you') : null)],
	['Role', (user) => (owner && user.id !== me ? roleOf(user, said) : words(user.role))],
	['Joined', (user) => when(user.created_at)],
	['Last sign-in', (user) => (user.last_sign_in_at ? when(user.last_sign_in_at) : 'Never')],
	...(owner ? [['', (user) => (user.id === me ? null : button('Remove…', () => confirm(`Remove ${user.email}?`, 'They are signed out everywhere. Keys of the account go on working.', 'Remove', async () => {
		await del(`/api/users/${user.id}`);
		await load();
	}), { class: 'small danger', 'aria-label': `Remove ${user.email}` })), 'end']] : []),
];

function roleOf(user, said) {
	const choice = select('role', [['member', 'Member'], ['owner', 'Owner']], { 'aria-label': `Role of ${user.email}`, onchange: async () => {
		try {
			await patch(`/api/users/${user.id}`, { role: choice.value });
			user.role = choice.value;
			announce(`${user.email} is ${choice.value} now.`);
			fill(said);
		} catch (error) {
			choice.value = user.role;
			fill(said, failure(error));
		}
	} });
	choice.value = user.role;
	return choice;
}

const waiting = (load) => [
	['E-mail', (invitation) => h('span.strong', invitation.email)],
	['Role', (invitation) => words(invitation.role)],
	['Good until', (invitation) => when(invitation.expires_at)],
	['', (invitation) => button('Withdraw…', () => confirm(`Withdraw the invitation of ${invitation.email}?`, 'Its link stops working.', 'Withdraw', async () => {
		await del(`/api/invitations/${invitation.id}`);
		await load();
	}), 'small danger'), 'end'],
];

function linkOf({ email, invitation }) {
	return secret(new URL(invitation.url, location.origin).href, 'Copy the link',
		`Send this link to ${email}; it is shown once. It is good until `, when(invitation.expires_at), '.');
}

function inviteDialog(invited) {
	dialog('Invite somebody', (close) => {
		const email = input('email', { type: 'email', required: true, autofocus: true });
		const role = select('role', ROLES);
		return form('Make the link', [field('E-mail', email), field('Role', role)], async () => {
			const made = await post('/api/users', { email: email.value.trim(), role: role.value });
			close();
			await invited({ email: email.value.trim(), invitation: made.invitation });
		}, button('Cancel', close));
	});
}
