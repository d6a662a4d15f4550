import { billingHead, csvLink, paged } from '../bill.js';
import { add, empty, failure, h, link } from '../dom.js';
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
	const said = h('div');
	add(page, billingHead('transactions', csvLink('/api/billing/transactions.csv', said)), said);
	add(page, await paged('/api/billing/transactions', 'Transactions, the latest first', COLUMNS,
		empty('Nothing was booked yet', 'The gateway’s operator tops the account up. Every top-up and charge is here then, with the balance after it.')).catch(failure));
}
