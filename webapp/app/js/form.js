// Forms: labelled fields, an error beside the field that it is about, a button that waits.
import { ApiError } from './api.js';
import { add, busy, failure, fill, h, nextId, sentenceOf } from './dom.js';

export function field(label, control, { hint, param } = {}) {
	control.id ||= nextId('field');
	const about = h('p.hint', { id: `${control.id}-hint` }, hint ?? '');
	const wrong = h('p.wrong', { id: `${control.id}-wrong` });
	control.setAttribute('aria-describedby', `${about.id} ${wrong.id}`);
	const box = h('div.field', h('label', { for: control.id }, label), control, hint ? about : null, wrong);
	box.param = param ?? control.name;
	box.say = (text) => {
		wrong.textContent = text;
		control.setAttribute('aria-invalid', Boolean(text));
	};
	box.control = control;
	return box;
}

export const input = (name, properties = {}) => h('input', { name, type: 'text', autocomplete: 'off', ...properties });
export const textarea = (name, properties = {}) => h('textarea', { name, rows: 3, ...properties });

export function select(name, options, properties = {}) {
	return h('select', { name, ...properties }, options.map((option) => {
		const [value, text] = Array.isArray(option) ? option : [option, option];
		return h('option', { value }, text);
	}));
}

export function checkbox(label, properties = {}, hint) {
	const control = h('input', { type: 'checkbox', id: nextId('field'), ...properties });
	const box = h('div.check', control, h('label', { for: control.id }, label), hint ? h('p.hint', hint) : null);
	box.control = control;
	return box;
}

export const pair = (...fields) => h('div.pair', fields);

// A new password and the same again: its fields, and what was typed if both are the same.
export function newPassword(name, autofocus = false) {
	const properties = { type: 'password', autocomplete: 'new-password', required: true };
	const control = input(name, { ...properties, minlength: 8, autofocus });
	const again = input('again', properties);
	const fields = [field('New password', control, { hint: 'At least 8 characters; a sentence is good.' }), field('The same again', again)];
	return { fields, read() {
		if (control.value !== again.value) throw new ApiError(400, { message: 'The two passwords differ.', param: 'again' });
		return control.value;
	} };
}

// Tells password managers whose password it is.
export const username = (email) => h('input', { type: 'email', value: email, autocomplete: 'username', hidden: true, readOnly: true, tabIndex: -1 });

function say(form, error, general) {
	const boxes = [...form.querySelectorAll('.field')];
	const named = error.param && boxes.find((box) => box.param === error.param && !box.closest('[hidden]'));
	if (!named) {
		fill(general, failure(error));
		return;
	}
	for (let outer = named.closest('details'); outer; outer = outer.parentElement.closest('details')) outer.open = true;
	named.say(sentenceOf(error));
	named.control.focus();
}

// A form that calls `send` and says what was wrong; `extra` stands beside the button.
export function form(action, fields, send, extra) {
	const general = h('div');
	const go = h('button', { type: 'submit', class: 'primary' }, action);
	const element = h('form', {
		onsubmit: (event) => {
			event.preventDefault();
			fill(general);
			element.querySelectorAll('.field').forEach((box) => box.say?.(''));
			busy(go, () => send(element)).catch((error) => say(element, error, general));
		},
	});
	return add(element, fields, general, h('div.actions', go, extra));
}

// What was typed, by name, without the blank ones; numbers where they are numbers.
export function members(controls) {
	const found = {};
	for (const { name, type, value } of controls) {
		const text = value?.trim();
		if (name && text) found[name] = type === 'number' ? Number(text) : text;
	}
	return found;
}
