import { ApiError } from '../api.js';
import { billingHead, instanceNames } from '../bill.js';
import { add, facts, failure, h, link, reference, table } from '../dom.js';
import { exactMoney, milliseconds, number, when, words } from '../format.js';
import { infer } from '../inference.js';

export const title = 'Receipt';

const PER = { images: 'an image', seconds: 'a second' };
const ATTEMPTS = [
	['Region', (attempt) => attempt.region],
	['Why this one', (attempt) => words(attempt.reason)],
	['Result', (attempt) => words(attempt.result)],
	['Took', (attempt) => milliseconds(attempt.milliseconds), 'number'],
];

export async function render(page) {
	const id = new URLSearchParams(location.search).get('id') ?? '';
	add(page, billingHead('requests'), h('h2', title));
	try {
		if (!id) throw new ApiError(404, { message: 'This address names no request.' });
		const [instances, receipt] = await Promise.all([instanceNames(), infer(`/v1/usage/${encodeURIComponent(id)}`).then((answer) => answer.json())]);
		add(page, reference(receipt.id), h('p.total', exactMoney(receipt.cost)), about(receipt, instances),
			h('h2', 'What was charged'), chargesOf(receipt),
			h('h2', 'Regions that were tried'), table('Regions that were tried', ATTEMPTS, receipt.attempts));
	} catch (error) {
		add(page, failure(error), link('To the requests', '/app/requests'));
	}
}

const about = (receipt, instances) => facts([
	['Model', receipt.model],
	['Instance', instances.linkTo(receipt.instance_id)],
	['Key', receipt.key_id],
	['Started', when(receipt.started_at)],
	['Ended', `${words(receipt.ending)}, status ${receipt.status}`],
	['Region', receipt.region],
	['First byte', milliseconds(receipt.first_byte_milliseconds)],
	['Duration', milliseconds(receipt.duration_milliseconds)],
	['Streamed', receipt.streamed ? 'Yes' : 'No'],
	...(receipt.image_size ? [['Image size', receipt.image_size]] : []),
]);

function chargesOf(receipt) {
	const used = Object.entries(receipt.units);
	if (used.length === 0) return h('p', 'Nothing: no unit was used.');
	return [table('Units and prices', [
		['Unit', ([name]) => words(name)],
		['Quantity', ([, quantity]) => number(quantity), 'number'],
		['Price', ([name]) => (receipt.price[name] === undefined ? '–' : `${exactMoney(receipt.price[name])} ${PER[name] ?? 'a million'}`), 'number'],
	], used), h('p.hint', SOURCES[receipt.source] ?? '')];
}

const SOURCES = {
	reported: 'The container reported these units.',
	measured: 'The gateway measured these units.',
	estimated: 'The container reported nothing, so these units are estimated.',
};
