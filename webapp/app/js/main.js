// Every page's beginning: who is signed in, the frame around the page, and then the page itself,
// whose module has the name that the address ends with.
import { readSession, toSignIn } from './api.js';
import { failure, fill, h } from './dom.js';
import { frame } from './frame.js';

const main = document.getElementById('main');
const name = location.pathname.replace(/^\/app\//, '');

const outside = ['sign-in', 'join'].includes(name);
let session;

async function show() {
	let page;
	[page, session] = await Promise.all([import(`./pages/${name}.js`), outside || readSession()]);
	document.title = `${page.title} · EcoLink`;
	if (!session && !outside) return toSignIn();
	document.body.classList.add(outside ? 'outside' : 'inside');
	if (!outside) frame(name, session);
	const content = h('div', { class: `page ${name}` });
	fill(main, content);
	await page.render(content, session);
	content.querySelector('[autofocus]')?.focus();
}

// A page that the browser kept is shown again only to whom it was shown. One that was on its way
// elsewhere begins anew.
addEventListener('pageshow', async ({ persisted }) => {
	if (!persisted || outside) return;
	document.body.hidden = true;
	const now = await readSession().catch(() => null);
	if (now?.csrf_token !== session?.csrf_token || document.querySelector('[aria-busy]')) return location.reload();
	document.body.hidden = false;
});

show().catch((error) => fill(main, h('h1', 'EcoLink'), failure(error)));
