import { ApiError, del, put } from '../api.js';
import { add, announce, button, busy, facts, failure, fill, h } from '../dom.js';
import { field, form, input } from '../form.js';
import { timeElement, words } from '../format.js';

export const title = 'Settings';

export async function render(page, session) {
  add(page, h('div', { class: 'head' }, h('h1', {}, title)),
    facts([['Account', session.account.name], ['Account id', session.account.id], ['Signed in as', session.user.email], ['Role', words(session.user.role)], ['This session ends', timeElement(session.expires_at)]]),
    password(session), everywhere());
}

function password(session) {
  const old = input('old_password', { type: 'password', autocomplete: 'current-password', required: true });
  const next = input('new_password', { type: 'password', autocomplete: 'new-password', required: true, minlength: 8 });
  const again = input('again', { type: 'password', autocomplete: 'new-password', required: true });
  const said = h('p', { class: 'hint' });
  return h('section', { class: 'narrow' }, h('h2', {}, 'Change the password'), form('Change', [
    h('input', { type: 'email', value: session.user.email, autocomplete: 'username', hidden: true, readOnly: true, tabIndex: -1 }),
    field('Present password', old), field('New password', next, { hint: 'At least 8 characters; a sentence is good.' }), field('The same again', again),
  ], async (element) => {
    fill(said);
    if (next.value !== again.value) throw new ApiError(400, { message: 'The two passwords differ.', param: 'again' });
    await put('/api/session/password', { old_password: old.value, new_password: next.value });
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
      location.assign('/console/sign-in');
    } catch (error) {
      fill(said, failure(error));
    }
  }), { class: 'danger' });
  return h('section', { class: 'narrow' }, h('h2', {}, 'Sessions'), h('p', { class: 'hint' }, 'Ends every session of yours on every device, this one included.'), said, go);
}
