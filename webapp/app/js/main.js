// Every page's beginning: who is signed in, the frame around the page, and then the page itself,
// whose module has the name that the address ends with.
import { readSession, toSignIn } from './api.js';
import { failure, fill, h } from './dom.js';
import { frame } from './frame.js';

const main = document.getElementById('main');
const name = location.pathname.replace(/^\/app\//, '');

const outside = ['sign-in', 'join'].includes(name);

async function show() {
	const [page, session] = await Promise.all([import(`./pages/${name}.js`), outside || readSession()]);
	document.title = `${page.title} · EcoLink`;
	if (!session && !outside) return toSignIn();
	document.body.classList.add(outside ? 'outside' : 'inside');
	if (!outside) frame(name, session);
	const content = h('div', { class: `page ${name}` });
	fill(main, content);
	await page.render(content, session);
	content.querySelector('[autofocus]')?.focus();
}

show().catch((error) => fill(main, h('h1', 'EcoLink'), failure(error)));
