// How alike embeddings are.

// The cosine of the angle between two vectors, -1 to 1; NaN if one has no length.
export function cosine(a, b) {
	if (a.length !== b.length) return NaN;
	let dot = 0;
	let aa = 0;
	let bb = 0;
	for (let i = 0; i < a.length; i++) {
		dot += a[i] * b[i];
		aa += a[i] * a[i];
		bb += b[i] * b[i];
	}
	const length = Math.sqrt(aa) * Math.sqrt(bb);
	return length === 0 ? NaN : Math.max(-1, Math.min(1, dot / length));
}

export const similarities = (vectors) => vectors.map((a) => vectors.map((b) => cosine(a, b)));
