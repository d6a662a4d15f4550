// Numbers, money and times for people. Money is a decimal string and stays one: no arithmetic on it
// goes through floating point.

const whole = new Intl.NumberFormat('en-US');
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

function parts(amount) {
	const [, sign, int, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(amount)) ?? [null, '', '0'];
	return { sign, int: BigInt(int), fraction };
}

export function exactMoney(amount) {
	const { sign, int, fraction } = parts(amount);
	return `${sign}$${whole.format(int)}.${fraction.padEnd(2, '0')}`;
}

// For a glance: cents, or two digits of what is less than a cent.
export function money(amount) {
	const { sign, int, fraction } = parts(amount);
	const significant = fraction.search(/[1-9]/);
	const digits = int === 0n && significant >= 2 ? significant + 2 : 2;
	const scaled = BigInt(`${int}${fraction.padEnd(digits + 1, '0').slice(0, digits + 1)}`);
	const rounded = (scaled + 5n) / 10n;
	const text = rounded.toString().padStart(digits + 1, '0');
	const cut = text.length - digits;
	const after = digits > 2 ? text.slice(cut).replace(/0+$/, '').padEnd(2, '0') : text.slice(cut);
	return `${sign}$${whole.format(BigInt(text.slice(0, cut)))}.${after}`;
}

export function isNotPositive(amount) {
	return String(amount).startsWith('-') || /^[0.]*$/.test(String(amount));
}

export const number = (value) => whole.format(value ?? 0);
export const short = (value) => (value < 10_000 ? whole.format(value ?? 0) : compact.format(value));

export function milliseconds(value) {
	if (value === null || value === undefined) return '–';
	if (value < 1000) return `${value < 10 ? Number(value).toFixed(1) : Math.round(value)} ms`;
	const seconds = value / 1000;
	if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
	return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

const instant = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

export const time = (text) => (text ? instant.format(new Date(text)) : '–');

export function when(text) {
	const element = document.createElement('time');
	if (text) {
		element.dateTime = text;
		element.title = text;
	}
	element.textContent = time(text);
	return element;
}

export function bytes(value) {
	return value < 1 << 20 ? `${Math.max(1, Math.round(value / 1024))} KB` : `${(value / (1 << 20)).toFixed(1)} MB`;
}

const CATEGORIES = {
	chat: 'Chat',
	embedding: 'Embeddings',
	image: 'Images',
	audio_speech: 'Speech',
	audio_transcription: 'Transcription',
	video: 'Video',
};

export const categories = Object.keys(CATEGORIES);
export const categoryName = (category) => CATEGORIES[category] ?? 'Custom';

// `time_to_first_token` → `Time to first token`.
export function words(name) {
	const text = String(name).replaceAll('_', ' ');
	return text.charAt(0).toUpperCase() + text.slice(1);
}

// `3 regions`, `1 region`.
export const count = (value, one, many = `${one}s`) => `${number(value)} ${value === 1 ? one : many}`;

const UNITS = { input_tokens: 'in', cached_input_tokens: 'cached', output_tokens: 'out', reasoning_tokens: 'reasoning', images: 'images', seconds: 's' };

// The units of a receipt in a line: `11 in, 3 cached, 4 out`.
export const units = (used) =>
	Object.keys(UNITS).filter((name) => used[name]).map((name) => `${number(used[name])} ${UNITS[name]}`).join(', ') || '–';
