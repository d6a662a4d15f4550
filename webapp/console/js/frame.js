// What surrounds every page of those who are signed in.
import { del } from './api.js';
import { button, h, link } from './dom.js';

const PLACES = [
	['playground', 'Playground'],
	['instances', 'Instances', ['instance', 'launch']],
	['keys', 'API Keys'],
	[null, 'Account'],
	['billing', 'Billing', ['requests', 'request', 'transactions']],
	['team', 'Team'],
	['audit', 'Audit log'],
	['settings', 'Settings'],
];

export function frame(name, session) {
	const toggle = button('Menu', () => {
		const shown = document.body.classList.toggle('menu');
		toggle.setAttribute('aria-expanded', shown);
	}, { class: 'menu-button', 'aria-expanded': 'false', 'aria-controls': 'nav' });
	const owner = session.user.role === 'owner';
	const entries = PLACES.filter(([place]) => owner || place !== 'audit').map(([place, text, below = []]) =>
		place === null
			? h('li.group', text)
			: h('li', link(text, `/console/${place}`, { 'aria-current': place === name ? 'page' : below.includes(name) ? 'true' : null })));
	const nav = h('nav', { id: 'nav', 'aria-label': 'Console' },
		h('ul', entries),
		h('div.who',
			h('strong', session.account.name),
			h('span', session.user.email),
			button('Sign out', signOut, 'small')));
	document.getElementById('top').append(toggle, nav);
}

async function signOut() {
	await del('/api/session').catch(() => {}); // a session that is over already is as good
	location.assign('/console/sign-in');
}
