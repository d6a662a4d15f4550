// The gateway under test, as NodeClientsIT describes it in the environment, and what it says of an
// exchange afterwards.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import buffer from 'node:buffer';

// OpenAI's SDK wants it; Node has it as a global since 20.
globalThis.File ??= buffer.File;

function given(name) {
  const value = process.env[name];
  assert.ok(value, `${name} is not set: run this by mvn verify`);
  return value;
}

export const url = given('ECOLINK_URL');
export const key = given('ECOLINK_KEY');
export const slowKey = given('ECOLINK_SLOW_KEY');

export const models = {
  chat: given('ECOLINK_MODEL_CHAT'),
  embedding: given('ECOLINK_MODEL_EMBEDDING'),
  image: given('ECOLINK_MODEL_IMAGE'),
  speech: given('ECOLINK_MODEL_AUDIO_SPEECH'),
  transcription: given('ECOLINK_MODEL_AUDIO_TRANSCRIPTION'),
  video: given('ECOLINK_MODEL_VIDEO'),
  ofAnother: given('ECOLINK_MODEL_OF_ANOTHER'),
  unpriced: given('ECOLINK_MODEL_UNPRICED'),
  dying: given('ECOLINK_MODEL_DYING'),
};

/** What the container answers, see OpenAiContainer. */
export const reply = 'Hello from the container';
export const words = ['Hello ', 'from ', 'the ', 'container'];

/** To this, the container answers so slowly that it can be left. */
export const slowly = 'Please answer slowly';

/** To this it answers one word, with silences that the gateway fills with comments. */
export const pausing = 'Answer pausing';

/** A recording; the container hears its SHA-256 in it. */
export const recording = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 31) % 251));
export const heard = createHash('sha256').update(recording).digest('hex');

/** More than the gateway takes. */
export const tooLarge = Buffer.alloc(20 << 20);

async function asked(requestId) {
  assert.match(requestId, /^req_/);
  return fetch(`${url}/usage/${requestId}`, { headers: { authorization: `Bearer ${key}` } });
}

export async function receipt(requestId) {
  const answer = await asked(requestId);
  assert.equal(answer.status, 200, `the receipt of ${requestId}`);
  return answer.json();
}

/** The receipt of an exchange that is about to end. */
export async function receiptToCome(requestId) {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; ) {
    const answer = await asked(requestId);
    if (answer.status === 200) {
      return answer.json();
    }
    await answer.body.cancel();
  }
  assert.fail(`no receipt of ${requestId}`);
}

export function assertChat(receipt) {
  assert.deepEqual(receipt.units, { input_tokens: 11, cached_input_tokens: 3, output_tokens: 4 });
  assert.equal(receipt.source, 'reported');
  assert.equal(receipt.cost, '0.000035'); // 8 at $2, 3 at $1, 4 at $4 a million
}

export function assertLeft(receipt) {
  assert.equal(receipt.ending, 'client_gone');
  assert.equal(receipt.source, 'estimated');
  assert.ok(receipt.units.output_tokens > 0 && receipt.units.output_tokens < 1000);
}

export function assertHeard(receipt) {
  assert.deepEqual(receipt.units, { seconds: 12 });
  assert.equal(receipt.source, 'reported');
  assert.equal(receipt.cost, '0.60');
}
