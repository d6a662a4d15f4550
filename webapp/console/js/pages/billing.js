import { get, getIfOffered, withQuery } from '../api.js';
import { add, banner, empty, failure, fill, h, link, table } from '../dom.js';
import { field, select } from '../form.js';
import { exactMoney, isNotPositive, milliseconds, money, number, short } from '../format.js';
import { daysOf, periodOf, rangeOf } from '../period.js';
import { drawChart } from '../chart.js';
import { billingTabs } from '../subpages.js';

export const title = 'Billing';

const METRICS = {
  cost: ['Cost', (row) => Number(row.cost), (value) => money(value.toFixed(9))],
  requests: ['Requests', (row) => row.requests, number],
  tokens: ['Tokens', (row) => row.input_tokens + row.output_tokens, short],
  ttft: ['Time to first token', (row) => row.time_to_first_token_ms ?? null, milliseconds],
};
const PERIODS = [['7', 'Last 7 days'], ['30', 'Last 30 days'], ['month', 'This month'], ['last-month', 'Last month'], ['90', 'Last 90 days']];

export async function render(page) {
  const summary = h('div');
  const usage = h('div');
  add(page, h('div', { class: 'head' }, h('h1', {}, title)), billingTabs('billing'), summary, usage);
  drawSummary(summary).catch((error) => fill(summary, failure(error)));
  await drawUsage(usage);
}

async function drawSummary(box) {
  const bill = await get('/api/billing');
  const tile = (name, text, hint, exact) => h('div', { class: 'tile' }, h('dt', {}, name), h('dd', { title: exact }, text), hint ? h('dd', { class: 'hint' }, hint) : null);
  fill(box, warningsOf(bill), h('dl', { class: 'tiles' },
    tile('Balance', money(bill.balance), left(bill), exactMoney(bill.balance)),
    tile('Cost this month', money(bill.cost), 'since the 1st, UTC', exactMoney(bill.cost)),
    tile('Calls this month', short(bill.calls ?? bill.requests), null, number(bill.calls ?? bill.requests)),
    tile('Tokens this month', short(bill.input_tokens + bill.output_tokens), `${short(bill.input_tokens)} in, ${short(bill.output_tokens)} out`, number(bill.input_tokens + bill.output_tokens))));
}

function left(bill) {
  if (bill.hours_left === null || bill.hours_left === undefined) return null;
  const hours = Number(bill.hours_left);
  const time = hours < 1 ? `${Math.round(hours * 60)} minutes` : hours < 48 ? `${Math.round(hours)} hours` : `${short(Math.round(hours / 24))} days`;
  return `${time} at ${money(bill.burn_per_hour)} an hour`;
}

function warningsOf(bill) {
  const warnings = (bill.warnings ?? []).map((warning) => banner('warn', typeof warning === 'string' ? warning : warning.message));
  return warnings.length === 0 && isNotPositive(bill.balance)
    ? banner('bad', 'The balance is used up: requests are refused until the gateway’s operator tops it up.')
    : warnings;
}

async function drawUsage(box) {
  const instances = await get('/api/instances?limit=1000').then((list) => list.data, () => []);
  const nameOf = (id) => {
    const instance = instances.find((one) => String(one.id) === String(id));
    return instance ? `${instance.name} (${id})` : `Instance ${id}`;
  };
  const asked = new URLSearchParams(location.search);
  const period = select('period', PERIODS, { onchange: change });
  const instance = select('instance', [['', 'All instances'], ...instances.map((i) => [String(i.id), nameOf(i.id)])], { onchange: change });
  const metric = select('metric', Object.entries(METRICS).map(([name, [text]]) => [name, text]), { onchange: change });
  for (const control of [period, instance, metric]) {
    const value = asked.get(control.name);
    if (value && [...control.options].some((option) => option.value === value)) control.value = value;
    else if (control === period) control.value = '30';
  }
  const csv = link('CSV', '#', { class: 'button', download: '' });
  const shown = h('div', { 'aria-live': 'polite' });
  fill(box, h('div', { class: 'filters' }, field('Period', period), field('Instance', instance), field('Chart', metric), csv), shown);

  async function change() {
    history.replaceState(null, '', withQuery(location.pathname, { period: period.value, instance: instance.value, metric: metric.value }));
    await draw();
  }

  async function draw() {
    const range = rangeOf(periodOf(period.value));
    const filter = { ...range, instance: instance.value };
    csv.href = withQuery('/api/usage.csv', filter);
    try {
      const sums = (group_by) => getIfOffered(withQuery('/api/usage', { ...filter, group_by }));
      const [byDay, byInstance, byBoth] = await Promise.all([sums('day'), sums('instance'), sums('day,instance').catch(() => null)]);
      const days = daysOf(range);
      fill(shown, byDay.data.length === 0 ? nothing() : [
        chartOf(days, byDay.data, byBoth?.data ?? [], METRICS[metric.value], nameOf),
        h('h2', {}, 'By instance'), table('Usage by instance', columns('Instance', (row) => link(nameOf(row.group), `/console/instance?id=${row.group}`)), byInstance.data),
        h('h2', {}, 'By day'), table('Usage by day', columns('Day (UTC)', (row) => row.group), [...byDay.data].reverse()),
      ]);
    } catch (error) {
      fill(shown, failure(error));
    }
  }

  await draw();
}

const nothing = () => empty('Nothing was used in this time', 'Costs appear here seconds after a request. Make one in the Playground, or choose another period.',
  link('Open the Playground', '/console/playground', { class: 'button primary' }));

const columns = (name, cell) => [
  [name, cell],
  ['Requests', (row) => number(row.requests), 'number'],
  ['Not billed', (row) => number(row.errors), 'number'],
  ['Input tokens', (row) => number(row.input_tokens), 'number'],
  ['Output tokens', (row) => number(row.output_tokens), 'number'],
  ['Images', (row) => number(row.images), 'number'],
  ['Seconds', (row) => number(row.seconds), 'number'],
  ['First token', (row) => milliseconds(row.time_to_first_token_ms), 'number'],
  ['Cost', (row) => h('span', { title: exactMoney(row.cost) }, money(row.cost)), 'number'],
];

/** A row of two groups names both, however this gateway writes them. */
function pairOf(row) {
  if (row.day !== undefined) return [row.day, row.instance];
  const [day, instance] = Array.isArray(row.group) ? row.group : String(row.group).split(',');
  return [day, instance];
}

/** Stacked by instance where that can be told and summed; a mean cannot. */
function chartOf(days, byDay, byBoth, [name, valueOf, text], nameOf) {
  const means = name === METRICS.ttft[0];
  const sets = new Map();
  for (const row of byBoth) {
    const [day, instance] = pairOf(row);
    if (!sets.has(instance)) sets.set(instance, new Map());
    sets.get(instance).set(day, valueOf(row));
  }
  if (sets.size === 0) sets.set(null, new Map(byDay.map((row) => [row.group, valueOf(row)])));
  const series = [...sets].map(([instance, found]) => ({
    name: instance === null ? name : nameOf(instance),
    values: days.map((day) => found.get(day) ?? (means ? null : 0)),
  }));
  return drawChart({ title: `${name} by day`, labels: days, series, lines: means, text });
}
