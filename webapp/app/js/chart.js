// A chart by day, drawn when its library has come; the same numbers are in the page's tables.
import { h, sayIn } from './dom.js';
import { charts } from './libraries.js';

const HUES = ['--chart-1', '--chart-2', '--chart-3', '--chart-4', '--chart-5', '--chart-6'];

let drawn; // it listens to the window until it is destroyed

export function drawChart({ title, labels, series, lines, text }) {
	const canvas = h('canvas', { role: 'img', 'aria-label': `${title}; the table below has the numbers.` });
	const box = h('div.chart', canvas);
	charts()
		.then((Chart) => box.isConnected && paint(Chart, canvas, { labels, series, lines, text }))
		.catch(sayIn(box));
	return h('figure', h('figcaption', title), box);
}

function paint(Chart, canvas, { labels, series, lines, text }) {
	const style = getComputedStyle(document.documentElement);
	const colour = (name) => style.getPropertyValue(name).trim();
	const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
	drawn?.destroy();
	drawn = new Chart(canvas, {
		type: lines ? 'line' : 'bar',
		data: {
			labels: labels.map((day) => day.slice(5)),
			datasets: series.map(({ name, values }, i) => ({
				label: name,
				data: values,
				backgroundColor: colour(HUES[i % HUES.length]),
				borderColor: colour(HUES[i % HUES.length]),
				borderWidth: lines ? 2 : 0,
				pointRadius: lines ? 3 : 0,
				maxBarThickness: 36,
				spanGaps: true,
			})),
		},
		options: {
			animation: still ? false : { duration: 200 },
			maintainAspectRatio: false,
			interaction: { mode: 'index', intersect: false },
			scales: {
				x: { stacked: !lines, grid: { display: false }, ticks: { color: colour('--soft'), maxRotation: 0, autoSkipPadding: 12 } },
				y: { stacked: !lines, beginAtZero: true, border: { display: false }, grid: { color: colour('--line') }, ticks: { color: colour('--soft'), callback: (value) => text(value), maxTicksLimit: 6 } },
			},
			plugins: {
				legend: { display: series.length > 1, position: 'bottom', labels: { color: colour('--text'), boxWidth: 12, boxHeight: 12 } },
				tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${text(item.raw)}` } },
			},
		},
	});
}
