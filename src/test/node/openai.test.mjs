// OpenAI's own SDK for Node on every endpoint that it has.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Readable } from 'node:stream';
import OpenAI, { toFile } from 'openai';
import * as gateway from './gateway.mjs';

const { models } = gateway;
const messages = [{ role: 'user', content: 'Hello' }];

function clientWith(apiKey) {
  return new OpenAI({ baseURL: gateway.url, apiKey, maxRetries: 0 });
}

const client = clientWith(gateway.key);

async function collect(stream) {
  const items = [];
  for await (const item of stream) {
    items.push(item);
  }
  return items;
}

test('chat', async () => {
  const answer = await client.chat.completions.create({ model: models.chat, messages });
  assert.equal(answer.choices[0].message.content, gateway.reply);
  assert.equal(answer.usage.prompt_tokens, 11);
  gateway.assertChat(await gateway.receipt(answer._request_id));
});

test('streamed chat, without usage unless asked for', async () => {
  const { data, request_id: id } = await client.chat.completions
    .create({ model: models.chat, messages, stream: true })
    .withResponse();
  const chunks = await collect(data);
  assert.deepEqual(
    chunks.map((chunk) => chunk.choices[0].delta.content).filter(Boolean),
    gateway.words,
  );
  assert.ok(chunks.every((chunk) => !chunk.usage));
  gateway.assertChat(await gateway.receipt(id));
});

test('streamed chat with usage', async () => {
  const stream = await client.chat.completions.create({
    model: models.chat,
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
  const chunks = await collect(stream);
  assert.equal(chunks.at(-1).usage.completion_tokens, 4);
});

test('a stream put together by the SDK', async () => {
  const answer = await client.chat.completions
    .stream({ model: models.chat, messages })
    .finalChatCompletion();
  assert.equal(answer.choices[0].message.content, gateway.reply);
  assert.equal(answer.choices[0].finish_reason, 'stop');
});

test('a stream that pauses, with comments in between', async () => {
  const stream = await client.chat.completions.create({
    model: models.chat,
    messages: [{ role: 'user', content: gateway.pausing }],
    stream: true,
  });
  assert.deepEqual(
    (await collect(stream)).map((chunk) => chunk.choices[0].delta.content),
    ['', 'Hello', undefined],
  );
});

test('abort in mid-stream', async () => {
  const { data, request_id: id } = await client.chat.completions
    .create({
      model: models.chat,
      messages: [{ role: 'user', content: gateway.slowly }],
      stream: true,
    })
    .withResponse();
  let chunks = 0;
  for await (const chunk of data) {
    assert.equal(chunk.object, 'chat.completion.chunk');
    if (++chunks === 3) {
      data.controller.abort();
    }
  }
  gateway.assertLeft(await gateway.receiptToCome(id));
});

test('a container that dies in mid-stream', async () => {
  const stream = await client.chat.completions.create({
    model: models.dying,
    messages,
    stream: true,
  });
  await assert.rejects(collect(stream), (error) => {
    assert.ok(error instanceof OpenAI.APIError);
    assert.equal(error.code, 'bad_gateway');
    return true;
  });
});

test('embeddings, which the SDK asks for in base64', async () => {
  const { data, request_id: id } = await client.embeddings
    .create({ model: models.embedding, input: ['one', 'two'] })
    .withResponse();
  assert.deepEqual(
    data.data.map((item) => item.embedding),
    [
      [1, 0.5, -0.25],
      [2, 0.5, -0.25],
    ],
  );
  const receipt = await gateway.receipt(id);
  assert.deepEqual(receipt.units, { input_tokens: 14 });
  assert.equal(receipt.cost, '0.000028');
});

test('images', async () => {
  const { data, request_id: id } = await client.images
    .generate({ model: models.image, prompt: 'A pixel', n: 2 })
    .withResponse();
  assert.equal(data.data.length, 2);
  assert.equal(Buffer.from(data.data[0].b64_json, 'base64').subarray(1, 4).toString(), 'PNG');
  const receipt = await gateway.receipt(id);
  assert.deepEqual(receipt.units, { images: 2 });
  assert.equal(receipt.cost, '0.08');
});

test('a streamed image', async () => {
  const stream = await client.images.generate({
    model: models.image,
    prompt: 'A pixel',
    stream: true,
    partial_images: 1,
  });
  assert.deepEqual(
    (await collect(stream)).map((event) => event.type),
    ['image_generation.partial_image', 'image_generation.completed'],
  );
});

test('speech', async () => {
  const answer = await client.audio.speech.create({
    model: models.speech,
    voice: 'alloy',
    input: 'Hello',
    response_format: 'wav',
  });
  assert.equal(answer.headers.get('content-type'), 'audio/wav');
  const sound = Buffer.from(await answer.arrayBuffer());
  assert.equal(sound.length, 44 + 48_000);
  assert.equal(sound.subarray(0, 4).toString(), 'RIFF');
  const receipt = await gateway.receipt(answer.headers.get('x-request-id'));
  assert.equal(receipt.category, 'audio_speech');
});

test('streamed speech', async () => {
  const answer = await client.audio.speech.create({
    model: models.speech,
    voice: 'alloy',
    input: 'Hello',
  });
  const pieces = await collect(answer.body);
  assert.equal(Buffer.concat(pieces).length, 417 * 100);
});

test('transcription of each kind of file that the SDK takes', async () => {
  const files = [
    new File([gateway.recording], 'a.wav', { type: 'audio/wav' }),
    await toFile(gateway.recording, 'a.wav'),
    await toFile(Readable.from([gateway.recording]), 'a.wav'),
    new Response(gateway.recording),
  ];
  for (const file of files) {
    const { data, request_id: id } = await client.audio.transcriptions
      .create({ model: models.transcription, file, language: 'en' })
      .withResponse();
    assert.equal(data.text, gateway.heard);
    gateway.assertHeard(await gateway.receipt(id));
  }
});

test('transcription in other formats', async () => {
  const file = await toFile(gateway.recording, 'a.wav');
  const params = { model: models.transcription, file };
  const verbose = await client.audio.transcriptions.create({
    ...params,
    response_format: 'verbose_json',
    timestamp_granularities: ['word', 'segment'],
  });
  assert.equal(verbose.duration, 12);
  gateway.assertHeard(await gateway.receipt(verbose._request_id));
  const text = await client.audio.transcriptions.create({ ...params, response_format: 'text' });
  assert.equal(text, gateway.heard);
});

test('streamed transcription', async () => {
  const { data, request_id: id } = await client.audio.transcriptions
    .create({
      model: models.transcription,
      file: await toFile(gateway.recording, 'a.wav'),
      stream: true,
    })
    .withResponse();
  const events = await collect(data);
  assert.equal(events.at(-1).text, gateway.heard);
  gateway.assertHeard(await gateway.receipt(id));
});

/** The SDK's own `videos` call another path, so these go by its plain methods. */
test('video', async () => {
  const { data: begun, response } = await client
    .post('/video/generations', { body: { model: models.video, prompt: 'A pixel', seconds: 12 } })
    .withResponse();
  assert.equal(begun.status, 'queued');
  const done = await client.get(`/video/generations/${encodeURIComponent(begun.id)}`);
  assert.equal(done.status, 'completed');
  assert.equal(done.id, begun.id);
  const receipt = await gateway.receiptToCome(response.headers.get('x-ecolink-job-receipt'));
  assert.deepEqual(receipt.units, { seconds: 12 });
  assert.equal(receipt.cost, '0.60');
});

test('models', async () => {
  const ids = (await collect(await client.models.list())).map((model) => model.id);
  for (const model of [models.chat, models.video]) {
    assert.ok(ids.includes(model));
    assert.equal((await client.models.retrieve(model)).id, model); // sent as my-llama%3A1
  }
  assert.ok(!ids.includes(models.ofAnother));
});

test('errors', async (t) => {
  const cases = [
    { of: 'a wrong key', apiKey: 'eco_wrong', type: OpenAI.AuthenticationError, status: 401 },
    { of: 'an unpriced model', model: models.unpriced, type: OpenAI.APIError, status: 402 },
    { of: "another's", model: models.ofAnother, type: OpenAI.PermissionDeniedError, status: 403 },
    { of: 'a model without its id', model: 'my-llama', type: OpenAI.NotFoundError, status: 404 },
    { of: 'another endpoint', model: models.image, type: OpenAI.BadRequestError, status: 400 },
  ];
  for (const { of, apiKey = gateway.key, model = models.chat, type, status } of cases) {
    await t.test(of, () =>
      assert.rejects(clientWith(apiKey).chat.completions.create({ model, messages }), (error) => {
        assert.ok(error instanceof type, `${error}`);
        assert.equal(error.status, status);
        assert.ok(error.code && error.type && error.requestID, 'code, type and request id');
        return true;
      }),
    );
  }
});

test('too many requests', async () => {
  const limited = clientWith(gateway.slowKey);
  const hello = { model: models.chat, messages };
  await limited.chat.completions.create(hello);
  await assert.rejects(limited.chat.completions.create(hello), (error) => {
    assert.ok(error instanceof OpenAI.RateLimitError, `${error}`);
    assert.equal(error.code, 'rate_limit_exceeded');
    assert.ok(Number(error.headers.get('retry-after')) > 0);
    return true;
  });
});

test('too large an upload', async () => {
  const file = await toFile(gateway.tooLarge, 'a.wav');
  const upload = client.audio.transcriptions.create({ model: models.transcription, file });
  await assert.rejects(upload, (error) => {
    assert.equal(error.status, 413, `${error}`);
    assert.equal(error.code, 'request_too_large');
    return true;
  });
});
