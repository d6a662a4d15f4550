const KEY = 'ECOLINK_API_KEY';

export const shell = (text) => `'${String(text).replaceAll("'", `'\\''`)}'`;

const json = (value) => JSON.stringify(value, null, 2);

const WORDS = { null: 'None', true: 'True', false: 'False' };

// JSON with Python's words for what it has others for.
export const python = (value) => json(value).replace(/"(?:\\.|[^"\\])*"|\b(?:null|true|false)\b/g, (found) => WORDS[found] ?? found);

// Each category: its path, how both of OpenAI's SDKs call it, a request to begin with, what to print.
const ENDPOINTS = {
	chat: ['chat/completions', 'chat.completions.create', { stream: true, messages: [{ role: 'user', content: 'Hello' }] }, 'answer.choices[0].message.content'],
	embedding: ['embeddings', 'embeddings.create', { input: ['one text', 'another text'] }, 'answer.data[0].embedding'],
	image: ['images/generations', 'images.generate', { prompt: 'A lighthouse at dawn', n: 1 }, 'answer.data[0].b64_json'],
	audio_speech: ['audio/speech', 'audio.speech.create', { input: 'Hello from EcoLink', voice: 'alloy', response_format: 'wav' }],
	audio_transcription: ['audio/transcriptions', 'audio.transcriptions.create', {}, 'answer.text'],
	video: ['video/generations', null, { prompt: 'Waves against a pier', seconds: 4 }],
};

export const sample = (category, model) => ({ model, ...ENDPOINTS[category][2] });

function curl(category, body, origin) {
	const head = `curl ${body.stream ? '-N ' : ''}${origin}/v1/${ENDPOINTS[category][0]} \\\n  -H "Authorization: Bearer $${KEY}" \\\n`;
	if (category === 'audio_transcription') {
		return `${head}${Object.entries(body).map(([name, value]) => `  -F ${shell(`${name}=${value}`)} \\\n`).join('')}  -F file=@recording.wav`;
	}
	return `${head}  -H "Content-Type: application/json" \\\n  -d ${shell(json(body))}${category === 'audio_speech' ? ` \\\n  -o speech.${body.response_format}` : ''}`;
}

function inPython(category, body, origin) {
	const [path, method, , printed] = ENDPOINTS[category];
	const given = Object.entries(body).map(([name, value]) => `    ${name}=${python(value).replaceAll('\n', '\n    ')},\n`).join('');
	const file = category === 'audio_transcription' ? '    file=open("recording.wav", "rb"),\n' : '';
	const made = `client.${method}(\n${file}${given})\n`;
	const call = category === 'video'
		? `job = client.post("/${path}", cast_to=object, body=${python(body)})\nprint(client.get(f"/${path}/{job['id']}", cast_to=object))`
		: body.stream ? `for chunk in ${made.trimEnd()}:\n    if chunk.choices:\n        print(chunk.choices[0].delta.content or "", end="", flush=True)`
		: category === 'audio_speech' ? `${made.trimEnd()}.write_to_file("speech.${body.response_format}")`
		: `answer = ${made}print(${printed})`;
	return `import os\nfrom openai import OpenAI\n\nclient = OpenAI(base_url="${origin}/v1", api_key=os.environ["${KEY}"])\n\n${call}`;
}

function inNode(category, body, origin) {
	const [path, method, , printed] = ENDPOINTS[category];
	const given = category === 'audio_transcription' ? json(body).replace('{', "{\n  file: fs.createReadStream('recording.wav'),") : json(body);
	const call = category === 'video'
		? `const job = await client.post('/${path}', { body: ${given} });\nconsole.log(await client.get(\`/${path}/\${job.id}\`));`
		: body.stream ? `const stream = await client.${method}(${given});\nfor await (const chunk of stream) {\n  process.stdout.write(chunk.choices[0]?.delta?.content ?? '');\n}`
		: `const answer = await client.${method}(${given});\n${category === 'audio_speech' ? `fs.writeFileSync('speech.${body.response_format}', Buffer.from(await answer.arrayBuffer()));` : `console.log(${printed});`}`;
	return `${category.startsWith('audio') ? "import fs from 'node:fs';\n" : ''}import OpenAI from 'openai';\n\nconst client = new OpenAI({ baseURL: '${origin}/v1', apiKey: process.env.${KEY} });\n\n${call}`;
}

// A request of the unified API as [title, text] in three ways of calling it.
export const snippets = (category, body, origin = location.origin) =>
	[['curl', curl(category, body, origin)], ['Python', inPython(category, body, origin)], ['JavaScript', inNode(category, body, origin)]];

export function customSnippets({ id, protocol, proxy_path: path }, origin = location.origin) {
	if (protocol === 'h2c') {
		const { protocol: scheme, hostname, port } = new URL(origin);
		const [plain, usual] = scheme === 'https:' ? ['', 443] : ['-plaintext ', 80];
		return [['gRPC', `grpcurl ${plain}\\\n  -H "authorization: Bearer $${KEY}" \\\n  -H "x-ecolink-instance: ${id}" \\\n  -proto your.proto \\\n  ${hostname}:${port || usual} your.package.Service/Method`]];
	}
	return [['curl', `curl ${origin}${path} \\\n  -H "Authorization: Bearer $${KEY}" \\\n  -H "Content-Type: application/json" \\\n  -d '{}'`]];
}
