// Elements of the page. All that comes from outside goes in as text, never as markup.
import { ApiError, SESSION_ENDED } from './api.js';

const BOOLEANS = new Set(['checked', 'disabled', 'hidden', 'readOnly', 'required', 'open', 'autofocus']);
const PROPERTIES = new Set(['value', 'tabIndex', 'download', 'src']);

const isProperties = (value) => value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;

/**
 * An element, as `h('p.hint', { id: 'x' }, 'text')`: its properties, attributes and `on…` listeners
 * where there are some, then children; null children are left out.
 */
export function h(selector, ...children) {
	const [tag, ...classes] = selector.split('.');
	const element = document.createElement(tag);
	element.classList.add(...classes);
	for (const [name, value] of Object.entries(isProperties(children[0]) ? children.shift() : {})) {
		if (value === null || value === undefined) continue;
		if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
		else if (name === 'class') element.classList.add(...value.split(' ').filter(Boolean));
		else if (BOOLEANS.has(name) || PROPERTIES.has(name)) element[name] = value;
		else element.setAttribute(name, value);
	}
	add(element, children);
	return element;
}

export function add(element, ...children) {
	for (const child of children.flat(Infinity)) {
		if (child !== null && child !== undefined && child !== false) element.append(child);
	}
	return element;
}

export function fill(element, ...children) {
	element.replaceChildren();
	return add(element, ...children);
}

let ids = 0;

export const nextId = (what) => `${what}-${++ids}`;

// Says it over all else; what lies outside of an open dialog is neither seen nor read.
export function announce(text) {
	const status = document.querySelector('dialog[open] .toast') ?? document.getElementById('status');
	status.textContent = text;
	clearTimeout(status.timer);
	status.timer = setTimeout(() => (status.textContent = ''), 6000);
}

export function sentenceOf(error) {
	return error instanceof ApiError ? error.message : `This page failed: ${error.message}`;
}

export function banner(kind, ...children) {
	return h('div', { class: `banner ${kind}`, role: kind === 'bad' ? 'alert' : null }, ...children);
}

export const live = () => h('div', { 'aria-live': 'polite' });

// Whoever has to sign in again does it elsewhere, so that what was typed here is not lost.
export const failure = (error) => banner('bad', sentenceOf(error),
	error.code === SESSION_ENDED ? [' ', link('Sign in in another tab', '/app/sign-in', { target: '_blank' }), ', then try again here.'] : null);

// For a `catch`: shows there what went wrong.
export const sayIn = (box) => (error) => fill(box, failure(error));

export function empty(title, text, action) {
	return h('div.empty', h('h2', title), h('p', text), action);
}

// The last of these is properties, or a class.
const propertiesOf = (last) => (typeof last === 'string' ? { class: last } : last);

export const button = (text, onclick, last) => h('button', { type: 'button', onclick, ...propertiesOf(last) }, text);
export const link = (text, href, last) => h('a', { href, ...propertiesOf(last) }, text);

export async function busy(pressed, work) {
	const label = pressed.textContent;
	const isFocused = document.activeElement === pressed;
	pressed.disabled = true;
	pressed.setAttribute('aria-busy', 'true');
	try {
		return await work();
	} finally {
		pressed.disabled = false;
		pressed.removeAttribute('aria-busy');
		pressed.textContent = label;
		if (isFocused) keepFocus(pressed);
	}
}

// The focus goes nowhere with what had it: then it is here, or where the page begins.
function keepFocus(wanted) {
	if (document.activeElement !== document.body) return;
	(wanted?.isConnected ? wanted : document.getElementById('main')).focus({ preventScroll: true });
}

// The clipboard is open to pages that came by https or from this computer.
export function copyButton(text, label = 'Copy') {
	const copy = button(label, async () => {
		try {
			await navigator.clipboard.writeText(text);
			copy.textContent = 'Copied';
			announce('Copied to the clipboard.');
		} catch {
			announce('The clipboard is closed to this page: select the text and copy it.');
		}
		setTimeout(() => (copy.textContent = label), 2000);
	}, { class: 'small', 'aria-label': label === 'Copy' ? `Copy ${text.length > 40 ? 'the text' : text}` : null });
	return copy;
}

export function secret(text, label, ...sentence) {
	return banner('good', h('p', ...sentence), h('div.ref', h('code.secret', text), copyButton(text, label)));
}

export const reference = (text, whole = text) => h('span.ref', h('code', text), copyButton(whole));

function code(text, label = 'code') {
	return h('div.code', h('pre', { tabIndex: 0, role: 'region', 'aria-label': label }, h('code', text)), copyButton(text));
}

// Tabs by WAI-ARIA's pattern: arrow keys move, each tab makes its panel when it is first shown.
function tabs(label, entries) {
	const panel = h('div', { role: 'tabpanel', id: nextId('panel'), tabIndex: 0 });
	const heads = entries.map(([name], index) =>
		h('button', { type: 'button', role: 'tab', id: nextId('tab'), 'aria-controls': panel.id, onclick: () => show(index) }, name));
	const list = h('div', { role: 'tablist', 'aria-label': label, onkeydown: (event) => {
		const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
		if (!step) return;
		const next = (heads.indexOf(document.activeElement) + step + heads.length) % heads.length;
		show(next);
		heads[next].focus();
	} }, heads);
	function show(index) {
		heads.forEach((head, i) => {
			head.setAttribute('aria-selected', i === index);
			head.tabIndex = i === index ? 0 : -1;
		});
		panel.setAttribute('aria-labelledby', heads[index].id);
		fill(panel, entries[index][1]());
	}
	show(0);
	return h('div.tabs', list, panel);
}

export const calls = (entries) => [
	h('p.hint', 'ECOLINK_API_KEY is a key of yours: ', link('make one', '/app/keys'), '.'),
	tabs('Languages', entries.map(([name, text]) => [name, () => code(text, name)])),
];

// A modal dialog; `build` gets a function that closes it. Escape closes it too.
export function dialog(title, build) {
	const heading = h('h2', { id: nextId('dialog') }, title);
	const before = document.activeElement;
	const toast = h('div.toast', { role: 'status' });
	const box = h('dialog', { 'aria-labelledby': heading.id, onclose: () => {
		box.remove();
		if (toast.textContent) announce(toast.textContent);
		keepFocus(before);
	} });
	const close = () => box.close();
	add(box, h('div.dialog-head', heading, button('×', close, { class: 'plain', 'aria-label': 'Close' })), build(close), toast);
	document.body.append(box);
	box.showModal();
	return box;
}

// Asks before something that cannot be undone, then does it; errors are said in the dialog.
export function confirm(title, text, action, work) {
	dialog(title, (close) => {
		const said = h('div');
		const go = button(action, () => busy(go, async () => {
			try {
				await work();
				close();
			} catch (error) {
				fill(said, failure(error));
			}
		}), { class: 'danger' });
		return [h('p', text), said, h('div.actions', go, button('Cancel', close))];
	});
}

// Rows of a table. The roles are what the elements are already, and stay where a phone's width has
// them as blocks.
export const rowsOf = (columns, rows) => rows.map((row) => h('tr', { role: 'row' },
	columns.map(([title, cell, style]) => h('td', { role: 'cell', class: style, 'data-title': title }, cell(row)))));

// A table whose cells are text or elements. Columns: [title, cell, class?].
export function table(caption, columns, rows) {
	const heads = columns.map(([title, , style]) => h('th', { role: 'columnheader', scope: 'col', class: style }, title || h('span.unseen', 'Actions')));
	return h('div.scroll', { tabIndex: 0, role: 'region', 'aria-label': caption },
		h('table', { role: 'table' },
			h('caption.unseen', caption),
			h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, heads)),
			h('tbody', { role: 'rowgroup' }, rowsOf(columns, rows))));
}

export function facts(pairs) {
	return h('dl.facts', pairs.filter(Boolean).map(([term, value]) => h('div', h('dt', term), h('dd', value ?? '–'))));
}

export const wait = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

// Does something again and again for as long as the page is looked at; null milliseconds end it.
export function repeatedly(milliseconds, work) {
	const wait = milliseconds();
	if (wait === null) return;
	setTimeout(async () => {
		if (!document.hidden) await work().catch(() => {}); // the next time may do better
		repeatedly(milliseconds, work);
	}, wait);
}
