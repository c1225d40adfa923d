import fc from 'fast-check';
import { typesOf } from './openapi.mjs';
import { kindOfName } from './scene.mjs';

/**
 * One value of an arbitrary, repeatable by the seed of `random`.
 * @template T
 * @param {import('fast-check').Arbitrary<T>} arbitrary
 * @param {import('../checker/random.mjs').Random} random
 * @returns {T}
 */
export const draw = (arbitrary, random) => fc.sample(arbitrary, { numRuns: 1, seed: random.below(2 ** 31) })[0];

/** Values that mean something here, by property name; without them hardly any request would get past validation. */
const MEANINGFUL = {
  email: (scene) => `${scene.unique()}@example.org`,
  username: (scene) => scene.unique(),
  key: (scene) => scene.unique(),
  externalId: (scene) => scene.unique(),
  password: () => 'Correct horse battery staple, 42',
  timeZone: () => 'Europe/Paris',
  countryCode: () => 'FR',
  language: () => 'en',
  opens: () => '08:00',
  closes: () => '20:00',
  until: (scene) => scene.slot().end,
  from: () => new Date(Date.now() + 86_400_000).toISOString(),
  to: () => new Date(Date.now() + 3 * 86_400_000).toISOString(),
  minutes: () => 30,
  policy: () => ({}),
  grant_type: () => 'password',
  cursor: () => undefined,
  rrule: () => 'FREQ=WEEKLY;COUNT=2',
  exdates: () => [],
  rdates: () => [],
  resolutions: () => [],
};

/**
 * A value a schema accepts, as far as it says.
 * @param {any} schema
 * @param {string} name of the property or parameter
 * @param {import('./scene.mjs').Scene} scene
 * @param {import('../checker/random.mjs').Random} random
 */
export function valueFor(schema, name, scene, random) {
  const kind = kindOfName(name);
  if (kind && scene.own[kind].length > 0) {
    const one = random.pick(scene.own[kind]);
    return typesOf(schema).includes('array') ? [one] : one;
  }
  if (Object.hasOwn(MEANINGFUL, name) && !schema.enum) return MEANINGFUL[name](scene);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return random.pick(schema.enum);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return valueFor(random.pick(choices), name, scene, random);
  const example = schema.example ?? schema.examples?.[0];
  if (example !== undefined && random.happens(0.5)) return example;
  return plain(schema, name, scene, random);
}

function plain(schema, name, scene, random) {
  switch (typesOf(schema)[0]) {
    case 'object':
      return objectFor(schema, scene, random);
    case 'array':
      return Array.from({ length: Math.max(schema.minItems ?? 0, 1) }, () => valueFor(schema.items ?? {}, singular(name), scene, random));
    case 'integer':
      return draw(fc.integer({ min: schema.minimum ?? 1, max: Math.min(schema.maximum ?? 100, 2 ** 31 - 1) }), random);
    case 'number':
      return draw(fc.integer({ min: Math.ceil(schema.minimum ?? 0), max: Math.floor(schema.maximum ?? 100) }), random);
    case 'boolean':
      return random.happens(0.5);
    case 'string':
      return text(schema, scene, random);
    default:
      return schema.properties ? objectFor(schema, scene, random) : draw(fc.jsonValue({ maxDepth: 2 }), random);
  }
}

const singular = (name) => name.replace(/s$/, '');

/** Required properties always, others sometimes; `start` and `end` belong together. */
export function objectFor(schema, scene, random) {
  const properties = Object.entries(schema.properties ?? {});
  const chosen = properties.filter(([name]) => schema.required?.includes(name) || random.happens(0.4));
  const built = Object.fromEntries(chosen.map(([name, inner]) => [name, valueFor(inner, name, scene, random)]));
  if ('start' in built && 'end' in built) Object.assign(built, scene.slot());
  if ('resourceId' in built && 'resourceIds' in built) delete built.resourceIds;
  if (!schema.required?.includes('holdId')) delete built.holdId;
  return built;
}

function text(schema, scene, random) {
  if (schema.format === 'uuid') return draw(fc.uuid(), random);
  if (schema.format === 'date-time') return scene.slot().start;
  if (schema.format === 'date') return scene.slot().start.slice(0, 10);
  if (schema.format === 'email') return `${scene.unique()}@example.org`;
  if (schema.format === 'duration') return 'PT30M';
  if (schema.format === 'binary') return 'name\nFuzzed\n';
  if (schema.pattern) return draw(fc.stringMatching(new RegExp(schema.pattern, 'u')), random);
  const least = schema.minLength ?? 1;
  return draw(graphemes(least, Math.max(least, Math.min(schema.maxLength ?? 40, 40))), random);
}

const known = new Map();

/** Kept, because building one costs more than a request. */
function graphemes(minLength, maxLength) {
  const key = `${minLength} ${maxLength}`;
  if (!known.has(key)) known.set(key, fc.string({ unit: 'grapheme', minLength, maxLength }));
  return known.get(key);
}
