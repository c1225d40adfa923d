import fc from 'fast-check';
import { typesOf } from './openapi.mjs';
import { kindInPath, kindOfName } from './scene.mjs';
import { draw } from './values.mjs';

/**
 * One thing wrong with a valid request. Returns undefined when the request has nothing it applies to.
 * @callback Mutation
 * @param {import('./request.mjs').Input} input
 * @param {{scene: import('./scene.mjs').Scene, random: import('../checker/random.mjs').Random}} tools
 * @returns {Partial<import('./request.mjs').Input> & {contentType?: string}|undefined}
 */

const MIB = 1024 * 1024;
/** Instants at and beyond what calendars and columns hold, and texts that only look like one. */
const STRANGE_INSTANTS = [
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '+275760-09-13T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2026-12-01T24:00:00Z',
  '2026-12-01T10:00:60Z',
  '2026-12-01T10:00:00',
  '2026-12-01',
  '1e3',
  '',
  ' ',
];
const NUL = '\u0000';
const NOISE = fc.string({ unit: 'binary', maxLength: 60 });
const JSON_NOISE = fc.jsonValue({ maxDepth: 3 });

/** Every place in a body, with the schema that stands there: `[['days', 0, 'weekday'], {type: 'integer', …}]`. */
function places(value, schema, path = []) {
  const here = path.length > 0 ? [[path, schema]] : [];
  if (Array.isArray(value)) return [...here, ...value.flatMap((item, index) => places(item, schema?.items ?? {}, [...path, index]))];
  if (value === null || typeof value !== 'object') return here;
  return [...here, ...Object.entries(value).flatMap(([name, item]) => places(item, schema?.properties?.[name] ?? {}, [...path, name]))];
}

const schemaOf = (input) => Object.values(input.operation.bodies)[0] ?? {};
const bodyPlaces = (input) => (input.body === undefined ? [] : places(input.body, schemaOf(input)));

/** The body with one place changed; `undefined` removes it. */
function changed(body, path, value) {
  const [name, ...rest] = path;
  const copy = Array.isArray(body) ? [...body] : { ...body };
  if (rest.length > 0) copy[name] = changed(body[name], rest, value);
  else if (value !== undefined) copy[name] = value;
  else if (Array.isArray(copy)) copy.splice(name, 1);
  else delete copy[name];
  return copy;
}

/** Puts a value into one place chosen at random: body, query or path. `valueAt` gets the schema and may decline with undefined. */
function replaced(input, { random }, valueAt) {
  const parameter = (place, name) => input.operation.parameters.find((it) => it.in === place && it.name === name)?.schema ?? {};
  const targets = [
    ...bodyPlaces(input).map(([path, schema]) => ({ schema, put: (value) => ({ body: changed(input.body, path, value) }) })),
    ...input.query.map(([name], index) => ({
      schema: parameter('query', name),
      put: (value) => ({ query: input.query.with(index, [name, plainText(value)]) }),
    })),
    ...Object.keys(input.path).map((name) => ({
      schema: parameter('path', name),
      put: (value) => ({ path: { ...input.path, [name]: plainText(value) } }),
    })),
  ];
  if (targets.length === 0) return undefined;
  const target = random.pick(targets);
  const value = valueAt(target.schema);
  return value === undefined ? undefined : target.put(value);
}

const plainText = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

const WRONG = {
  string: [42, true, [], {}, ['x'], { a: 1 }],
  number: ['x', true, [], {}, '12'],
  integer: ['x', true, [], {}, 1.5, '12'],
  boolean: ['true', 0, 1, [], {}],
  array: ['x', 1, {}, true],
  object: ['x', 1, [], true, [{}]],
};

/** On and one beyond each bound the schema names, and the bounds of the columns behind it. */
function boundaries(schema) {
  const type = typesOf(schema)[0];
  const around = (bound) => (bound === undefined ? [] : [bound - 1, bound, bound + 1]);
  if (type === 'integer' || type === 'number') {
    return [...around(schema.minimum), ...around(schema.maximum), -1, 0, 32767, 32768, 2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1, 2 ** 53];
  }
  if (type === 'string' || type === undefined) {
    const lengths = [...around(schema.minLength), ...around(schema.maxLength), 0, 1, 255, 256, 10_001].filter((length) => length >= 0);
    return [
      ...lengths.map((length) => 'x'.repeat(length)),
      ...STRANGE_INSTANTS,
      'P999999999Y',
      'PT0S',
      '-PT15M',
      '00000000-0000-0000-0000-000000000000',
      'Mars/Olympus',
      '٢٠٢٦',
    ];
  }
  if (type === 'array')
    return [...around(schema.minItems), ...around(schema.maxItems), 0, 201, 1001]
      .filter((length) => length >= 0)
      .map((length) => Array(Math.min(length, 2000)).fill('x'));
  return [{}];
}

const nested = (depth, open, close) => `${open.repeat(depth)}1${close.repeat(depth)}`;
const jsonOf = (input) => JSON.stringify(input.body ?? {});
const firstKey = (input) => Object.keys(input.body ?? {})[0];

/** @type {Record<string, Mutation>} */
export const mutations = {
  valid: () => ({}),
  missing: (input, { random }) => {
    const inBody = bodyPlaces(input).map(([path]) => () => ({ body: changed(input.body, path, undefined) }));
    const inQuery = input.query.map((_, index) => () => ({ query: input.query.toSpliced(index, 1) }));
    const choices = [...inBody, ...inQuery, ...(input.body === undefined ? [] : [() => ({ body: undefined }), () => ({ body: {} })])];
    return choices.length === 0 ? undefined : random.pick(choices)();
  },
  extra: (input, { random }) => {
    const name = random.pick([
      'surprise',
      'id',
      'orgId',
      'organizationId',
      'role',
      'isAdmin',
      'status',
      'version',
      'createdAt',
      'organizerId',
      'passwordHash',
      'undoUntil',
    ]);
    const value = random.pick(['admin', true, 1, null, {}, '00000000-0000-0000-0000-000000000001']);
    const inQuery = () => ({ query: [...input.query, /** @type {[string, string]} */ ([name, plainText(value)])] });
    if (input.body === null || typeof input.body !== 'object' || Array.isArray(input.body) || random.happens(0.2)) return inQuery();
    const objects = bodyPlaces(input).filter(([path]) => isObject(at(input.body, path)));
    const place = random.pick([[[]], ...objects]);
    return {
      body:
        place[0].length === 0
          ? { ...input.body, [name]: value }
          : changed(input.body, place[0], { ...at(input.body, place[0]), [name]: value }),
    };
  },
  wrongType: (input, tools) => replaced(input, tools, (schema) => tools.random.pick(WRONG[typesOf(schema)[0]] ?? [1, true, [], {}])),
  boundary: (input, tools) => replaced(input, tools, (schema) => tools.random.pick(boundaries(schema))),
  instant: (input, { random }) => {
    const inBody = bodyPlaces(input).filter(([path]) => isInstant(at(input.body, path)));
    const inQuery = input.query.flatMap(([, value], index) => (isInstant(value) ? [index] : []));
    if (inBody.length + inQuery.length === 0) return undefined;
    const value = random.pick(STRANGE_INSTANTS);
    if (inBody.length > 0) return { body: changed(input.body, random.pick(inBody)[0], value) };
    const index = random.pick(inQuery);
    return { query: input.query.with(index, [input.query[index][0], value]) };
  },
  null: (input, tools) => replaced(input, tools, () => null),
  noise: (input, tools) => replaced(input, tools, () => draw(tools.random.happens(0.5) ? NOISE : JSON_NOISE, tools.random) ?? null),
  hugeNumber: (input, tools) => {
    const huge = tools.random.pick([
      '1e400',
      '-1e400',
      '123456789012345678901234567890',
      '1e308',
      '9007199254740993',
      '-0',
      '1E-400',
      '0.1e-999',
    ]);
    const marked = replaced(input, tools, () => '\u{1F41F}');
    if (!marked) return undefined;
    if (!('body' in marked)) return swap(marked, huge);
    return { raw: JSON.stringify(marked.body).replace('"\u{1F41F}"', huge) };
  },
  nul: (input, tools) => replaced(input, tools, () => tools.random.pick([NUL, `a${NUL}b`, `a\u0000`, '\u0001\u001f\u007f'])),
  loneSurrogate: (input, tools) => replaced(input, tools, () => tools.random.pick(['\ud800', 'a\udfffb', '\udc00\ud800'])),
  mebibyte: (input, tools) =>
    input.body === undefined
      ? undefined
      : replaced({ ...input, query: [], path: {} }, tools, () => tools.random.pick(['x', '\u00e9', ' ']).repeat(MIB)),
  longParameter: (input, tools) =>
    replaced({ ...input, body: undefined }, tools, () => tools.random.pick(['x'.repeat(5000), '9'.repeat(400), '%41'.repeat(1000)])),
  deep: (input, { random }) => {
    if (input.body === undefined) return undefined;
    const depth = random.pick([21, 100, 5000, 50_000]);
    const value = random.pick([nested(depth, '[', ']'), nested(depth, '{"a":', '}')]);
    return { raw: random.happens(0.5) || !firstKey(input) ? value : `{${JSON.stringify(firstKey(input))}:${value}}` };
  },
  duplicateKeys: (input, { random }) => {
    const key = firstKey(input);
    if (!key) return undefined;
    const again = `${JSON.stringify(key)}:${random.pick(['null', '1', '"other"', '{}'])}`;
    return { raw: random.happens(0.5) ? jsonOf(input).replace(/^\{/, `{${again},`) : jsonOf(input).replace(/\}$/, `,${again}}`) };
  },
  proto: (input, { random }) => {
    if (input.body === undefined)
      return {
        query: [
          ...input.query,
          random.pick([
            ['__proto__[polluted]', '1'],
            ['__proto__', '1'],
            ['constructor[prototype][polluted]', '1'],
            ['hasOwnProperty', '1'],
            ['toString', '1'],
          ]),
        ],
      };
    const poison = random.pick([
      '"__proto__":{"polluted":true}',
      '"constructor":{"prototype":{"polluted":true}}',
      '"__proto__":null',
      '"prototype":{}',
      '"toString":1',
      '"hasOwnProperty":1',
      '"__proto__":{"role":"admin"}',
    ]);
    const whole = jsonOf(input);
    return { raw: whole === '{}' ? `{${poison}}` : whole.replace(/^\{/, `{${poison},`) };
  },
  malformed: (input, { random }) => {
    if (input.body === undefined && input.raw === undefined) return undefined;
    const whole = input.raw === undefined ? jsonOf(input) : `${input.raw}`;
    const broken = [
      whole.slice(0, random.below(whole.length)),
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '1',
      `\ufeff${whole}`,
      `${whole}x`,
      whole.replaceAll('"', "'"),
      'NaN',
      '{"a":undefined}',
    ];
    const bytes = [
      Buffer.from([0xff, 0xfe, 0x00]),
      Buffer.concat([Buffer.from(whole.slice(0, 5)), Buffer.from([0xc3, 0x28]), Buffer.from(whole.slice(5))]),
      Buffer.from(whole, 'utf16le'),
    ];
    return { raw: random.pick([...broken, ...bytes]), contentType: input.contentType };
  },
  contentType: (input, { random }) => {
    if (input.body === undefined && input.raw === undefined) return { raw: random.pick(['x', '{}', '']), contentType: 'text/plain' };
    const type = random.pick([
      'text/plain',
      'application/xml',
      'text/html',
      'multipart/form-data',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
      'application/json; charset=utf-16',
      'application/json; charset=',
      'application/octet-stream',
      'json',
      '',
      'application/problem+json',
    ]);
    return { raw: input.raw ?? jsonOf(input), contentType: type };
  },
  contentEncoding: (input, { random }) =>
    input.body === undefined
      ? undefined
      : { headers: { ...input.headers, 'content-encoding': random.pick(['gzip', 'br', 'x', 'identity, gzip']) } },
  header: (input, { random }) => {
    const [name, value] = random.pick([
      ['idempotency-key', ''], ['idempotency-key', 'x'.repeat(300)], ['idempotency-key', 'two words'], ['idempotency-key', '\u00e9'],
      ['if-match', 'x'], ['if-match', '"99999999999999999999"'], ['if-match', 'W/"1"'], ['if-match', '"1", "2"'], ['if-none-match', '"x"'],
      ['accept', 'text/html'], ['accept', 'x'], ['accept-language', 'xx-;q=9,,,'], ['accept-language', 'd'.repeat(3000)],
      ['x-request-id', 'x'.repeat(4000)], ['x-request-id', '\u00e9"\\'], ['traceparent', 'zz'], ['x-forwarded-for', '::gg'], ['origin', 'null'], ['cookie', '__proto__=1; =; a'], ['range', 'bytes=9-1'],
    ]); // prettier-ignore
    return { headers: { ...input.headers, [name]: Buffer.from(value, 'utf8').toString('latin1') } };
  },
  query: (input, { random }) => {
    const name = random.pick([...input.operation.parameters.filter((it) => it.in === 'query').map((it) => it.name), 'x']);
    const more = random.pick([
      [
        [name, 'x'],
        [name, 'y'],
      ],
      [[`${name}[]`, 'x']],
      [[`${name}[a][b]`, 'x']],
      [[name, '']],
      [['', '']],
      [[name, '%']],
      [[name, '%ff%fe']],
      [[name, '%00']],
      [[name, '-1']],
      [[name, '1e9']],
      [[name, "' or 1=1 --"]],
    ]);
    return { query: [...input.query, ...more] };
  },
  badPath: (input, { random }) => {
    const names = Object.keys(input.path);
    if (names.length === 0) return undefined;
    const value = random.pick([
      'not-a-uuid',
      '%00',
      '%ff',
      '..%2f..%2fetc',
      '%2e%2e',
      '',
      '%',
      '%zz',
      '0',
      '-1',
      'null',
      '00000000-0000-0000-0000-000000000000',
      'x'.repeat(3000),
      "'; select 1 --",
      '019a0000-0000-7000-8000-000000000000%0d%0ax',
      '\ud83d\ude00',
    ]);
    return { path: { ...input.path, [random.pick(names)]: value } };
  },
  foreignId: (input, { scene, random }) => {
    const pick = (kind) => (scene.foreign[kind]?.length > 0 ? random.pick(scene.foreign[kind]) : undefined);
    const inPath = Object.keys(input.path).map((name) => [
      kindInPath(input.operation.path, name),
      (id) => ({ path: { ...input.path, [name]: id } }),
    ]);
    const inQuery = input.query.map(([name], index) => [kindOfName(name), (id) => ({ query: input.query.with(index, [name, id]) })]);
    const properties = Object.keys(schemaOf(input).properties ?? {});
    const inBody = isObject(input.body)
      ? properties.map((name) => [
          kindOfName(name),
          (id) => ({ body: { ...without(input.body, name), [name]: name.endsWith('s') ? [id] : id } }),
        ])
      : [];
    const targets = [...inPath, ...inQuery, ...inBody].filter(([kind]) => kind && pick(kind));
    if (targets.length === 0) return undefined;
    const [kind, put] = random.pick(targets);
    return { ...put(pick(kind)), foreign: true };
  },
  noToken: (input) => (input.operation.needsToken ? { token: 'none' } : undefined),
  badToken: (input) => (input.operation.needsToken ? { token: 'bad' } : undefined),
};

const isInstant = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const at = (value, path) => path.reduce((inner, part) => inner?.[part], value);
const without = (object, name) =>
  Object.fromEntries(Object.entries(object).filter(([it]) => it !== name && !(name === 'resourceIds' && it === 'resourceId')));
const swap = (part, text) => JSON.parse(JSON.stringify(part).replaceAll('\u{1F41F}', text));
