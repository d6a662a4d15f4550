// Instances and replicas in a word and a colour; the word is always there.
import { h, reference } from './dom.js';
import { words } from './format.js';

const MOODS = {
	running: 'good', up: 'good', healthy: 'good', passed: 'good', completed: 'good',
	pending: 'wait', starting: 'wait', stopping: 'wait', unknown: 'wait', draining: 'wait', trial: 'wait', warning: 'wait',
	failed: 'bad', down: 'bad', unhealthy: 'bad', ejected: 'bad',
};

// One that has failed is not over: it runs, and costs, as soon as a container answers.
export const isOver = ({ state }) => state === 'terminated';
export const isSettled = ({ state }) => ['running', 'failed', 'terminated'].includes(state);
export const isHealthy = (replica) => MOODS[replica.health] === 'good';

export const callAs = (instance) => (instance.model ? reference(instance.model) : reference(instance.proxy_path, location.origin + instance.proxy_path));

// Instances as they are drawn: what is in flight changes all the time, and is no reason to draw anew
// what somebody has the focus on.
export const asDrawn = (instances) => JSON.stringify(instances, (name, value) => (name === 'in_flight' ? undefined : value));

export const pill = (state) => h('span', { class: `pill ${MOODS[state] ?? 'still'}` }, words(state));

export function regionPills(instance) {
	return h('ul.pills', instance.regions.map((replica) => {
		const health = replica.draining ? 'draining' : replica.health;
		return h('li', { class: `pill ${isOver(instance) ? 'still' : MOODS[health] ?? 'still'}`, title: replica.endpoint ?? '' },
			`${replica.region}${isOver(instance) ? '' : ` ${health}`}`);
	}));
}
