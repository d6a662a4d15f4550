import { h, link } from './dom.js';

const BILLING = [['billing', 'Overview'], ['requests', 'Requests'], ['transactions', 'Transactions']];

/** The pages of the bill, side by side. */
export const billingHead = (name, ...extra) => [
	h('div.head', h('h1', 'Billing'), extra),
	h('nav.subnav', { 'aria-label': 'Billing' }, BILLING.map(([page, text]) => link(text, `/console/${page}`, { 'aria-current': page === name ? 'page' : null }))),
];
