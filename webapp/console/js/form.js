// Forms: labelled fields, an error beside the field that it is about, a button that waits.
import { add, busy, fill, h, nextId, sentenceOf } from './dom.js';

/** An input with its label and, where there is one, a sentence about it. */
export function field(label, control, { hint, param } = {}) {
  control.id ||= nextId('field');
  const about = h('p', { class: 'hint', id: `${control.id}-hint` }, hint ?? '');
  const wrong = h('p', { class: 'wrong', id: `${control.id}-wrong` });
  control.setAttribute('aria-describedby', `${about.id} ${wrong.id}`);
  const box = h('div', { class: 'field' }, h('label', { for: control.id }, label), control, hint ? about : null, wrong);
  box.param = param ?? control.name;
  box.say = (text) => {
    wrong.textContent = text;
    control.toggleAttribute('aria-invalid', Boolean(text));
    if (text) control.setAttribute('aria-invalid', 'true');
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
  const box = h('div', { class: 'check' }, control, h('label', { for: control.id }, label), hint ? h('p', { class: 'hint' }, hint) : null);
  box.control = control;
  return box;
}

/** Puts an error beside the field that it names, or above the button. */
function say(form, error, general) {
  const boxes = [...form.querySelectorAll('.field')];
  const named = error.param && boxes.find((box) => box.param === error.param && !box.closest('[hidden]'));
  if (!named) {
    fill(general, h('div', { class: 'banner bad' }, sentenceOf(error)));
    return;
  }
  for (let outer = named.closest('details'); outer; outer = outer.parentElement.closest('details')) outer.open = true;
  named.say(sentenceOf(error));
  named.control.focus();
}

/** A form that calls `send` and says what was wrong; `extra` stands beside the button. */
export function form(action, fields, send, { extra, ...properties } = {}) {
  const general = h('div', { role: 'alert' });
  const go = h('button', { type: 'submit', class: 'primary' }, action);
  const element = h('form', {
    ...properties,
    novalidate: properties.novalidate ?? null,
    onsubmit: (event) => {
      event.preventDefault();
      fill(general);
      element.querySelectorAll('.field').forEach((box) => box.say?.(''));
      busy(go, () => send(element)).catch((error) => say(element, error, general));
    },
  });
  return add(element, fields, general, h('div', { class: 'actions' }, go, extra));
}

/** What was typed, by name; blank is left out. */
export function values(element) {
  const found = {};
  for (const [name, value] of new FormData(element)) {
    if (typeof value === 'string' && value.trim() !== '') found[name] = value.trim();
  }
  return found;
}
