import { del, listOf, post } from '../api.js';
import { add, announce, button, confirm, dialog, empty, fill, h, sayIn, secret, table } from '../dom.js';
import { checkbox, field, form, input, select } from '../form.js';
import { number, when } from '../format.js';

export const title = 'API Keys';

const DAY_MILLIS = 86_400_000;
const EXPIRIES = [['', 'Never'], ['7', 'In 7 days'], ['30', 'In 30 days'], ['90', 'In 90 days'], ['365', 'In a year']];

export async function render(page, session) {
	const owner = session.user.role === 'owner';
	const fresh = h('div');
	const list = h('div');
	const make = () => createDialog((key) => {
		fill(fresh, shown(key));
		fresh.querySelector('button').focus();
		return load();
	});
	const head = h('div.head', h('h1', title), owner ? button('Create a key', make, 'primary') : null);
	add(page, head, h('p.hint', 'Programs send a key as Authorization: Bearer eco_…. ', owner ? 'A key is shown once, when it is made.' : 'Owners of the account make and revoke keys.'), fresh, list);

	async function load() {
		const data = await listOf('/api/keys');
		const revoke = (key) => confirm(`Revoke ${key.name}?`, 'Requests with this key are refused at once, on every gateway within a second. This cannot be undone.', 'Revoke it', async () => {
			await del(`/api/keys/${key.id}`);
			announce('The key is revoked.');
			await load();
		});
		fill(list, data.length ? table('Your keys', columns(owner, revoke), data) : empty('No keys yet',
			'Programs call your instances with a key. Give each its own: it can be revoked alone, and you see what each costs.',
			owner ? button('Create the first', make, 'primary') : null));
	}

	await load().catch(sayIn(list));
}

const isExpired = (key) => key.expires_at && Date.parse(key.expires_at) < Date.now();
const isActive = (key) => !key.revoked_at && !isExpired(key);
const stateOf = (key) => h(isActive(key) ? 'span.pill.good' : 'span.pill.still', key.revoked_at ? 'Revoked' : isExpired(key) ? 'Expired' : 'Active');

const columns = (owner, revoke) => [
	['Name', (key) => h('span.strong', key.name)],
	['Begins with', (key) => h('code', `${key.prefix}…`)],
	['State', stateOf],
	['Scopes', (key) => key.scopes.join(', ')],
	['Requests a minute', (key) => (key.rate_limit ? number(key.rate_limit) : 'Default'), 'number'],
	['Expires', (key) => (key.expires_at ? when(key.expires_at) : 'Never')],
	['Created', (key) => when(key.created_at)],
	...(owner ? [['', (key) => (isActive(key) ? button('Revoke…', () => revoke(key), { class: 'small danger', 'aria-label': `Revoke ${key.name}` }) : null), 'end']] : []),
];

const shown = (issued) => secret(issued.key, 'Copy the key', `This is the key “${issued.name}”. Copy it now: it is not shown again.`);

function createDialog(created) {
	dialog('Create a key', (close) => {
		const name = input('name', { required: true, maxlength: 100, autofocus: true, placeholder: 'production' });
		const inference = checkbox('Inference', { checked: true }, 'Call models and instances.');
		const manage = checkbox('Manage', {}, 'Use the management API: launch instances, read the bill.');
		const limit = input('rate_limit', { type: 'number', min: 1, max: 1_000_000, inputmode: 'numeric', placeholder: 'the default' });
		const expiry = select('expiry', EXPIRIES);
		return form('Create', [
			field('Name', name, { hint: 'What will use it.' }),
			h('fieldset', h('legend', 'What it may do'), inference, manage),
			field('Requests a minute', limit),
			field('Expires', expiry, { param: 'expires_at' }),
		], async () => {
			const issued = await post('/api/keys', {
				name: name.value.trim(),
				scopes: [inference.control.checked && 'inference', manage.control.checked && 'manage'].filter(Boolean),
				rate_limit: limit.value ? Number(limit.value) : undefined,
				expires_at: expiry.value ? new Date(Date.now() + Number(expiry.value) * DAY_MILLIS).toISOString() : undefined,
			});
			close();
			await created(issued);
		}, button('Cancel', close));
	});
}
