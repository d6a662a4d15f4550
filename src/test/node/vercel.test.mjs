// Vercel's AI SDK, with its provider for OpenAI and the one for whoever speaks like OpenAI.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as gateway from './gateway.mjs';
import {
  APICallError,
  embed,
  embedMany,
  experimental_generateSpeech as generateSpeech,
  experimental_transcribe as transcribe,
  generateImage,
  generateText,
  streamText,
} from 'ai';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';

const { models } = gateway;
const prompt = 'Hello';
const maxRetries = 0;

function compatible(apiKey = gateway.key) {
  return createOpenAICompatible({
    name: 'ecolink',
    baseURL: gateway.url,
    apiKey,
    includeUsage: true,
  });
}

function openai(apiKey = gateway.key) {
  return createOpenAI({ baseURL: gateway.url, apiKey });
}

function idOf(response) {
  return response.headers['x-ecolink-request-id'];
}

const chats = { openai: openai().chat(models.chat), compatible: compatible()(models.chat) };

for (const [provider, model] of Object.entries(chats)) {
  test(`generateText, ${provider}`, async () => {
    const { text, usage, finishReason, response } = await generateText({
      model,
      prompt,
      maxRetries,
    });
    assert.equal(text, gateway.reply);
    assert.equal(usage.outputTokens, 4);
    assert.equal(finishReason, 'stop');
    gateway.assertChat(await gateway.receipt(idOf(response)));
  });

  test(`streamText, ${provider}`, async () => {
    const result = streamText({ model, prompt, maxRetries });
    const pieces = [];
    for await (const piece of result.textStream) {
      pieces.push(piece);
    }
    assert.deepEqual(pieces, gateway.words);
    assert.equal(await result.finishReason, 'stop');
    assert.equal((await result.usage).inputTokens, 11);
    gateway.assertChat(await gateway.receipt(idOf(await result.response)));
  });

  test(`a stream that pauses, with comments in between, ${provider}`, async () => {
    const result = streamText({ model, prompt: gateway.pausing, maxRetries });
    assert.equal(await result.text, 'Hello');
  });

  test(`a stream that is left, ${provider}`, async () => {
    const leaving = new AbortController();
    const result = streamText({
      model,
      prompt: gateway.slowly,
      maxRetries,
      abortSignal: leaving.signal,
      onError: ({ error }) => assert.fail(error),
    });
    const seen = [];
    for await (const part of result.fullStream) {
      seen.push(part.type);
      if (part.type === 'text-delta' && seen.filter((type) => type === part.type).length === 3) {
        leaving.abort();
      }
    }
    assert.equal(seen.at(-1), 'abort');
  });

  test(`a container that dies in mid-stream, ${provider}`, async () => {
    const errors = [];
    const result = streamText({
      model: provider === 'openai' ? openai().chat(models.dying) : compatible()(models.dying),
      prompt,
      maxRetries,
      onError: ({ error }) => errors.push(error),
    });
    await result.consumeStream();
    assert.equal(errors.length, 1);
    assert.match(JSON.stringify(errors[0].message ?? errors[0]), /container/);
  });

  test(`embed, ${provider}`, async () => {
    const embedding =
      provider === 'openai'
        ? openai().embedding(models.embedding)
        : compatible().embeddingModel(models.embedding);
    const one = await embed({ model: embedding, value: 'one', maxRetries });
    assert.deepEqual(one.embedding, [1, 0.5, -0.25]);
    assert.equal(one.usage.tokens, 7);
    const receipt = await gateway.receipt(idOf(one.response));
    assert.deepEqual(receipt.units, { input_tokens: 7 });
    const two = await embedMany({ model: embedding, values: ['one', 'two'], maxRetries });
    assert.deepEqual(two.embeddings[1], [2, 0.5, -0.25]);
  });

  test(`generateImage, ${provider}`, async () => {
    const image =
      provider === 'openai' ? openai().image(models.image) : compatible().imageModel(models.image);
    const { images, responses } = await generateImage({
      model: image,
      prompt: 'A pixel',
      n: 2,
      maxImagesPerCall: 2,
      maxRetries,
    });
    assert.deepEqual(
      images.map((made) => made.mediaType),
      ['image/png', 'image/png'],
    );
    assert.deepEqual((await gateway.receipt(idOf(responses[0]))).units, { images: 2 });
  });

  test(`errors, ${provider}`, async (t) => {
    const chat = (apiKey, model) =>
      generateText({
        model: provider === 'openai' ? openai(apiKey).chat(model) : compatible(apiKey)(model),
        prompt,
        maxRetries,
      });
    const cases = [
      { apiKey: 'eco_wrong', status: 401, says: /API key/ },
      { model: models.unpriced, status: 402, says: /price/ },
      { model: models.ofAnother, status: 403, says: /belongs to another account/ },
      { model: 'my-llama', status: 404, says: /my-llama:<instance id>/ },
    ];
    for (const { apiKey = gateway.key, model = models.chat, status, says } of cases) {
      await t.test(`${status}`, () =>
        assert.rejects(chat(apiKey, model), (error) => {
          assert.ok(APICallError.isInstance(error), `${error}`);
          assert.equal(error.statusCode, status);
          assert.match(error.message, says);
          return true;
        }),
      );
    }
  });
}

test('generateSpeech', async () => {
  const { audio, responses } = await generateSpeech({
    model: openai().speech(models.speech),
    text: 'Hello',
    voice: 'alloy',
    maxRetries,
  });
  assert.equal(audio.uint8Array.length, 417 * 100);
  assert.equal(audio.mediaType, 'audio/mpeg');
  assert.equal((await gateway.receipt(idOf(responses[0]))).category, 'audio_speech');
});

test('transcribe', async () => {
  const { text, responses } = await transcribe({
    model: openai().transcription(models.transcription),
    audio: gateway.recording,
    maxRetries,
  });
  assert.equal(text, gateway.heard);
  gateway.assertHeard(await gateway.receipt(idOf(responses[0])));
});
