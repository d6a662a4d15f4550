// How alike embeddings are.

/** The vector of an item of an embeddings answer: numbers, or base64 of little-endian floats. */
export function vectorOf(embedding) {
  if (Array.isArray(embedding)) return embedding;
  const bytes = Uint8Array.from(atob(embedding), (c) => c.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Array.from({ length: bytes.length >> 2 }, (_, i) => view.getFloat32(i * 4, true));
}

/** The cosine of the angle between two vectors, -1 to 1; NaN if one has no length. */
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

/** Each vector against each. */
export const similarities = (vectors) => vectors.map((a) => vectors.map((b) => cosine(a, b)));
