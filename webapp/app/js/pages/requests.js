import { withQuery } from '../api.js';
import { billingHead, filters, instanceNames, keyNames, paged } from '../bill.js';
import { add, empty, h, link } from '../dom.js';
import { exactMoney, milliseconds, when, units, words } from '../format.js';
import { PERIODS, rangeOf } from '../period.js';

export const title = 'Requests';

const receipt = (row) => `/app/request?id=${encodeURIComponent(row.id)}`;

const columns = (keyName) => [
	['Time', (row) => h('a', { href: receipt(row) }, when(row.started_at))],
	['Model', (row) => row.model],
	['Key', (row) => (row.key_id ? keyName(row.key_id) : '–')],
	['Region', (row) => row.region ?? '–'],
	['End', (row) => words(row.ending) + (row.status === 200 ? '' : `, ${row.status}`)],
	['Units', (row) => units(row.units)],
	['First byte', (row) => milliseconds(row.first_byte_milliseconds), 'number'],
	['Duration', (row) => milliseconds(row.duration_milliseconds), 'number'],
	['Cost', (row) => link(exactMoney(row.cost), receipt(row)), 'number'],
];

export async function render(page) {
	const [instances, keys] = await Promise.all([instanceNames(), keyNames()]);
	add(page, billingHead('requests'));
	await filters(page, {
		period: ['Period', PERIODS],
		instance: ['Instance', [['', 'All instances'], ...instances.options]],
		key: ['Key', [['', 'All keys'], ...keys.options]],
	}, ({ period, instance, key }) => {
		const filter = { ...rangeOf(period), instance, key };
		return [paged(withQuery('/api/usage', filter), 'Requests, the latest first', columns(keys.nameOf),
			empty('No requests', 'Every request is here with its cost, seconds after it ended. Make one in the Playground, or widen the filter.',
				link('Open the Playground', '/app/playground', 'button primary'))), withQuery('/api/usage.csv', filter)];
	});
}
