import { paged } from '../bill.js';
import { add, banner, empty, failure, h } from '../dom.js';
import { when, words } from '../format.js';

export const title = 'Audit log';

const detail = (value) => (value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));

const COLUMNS = [
	['Time', (entry) => when(entry.at)],
	['Who', (entry) => entry.actor],
	['Did what', (entry) => words(String(entry.action).replaceAll('.', ' '))],
	['To what', (entry) => entry.subject ?? ''],
	['Detail', (entry) => detail(entry.detail)],
];

export async function render(page, session) {
	add(page, h('div.head', h('h1', title)), h('p.hint', 'Who did what in this account, the latest first.'));
	add(page, session.user.role !== 'owner' ? banner('', 'Owners of the account read its audit log.')
		: await paged('/api/audit', 'Audit log', COLUMNS, empty('Nothing yet', 'Sign-ins, keys, invitations and launches appear here.')).catch(failure));
}
