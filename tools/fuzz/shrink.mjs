/**
 * Makes a failing request smaller while it still fails by the same rule: fewer parameters, headers and properties, shorter strings.
 * @param {import('./request.mjs').Input} input
 * @param {(smaller: import('./request.mjs').Input) => Promise<boolean>} stillFails
 * @param {number} [most] tries
 */
export async function shrink(input, stillFails, most = 120) {
  let smallest = input;
  let tries = 0;
  for (let progress = true; progress && tries < most;) {
    progress = false;
    for (const candidate of smaller(smallest)) {
      if (++tries > most) break;
      if (!(await stillFails(candidate))) continue;
      smallest = candidate;
      progress = true;
      break;
    }
  }
  return smallest;
}

function* smaller(input) {
  for (let index = 0; index < input.query.length; index++) yield { ...input, query: input.query.toSpliced(index, 1) };
  for (const name of Object.keys(input.headers))
    yield { ...input, headers: Object.fromEntries(Object.entries(input.headers).filter(([it]) => it !== name)) };
  if (input.raw !== undefined) yield* smallerText(input.raw).map((raw) => ({ ...input, raw }));
  else yield* smallerValues(input.body).map((body) => ({ ...input, body }));
}

const smallerText = (raw) => (typeof raw === 'string' && raw.length > 200 ? [raw.slice(0, raw.length / 2), raw.slice(raw.length / 2)] : []);

/** Every value one step simpler, biggest steps first. */
function smallerValues(value) {
  if (typeof value === 'string')
    return value.length > 1 ? [value.slice(0, value.length >> 1), value.slice(value.length >> 1), 'x'].filter((it) => it !== value) : [];
  if (Array.isArray(value))
    return [
      ...value.map((_, index) => value.toSpliced(index, 1)),
      ...value.flatMap((item, index) => smallerValues(item).map((less) => value.with(index, less))),
    ];
  if (value === null || typeof value !== 'object') return [];
  const entries = Object.entries(value);
  return [
    ...entries.map(([name]) => Object.fromEntries(entries.filter(([it]) => it !== name))),
    ...entries.flatMap(([name, item]) => smallerValues(item).map((less) => ({ ...value, [name]: less }))),
  ];
}
