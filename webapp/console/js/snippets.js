// Ready-made calls for people to paste. The key is always a placeholder: a key is shown once only.
const KEY = 'ECOLINK_API_KEY';

/** Single quotes for a POSIX shell. */
export const shell = (text) => `'${String(text).replaceAll("'", `'\\''`)}'`;

const json = (value) => JSON.stringify(value, null, 2);

/** JSON is JavaScript; Python has other words for three values. */
export function python(value, indent = '') {
  const next = `${indent}    `;
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) {
    return value.length ? `[\n${value.map((item) => `${next}${python(item, next)},\n`).join('')}${indent}]` : '[]';
  }
  if (typeof value === 'object') {
    return `{\n${Object.entries(value).map(([name, item]) => `${next}${JSON.stringify(name)}: ${python(item, next)},\n`).join('')}${indent}}`;
  }
  return JSON.stringify(value);
}

const pythonArguments = (body) =>
  Object.entries(body).map(([name, value]) => `    ${name}=${python(value, '    ')},\n`).join('');

const pythonClient = (origin) =>
  `import os\nfrom openai import OpenAI\n\nclient = OpenAI(base_url="${origin}/v1", api_key=os.environ["${KEY}"])\n`;
const nodeClient = (origin) =>
  `import OpenAI from 'openai';\n\nconst client = new OpenAI({ baseURL: '${origin}/v1', apiKey: process.env.${KEY} });\n`;

const SAMPLES = {
  chat: (model) => ({ model, stream: true, messages: [{ role: 'user', content: 'Hello' }] }),
  embedding: (model) => ({ model, input: ['one text', 'another text'] }),
  image: (model) => ({ model, prompt: 'A lighthouse at dawn', n: 1 }),
  audio_speech: (model) => ({ model, input: 'Hello from EcoLink', voice: 'alloy', response_format: 'wav' }),
  audio_transcription: (model) => ({ model }),
  video: (model) => ({ model, prompt: 'Waves against a pier', seconds: 4 }),
};

export const sample = (category, model) => SAMPLES[category](model);

export const PATHS = {
  chat: '/v1/chat/completions',
  embedding: '/v1/embeddings',
  image: '/v1/images/generations',
  audio_speech: '/v1/audio/speech',
  audio_transcription: '/v1/audio/transcriptions',
  video: '/v1/video/generations',
};

function curl(category, body, origin) {
  const head = `curl ${body.stream ? '-N ' : ''}${origin}${PATHS[category]} \\\n  -H "Authorization: Bearer $${KEY}" \\\n`;
  if (category === 'audio_transcription') {
    const fields = Object.entries(body).map(([name, value]) => `  -F ${shell(`${name}=${value}`)} \\\n`).join('');
    return `${head}${fields}  -F file=@recording.wav`;
  }
  const output = category === 'audio_speech' ? ` \\\n  -o speech.${body.response_format ?? 'mp3'}` : '';
  return `${head}  -H "Content-Type: application/json" \\\n  -d ${shell(json(body))}${output}`;
}

const PYTHON = {
  chat: (body) => body.stream
    ? `stream = client.chat.completions.create(\n${pythonArguments(body)})\nfor chunk in stream:\n    if chunk.choices:\n        print(chunk.choices[0].delta.content or "", end="", flush=True)`
    : `answer = client.chat.completions.create(\n${pythonArguments(body)})\nprint(answer.choices[0].message.content)`,
  embedding: (body) => `answer = client.embeddings.create(\n${pythonArguments(body)})\nprint(len(answer.data[0].embedding))`,
  image: (body) => `answer = client.images.generate(\n${pythonArguments(body)})\nprint(answer.data[0].url or "base64")`,
  audio_speech: (body) => `with client.audio.speech.with_streaming_response.create(\n${pythonArguments(body)}) as answer:\n    answer.stream_to_file("speech.${body.response_format ?? 'mp3'}")`,
  audio_transcription: (body) => `answer = client.audio.transcriptions.create(\n    file=open("recording.wav", "rb"),\n${pythonArguments(body)})\nprint(answer.text)`,
  video: (body) => `job = client.post("/video/generations", cast_to=object, body=${python(body)})\nprint(client.get(f"/video/generations/{job['id']}", cast_to=object))`,
};

const NODE = {
  chat: (body) => body.stream
    ? `const stream = await client.chat.completions.create(${json(body)});\nfor await (const chunk of stream) {\n  process.stdout.write(chunk.choices[0]?.delta?.content ?? '');\n}`
    : `const answer = await client.chat.completions.create(${json(body)});\nconsole.log(answer.choices[0].message.content);`,
  embedding: (body) => `const answer = await client.embeddings.create(${json(body)});\nconsole.log(answer.data[0].embedding.length);`,
  image: (body) => `const answer = await client.images.generate(${json(body)});\nconsole.log(answer.data[0].url ?? 'base64');`,
  audio_speech: (body) => `import fs from 'node:fs';\n\nconst answer = await client.audio.speech.create(${json(body)});\nfs.writeFileSync('speech.${body.response_format ?? 'mp3'}', Buffer.from(await answer.arrayBuffer()));`,
  audio_transcription: (body) => `import fs from 'node:fs';\n\nconst answer = await client.audio.transcriptions.create({\n  file: fs.createReadStream('recording.wav'),\n${Object.entries(body).map(([name, value]) => `  ${name}: ${JSON.stringify(value)},\n`).join('')}});\nconsole.log(answer.text);`,
  video: (body) => `const job = await client.post('/video/generations', { body: ${json(body)} });\nconsole.log(await client.get(\`/video/generations/\${job.id}\`));`,
};

/** A request of the unified API as [title, text] in three ways of calling it. */
export function snippets(category, body, origin = location.origin) {
  return [
    ['curl', curl(category, body, origin)],
    ['Python', `${pythonClient(origin)}\n${PYTHON[category](body)}`],
    ['JavaScript', `${nodeClient(origin)}\n${NODE[category](body)}`],
  ];
}

/** The same for an instance in mode custom. */
export function customSnippets(instance, origin = location.origin) {
  if (instance.protocol === 'h2c') {
    return [
      ['gRPC', `grpcurl -plaintext \\\n  -H "authorization: Bearer $${KEY}" \\\n  -H "x-ecolink-instance: ${instance.id}" \\\n  -import-path . -proto your.proto \\\n  ${origin.replace(/^https?:\/\//, '')} your.package.Service/Method`],
    ];
  }
  const url = `${origin}${instance.proxy_path}`;
  return [
    ['curl', `curl ${url} \\\n  -H "Authorization: Bearer $${KEY}" \\\n  -H "Content-Type: application/json" \\\n  -d '{}'`],
    ['Python', `import os\nimport requests\n\nanswer = requests.post(\n    "${url}",\n    headers={"Authorization": f"Bearer {os.environ['${KEY}']}"},\n    json={},\n)\nprint(answer.status_code, answer.text)`],
    ['JavaScript', `const answer = await fetch('${url}', {\n  method: 'POST',\n  headers: { authorization: \`Bearer \${process.env.${KEY}}\`, 'content-type': 'application/json' },\n  body: JSON.stringify({}),\n});\nconsole.log(answer.status, await answer.text());`],
  ];
}
