// Other people's libraries, loaded where they are first needed. The folders have the versions that
// pom.xml names; each sets a global or exports what it is.
const LIB = '/app/lib';

const once = (load) => {
	let loading;
	return () => (loading ??= load());
};

export const charts = once(async () => {
	await import(`${LIB}/chartjs-4.5.1/chart.umd.min.js`);
	return globalThis.Chart;
});

const markdownParts = once(async () => {
	const [{ marked }] = await Promise.all([
		import(`${LIB}/marked-17.0.5/marked.esm.js`),
		import(`${LIB}/dompurify-3.4.15/purify.min.js`),
	]);
	marked.use({ gfm: true, breaks: true, renderer: { html: ({ text }) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;') } });
	return { marked, purify: globalThis.DOMPurify };
});

const ALLOWED = {
	RETURN_DOM_FRAGMENT: true,
	USE_PROFILES: { html: true },
	// Nothing of an answer may look like the console, ask for anything, or load anything.
	FORBID_TAGS: ['style', 'form', 'input', 'button', 'img'],
	FORBID_ATTR: ['style', 'class', 'id', 'name'],
	ALLOW_DATA_ATTR: false,
};

// A model's Markdown as elements. Markup within it is shown as text; what could act is gone.
export async function markdown() {
	const { marked, purify } = await markdownParts();
	return (text) => {
		const fragment = purify.sanitize(marked.parse(text), ALLOWED);
		for (const link of fragment.querySelectorAll('a')) {
			link.target = '_blank';
			link.rel = 'noopener noreferrer nofollow';
		}
		for (const wide of fragment.querySelectorAll('pre, table')) wide.tabIndex = 0;
		return fragment;
	};
}
