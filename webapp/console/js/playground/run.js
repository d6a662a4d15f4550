// What the panels have in common: one request at a time, which can be stopped, and said what went
// wrong with it.
import { button, failure, fill, h } from '../dom.js';

/** A button that runs `work(signal)` and is a stop button while it does. */
export function runner(label, work, said) {
  let controller = null;
  const go = button(label, () => (controller ? controller.abort() : run()), { class: 'primary' });

  async function run() {
    if (controller) return;
    controller = new AbortController();
    go.textContent = 'Stop';
    go.classList.replace('primary', 'danger');
    fill(said);
    try {
      await work(controller.signal);
    } catch (error) {
      fill(said, error.name === 'AbortError' ? h('p', { class: 'meta' }, 'Stopped.') : failure(error));
    } finally {
      controller = null;
      go.textContent = label;
      go.classList.replace('danger', 'primary');
    }
  }

  return { go, run, isRunning: () => controller !== null, end: () => controller?.abort() };
}

export const codeButton = (show) => button('Show as code', show, { class: 'small' });

/** A form's values as a request's members, without the blank ones; numbers where they are numbers. */
export function members(controls) {
  const found = {};
  for (const control of controls) {
    const text = control.value.trim();
    if (text !== '') found[control.name] = control.type === 'number' ? Number(text) : text;
  }
  return found;
}

/** Bytes out of base64. */
export const decoded = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

const KINDS = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8]],
  ['image/gif', [0x47, 0x49, 0x46]],
  ['image/webp', [0x52, 0x49, 0x46, 0x46]],
];

/** What a picture's first bytes say it is. */
export const imageType = (bytes) => KINDS.find(([, magic]) => magic.every((byte, i) => bytes[i] === byte))?.[0] ?? 'image/png';

export const isWebUrl = (text) => /^https?:\/\//.test(text ?? '');
