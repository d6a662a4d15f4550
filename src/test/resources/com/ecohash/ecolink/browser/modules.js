// Run by ModulesIT in a page of the console; returns a sentence for each thing that is not as it is
// to be.
async () => {
  const failures = [];
  const same = (what, found, wanted) => {
    if (JSON.stringify(found) !== JSON.stringify(wanted)) {
      failures.push(`${what}: ${JSON.stringify(found)} and not ${JSON.stringify(wanted)}`);
    }
  };
  const load = (name) => import(`/app/js/${name}.js`);

  const { EventParser, events } = await load('sse');
  const parsed = (...pieces) => {
    const found = [];
    const parser = new EventParser((event) => found.push(event));
    pieces.forEach((piece) => parser.feed(piece));
    parser.end();
    return found;
  };
  const message = (data) => ({ event: 'message', data });
  const stream = ': hello\r\nevent: error\r\ndata: {"a":\r\ndata: 1}\r\n\r\ndata:x\n\ndata\rdata: \r\rid: 7\n\ndata: cut';
  const whole = [{ event: 'error', data: '{"a":\n1}' }, message('x'), message('\n')];
  same('a stream at once', parsed(stream), whole);
  for (let cut = 0; cut <= stream.length; cut++) {
    same(`cut at ${cut}`, parsed(stream.slice(0, cut), stream.slice(cut)), whole);
  }
  same('piece by piece', parsed(...stream), whole);
  same('a last line that ends with CR', parsed('data: a\r\r'), [message('a')]);

  const bytes = new TextEncoder().encode('\ufeffdata: Grüße 🌍\n\ndata: 日本\n\n');
  const body = new ReadableStream({
    start(controller) {
      bytes.forEach((byte) => controller.enqueue(Uint8Array.of(byte)));
      controller.close();
    },
  });
  const read = [];
  for await (const event of events(body)) read.push(event.data);
  same('bytes one by one', read, ['Grüße 🌍', '日本']);

  const format = await load('format');
  for (const [amount, short, exact] of [
    ['0.00', '$0.00', '$0.00'],
    ['0.000035', '$0.000035', '$0.000035'],
    ['0.0000335', '$0.000034', '$0.0000335'],
    ['0.000000001', '$0.000000001', '$0.000000001'],
    ['0.009999', '$0.01', '$0.009999'],
    ['0.045', '$0.05', '$0.045'],
    ['9.999', '$10.00', '$9.999'],
    ['1234567.5', '$1,234,567.50', '$1,234,567.50'],
    ['-3.456', '-$3.46', '-$3.456'],
    ['9007199254740993.01', '$9,007,199,254,740,993.01', '$9,007,199,254,740,993.01'],
  ]) {
    same(`${amount} for a glance`, format.money(amount), short);
    same(`${amount} exactly`, format.exactMoney(amount), exact);
  }
  same('nothing left', ['0.00', '-0.01', '0.01'].map(format.isNotPositive), [true, true, false]);
  same('units', format.units({ output_tokens: 4, input_tokens: 1100 }), '1,100 in, 4 out');

  const { cosine } = await load('similarity');
  same('the same direction', cosine([1, 2], [2, 4]).toFixed(9), '1.000000000');
  same('nothing in common', cosine([1, 0], [0, 3]), 0);
  same('opposites', cosine([1, 0], [-2, 0]), -1);
  same('of different lengths', Number.isNaN(cosine([1], [1, 2])), true);
  same('without a direction', Number.isNaN(cosine([0, 0], [1, 2])), true);

  const { rangeOf, daysOf } = await load('period');
  const now = new Date('2026-03-01T23:30:00Z');
  same('today', rangeOf('1', now), { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' });
  same('last month', rangeOf('last-month', now), { from: '2026-02-01T00:00:00Z', to: '2026-03-01T00:00:00Z' });
  same('days', daysOf(rangeOf('3', now)), ['2026-02-27', '2026-02-28', '2026-03-01']);

  const { customSnippets, python, shell, snippets } = await load('snippets');
  const grpc = (origin) => customSnippets({ id: 7, protocol: 'h2c' }, origin)[0][1];
  same('gRPC with TLS', [grpc('https://a.example').includes('-plaintext'), grpc('https://a.example').includes(' a.example:443 ')], [false, true]);
  same('gRPC without', [grpc('http://a.example:8080').includes('-plaintext'), grpc('http://a.example:8080').includes(' a.example:8080 ')], [true, true]);
  same('quotes for a shell', shell("it's"), "'it'\\''s'");
  same('Python', python({ a: true, b: null, c: 'true "null"' }), '{\n  "a": True,\n  "b": None,\n  "c": "true \\"null\\""\n}');
  const [[, curl]] = snippets('chat', { model: "o'b:1", stream: true }, 'https://gateway.example');
  same('curl', curl.includes(`"o'\\''b:1"`) && curl.startsWith('curl -N https://gateway.example/v1/chat/completions'), true);

  const { withQuery } = await load('api');
  same('a query', withQuery('/a', { b: 'c d&e', f: '', g: null }), '/a?b=c+d%26e');
  same('no query', withQuery('/a', {}), '/a');

  const { nextPage } = await load('pages/sign-in');
  const next = (page) => nextPage(`?next=${encodeURIComponent(page)}`);
  same('where to go', next('/app/billing?period=7'), '/app/billing?period=7');
  for (const elsewhere of ['https://example.com/', '//example.com', '/app/../x', 'javascript:alert(1)', '/app/sign-in', '/app/keys#x']) {
    same(`not to ${elsewhere}`, next(elsewhere), '/app/instances');
  }
  return failures;
}
