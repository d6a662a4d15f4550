import { del, leaveFor } from './api.js';
import { announce, sentenceOf } from './dom.js';

export function frame(name, { user, account }) {
	const nav = document.getElementById('nav');
	const toggle = document.querySelector('.menu-button');
	nav.hidden = toggle.hidden = false;
	toggle.onclick = () => toggle.setAttribute('aria-expanded', document.body.classList.toggle('menu'));
	for (const link of nav.querySelectorAll('a')) {
		const isHere = link.pathname === `/app/${name}`;
		if (isHere || link.dataset.also?.split(' ').includes(name)) link.setAttribute('aria-current', isHere ? 'page' : 'true');
	}
	nav.querySelector('[data-owner]').hidden = user.role !== 'owner';
	nav.querySelector('strong').textContent = account.name;
	nav.querySelector('.who span').textContent = user.email;
	nav.querySelector('.who button').onclick = async () => {
		try {
			await del('/api/session');
		} catch (error) {
			// A session that is over already is as good.
			if (error.status !== 401) return announce(`You are still signed in. ${sentenceOf(error)}`);
		}
		return leaveFor('/app/sign-in');
	};
}
