// Every page's beginning: who is signed in, the frame around the page, and then the page itself,
// whose module has the name that the address ends with.
import { readSession, toSignIn } from './api.js';
import { failure, fill, h } from './dom.js';
import { frame } from './frame.js';

const main = document.getElementById('main');
const name = location.pathname.replace(/^\/console\//, '');

async function show() {
  const [page, session] = await Promise.all([import(`./pages/${name}.js`), readSession()]);
  document.title = `${page.title} · EcoLink`;
  if (!session && !page.isOpen) return toSignIn();
  document.body.classList.add(page.isOpen ? 'outside' : 'inside');
  if (!page.isOpen) frame(name, session);
  const content = h('div', { class: `page ${name}` });
  await page.render(content, session);
  fill(main, content);
  content.querySelector('[autofocus]')?.focus();
}

show().catch((error) => fill(main, h('h1', 'EcoLink'), failure(error)));
