import { h, link } from './dom.js';

const BILLING = [['billing', 'Overview'], ['requests', 'Requests'], ['transactions', 'Transactions']];

/** The pages of the bill, side by side. */
export const billingTabs = (name) =>
  h('nav', { class: 'subnav', 'aria-label': 'Billing' }, BILLING.map(([page, text]) => link(text, `/console/${page}`, { 'aria-current': page === name ? 'page' : null })));
