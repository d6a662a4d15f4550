import { billingHead, paged } from '../bill.js';
import { add, empty, h, link, live } from '../dom.js';
import { exactMoney, when, words } from '../format.js';

export const title = 'Transactions';

const COLUMNS = [
	['Booked', (entry) => when(entry.booked_at)],
	['Kind', (entry) => words(entry.kind)],
	['Description', (entry) => (entry.request_id ? link(entry.description || entry.request_id, `/app/request?id=${entry.request_id}`) : entry.description)],
	['Amount', (entry) => h('span', { class: String(entry.amount).startsWith('-') ? null : 'plus' }, exactMoney(entry.amount)), 'number'],
	['Balance after', (entry) => exactMoney(entry.balance_after), 'number'],
];

export async function render(page) {
	const list = live();
	add(page, billingHead('transactions', link('CSV', '/api/billing/transactions.csv', { class: 'button', download: '' })), list);
	await paged(list, '/api/billing/transactions', 'Transactions, the latest first', COLUMNS,
		empty('Nothing was booked yet', 'The gateway’s operator tops the account up; from then on every top-up and every charge is here, with the balance after it.'));
}
