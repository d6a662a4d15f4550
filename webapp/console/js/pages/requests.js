import { get, withQuery } from '../api.js';
import { add, empty, h, link } from '../dom.js';
import { field, select } from '../form.js';
import { exactMoney, milliseconds, timeElement, units, words } from '../format.js';
import { paged } from '../paged.js';
import { periodOf, rangeOf } from '../period.js';
import { billingTabs } from '../subpages.js';

export const title = 'Requests';

const PERIODS = [['', 'All times'], ['1', 'Today'], ['7', 'Last 7 days'], ['30', 'Last 30 days'], ['month', 'This month'], ['last-month', 'Last month']];

const receipt = (row) => `/console/request?id=${encodeURIComponent(row.id)}`;

const COLUMNS = [
  ['Time', (row) => link('', receipt(row)).appendChild(timeElement(row.started_at)).parentNode],
  ['Model', (row) => row.model],
  ['Key', (row) => row.key_id ?? '–', 'number'],
  ['Region', (row) => row.region ?? '–'],
  ['End', (row) => `${words(row.ending)}, ${row.status}`],
  ['Units', (row) => units(row.units)],
  ['First byte', (row) => milliseconds(row.first_byte_milliseconds), 'number'],
  ['Duration', (row) => milliseconds(row.duration_milliseconds), 'number'],
  ['Cost', (row) => link(exactMoney(row.cost), receipt(row), { 'aria-label': `${exactMoney(row.cost)}, the receipt of ${row.id}` }), 'number'],
];

export async function render(page) {
  const asked = new URLSearchParams(location.search);
  const [instances, keys] = await Promise.all([get('/api/instances?limit=1000'), get('/api/keys?limit=1000')].map((list) => list.then((found) => found.data, () => [])));
  const period = select('period', PERIODS, { onchange: change });
  const instance = select('instance', [['', 'All instances'], ...instances.map((i) => [String(i.id), `${i.name} (${i.id})`])], { onchange: change });
  const key = select('key', [['', 'All keys'], ...keys.map((k) => [String(k.id), `${k.name} (${k.id})`])], { onchange: change });
  for (const control of [period, instance, key]) control.value = asked.get(control.name) ?? '';
  const csv = link('CSV', '#', { class: 'button', download: '' });
  const list = h('div', { 'aria-live': 'polite' });
  add(page, h('div', { class: 'head' }, h('h1', {}, title)), billingTabs('requests'),
    h('div', { class: 'filters' }, field('Period', period), field('Instance', instance), field('Key', key), csv), list);

  function change() {
    history.replaceState(null, '', withQuery(location.pathname, { period: period.value, instance: instance.value, key: key.value }));
    return draw();
  }

  function draw() {
    const filter = { ...(period.value ? rangeOf(periodOf(period.value)) : {}), instance: instance.value, key: key.value };
    csv.href = withQuery('/api/usage.csv', filter);
    return paged(list, withQuery('/api/usage', filter), 'Requests, the latest first', COLUMNS,
      empty('No requests', 'Every request that reaches a container is here with its cost, seconds after it ended. Make one in the Playground, or widen the filter.',
        link('Open the Playground', '/console/playground', { class: 'button primary' })));
  }

  await draw();
}
