import { Ajv2020 } from 'ajv/dist/2020.js';
import { resolve, withoutDangling } from './openapi.mjs';

/**
 * @typedef {object} Finding
 * @property {string} rule short name; what the shrinker keeps constant
 * @property {string} detail
 */

/** Traces of the machinery. The input may be echoed, so words that occur in it do not count. */
const LEAKS = [
  [/\n\s+at .+\(?.+:\d+:\d+\)?/, 'a stack'],
  [/\.(?:js|ts|mjs):\d+/, 'a source line'],
  [/node_modules|\/dist\/|file:\/\//, 'a path'],
  [/\b(?:select|insert into|delete from)\s.+\b(?:from|values|where)\b/i, 'SQL'],
  [
    /relation "|column "|violates .* constraint|syntax error at or near|invalid input syntax|duplicate key value|invalid byte sequence/i,
    'a database message',
  ],
  [
    /\b(?:TypeError|ReferenceError|RangeError|SyntaxError|QueryFailedError|FST_ERR_[A-Z_]+|ERR_[A-Z_]{4,}|ECONN[A-Z]+|Cannot read propert)/,
    'an internal error',
  ],
  [/Unexpected token|is not valid JSON|position \d+/, 'a parser message'],
];

const FORMATS = {
  uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/,
  date: /^\d{4}-\d\d-\d\d$/,
  email: /^[^\s@]+@[^\s@]+$/,
  duration: /^-?P/,
};

/** Judges answers by the document: declared status, body valid by schema, problem+json with a known code, nothing leaked. */
export class Oracle {
  #validators = new Map();
  #ajv;

  /**
   * @param {any} document
   * @param {{codes?: string[], secrets?: string[]}} [more] codes a problem may carry, texts that must never appear
   */
  constructor(document, { codes = codesOf(document), secrets = [] } = {}) {
    this.document = document;
    this.codes = new Set(codes);
    this.secrets = secrets;
    this.#ajv = new Ajv2020({
      strict: false,
      allErrors: false,
      formats: { ...FORMATS, int32: true, int64: true, float: true, double: true, binary: true, password: true, uri: true },
    });
    this.#ajv.addSchema(withNull({ components: withoutDangling(document, document.components ?? {}) }), 'api');
  }

  /**
   * @param {import('./request.mjs').Input} input
   * @param {{status: number, headers: Record<string, any>, text: string}} answer
   * @param {string} sent the request as text, to tell an echo from a leak
   * @returns {Finding[]}
   */
  judge(input, answer, sent) {
    const { operation } = input;
    if (answer.status === 0) return [{ rule: 'no-answer', detail: `no answer: ${answer.text}` }];
    if (answer.status >= 500) return [{ rule: 'server-error', detail: `${answer.status} ${answer.text.slice(0, 300)}` }];
    return [
      ...declared(operation, answer),
      ...(answer.status >= 400 && !refusesInItsOwnForm(operation, answer) ? this.#problem(answer) : this.#body(operation, answer)),
      ...leaks(answer, sent),
      ...this.secrets
        .filter((secret) => answer.text.includes(secret))
        .map((secret) => ({ rule: 'foreign-leak', detail: `shows ${secret} of another organization` })),
      ...expectations(input, answer),
    ];
  }

  #problem({ status, headers, text }) {
    const type = `${headers['content-type'] ?? ''}`;
    if (!type.startsWith('application/problem+json'))
      return [{ rule: 'not-a-problem', detail: `${status} as ${type || 'nothing'}: ${text.slice(0, 200)}` }];
    const body = parsed(text);
    if (!body || body.status !== status || typeof body.title !== 'string' || typeof body.type !== 'string')
      return [{ rule: 'bad-problem', detail: text.slice(0, 300) }];
    if (typeof body.code !== 'string' || (this.codes.size > 0 && !this.codes.has(body.code)))
      return [{ rule: 'unknown-code', detail: `code ${body.code}` }];
    return [];
  }

  #body(operation, { status, headers, text }) {
    const schema = Object.entries(operation.responses[status]?.content ?? {}).find(([type]) => type.includes('json'))?.[1].schema;
    if (!schema || status === 204 || status === 304 || !`${headers['content-type']}`.includes('json')) return [];
    const key = `${operation.name} ${status}`;
    if (!this.#validators.has(key)) this.#validators.set(key, this.#ajv.compile(local(withNull(withoutDangling(this.document, schema)))));
    const validate = this.#validators.get(key);
    if (validate(parsed(text))) return [];
    const [error] = validate.errors;
    return [
      { rule: 'body-not-as-declared', detail: `${status} ${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}` },
    ];
  }
}

/** A refusal the document declares as plain JSON: that of OAuth 2.0 (RFC 6749 §5.2). It is judged by its schema like any body. */
const refusesInItsOwnForm = ({ responses }, { status, headers }) =>
  responses[status]?.content?.['application/json'] !== undefined && `${headers['content-type']}`.startsWith('application/json');

function declared({ responses }, { status }) {
  if (responses[status] || responses[`${Math.floor(status / 100)}XX`] || responses.default) return [];
  return [{ rule: 'undeclared-status', detail: `${status} is not declared (${Object.keys(responses).join(', ')})` }];
}

function leaks({ text }, sent) {
  return LEAKS.flatMap(([pattern, name]) => {
    const found = pattern.exec(text);
    return found && !sent.includes(found[0]) ? [{ rule: 'leak', detail: `shows ${name}: ${found[0].slice(0, 120)}` }] : [];
  });
}

/** A list or search by something nobody has is empty, for what others have as for what does not exist; so is what is no favourite. */
const filtersOnly = ({ method, path }) =>
  method === 'GET' || /\/search(\/saved)?$/.test(path) || (method === 'DELETE' && path.endsWith('/favourites/{id}'));

/** What must be refused must not be accepted. */
function expectations(input, { status }) {
  if ((input.token === 'none' || input.token === 'bad') && status !== 401)
    return [{ rule: 'open-route', detail: `${status} instead of 401 without a valid token` }];
  if (input.foreign && !filtersOnly(input.operation) && status < 400)
    return [{ rule: 'foreign-accepted', detail: `${status} for something of another organization` }];
  return [];
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The codes the document lists, wherever its problem schema puts them. */
function codesOf(document) {
  const problem = Object.entries(document.components?.schemas ?? {}).find(([name]) => /^problem/i.test(name))?.[1];
  return resolve(document, problem?.properties?.code ?? {})?.enum ?? [];
}

/** OpenAPI 3.0 writes `nullable: true` where JSON Schema writes a second type. */
function withNull(node) {
  if (Array.isArray(node)) return node.map(withNull);
  if (node === null || typeof node !== 'object') return node;
  const { nullable, ...rest } = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, withNull(value)]));
  return nullable === true
    ? { anyOf: [rest, { type: 'null' }] }
    : { ...rest, ...(nullable !== undefined && nullable !== false && { nullable }) };
}

/** References within a schema point into the document registered as `api`. */
const local = (schema) => JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"api#/'));
