/**
 * One route as the OpenAPI document declares it, references resolved.
 * @typedef {object} Operation
 * @property {string} name `POST /api/v1/resources/{id}/status`
 * @property {string} method
 * @property {string} path template
 * @property {{name: string, in: string, required: boolean, schema: any}[]} parameters
 * @property {Record<string, any>} bodies schema by media type; empty when no body is taken
 * @property {boolean} bodyRequired
 * @property {Record<string, {content?: Record<string, {schema?: any}>}>} responses
 * @property {boolean} needsToken
 */

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/**
 * @param {any} document OpenAPI 3.0 or 3.1
 * @returns {Operation[]}
 */
export function operationsOf(document) {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => {
      const operation = item[method];
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((it) => resolve(document, it));
      const body = resolve(document, operation.requestBody ?? {});
      const security = operation.security ?? document.security ?? [];
      return {
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        parameters: parameters.map((it) => ({
          name: it.name,
          in: it.in,
          required: it.required === true,
          schema: expand(document, it.schema ?? {}),
        })),
        bodies: Object.fromEntries(Object.entries(body.content ?? {}).map(([type, { schema }]) => [type, expand(document, schema ?? {})])),
        bodyRequired: body.required === true,
        responses: Object.fromEntries(Object.entries(operation.responses ?? {}).map(([status, it]) => [status, resolve(document, it)])),
        needsToken: security.length > 0 && !security.some((it) => Object.keys(it).length === 0),
      };
    }),
  );
}

/** Follows a reference at the top of a node; one that leads nowhere is anything. */
export function resolve(document, node) {
  if (!node?.$ref) return node;
  return resolve(document, target(document, node.$ref) ?? {});
}

const target = (document, reference) =>
  reference
    .replace(/^#\//, '')
    .split('/')
    .reduce((inner, part) => inner?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], document);

/** References of the document that lead nowhere. */
export function danglingReferences(document) {
  const all = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference);
  return [...new Set(all)].filter((reference) => !target(document, reference));
}

/** A node in which references that lead nowhere are anything. */
export function withoutDangling(document, node) {
  return danglingReferences(document).reduce(
    (left, reference) => JSON.parse(JSON.stringify(left).replaceAll(`{"$ref":"${reference}"}`, '{}')),
    node,
  );
}

/** A schema with its references written out, to a depth requests have; `allOf` is merged. */
export function expand(document, schema, depth = 0) {
  if (depth > 8 || schema === null || typeof schema !== 'object') return {};
  const { allOf, ...own } = resolve(document, schema);
  const parts = [own, ...(allOf ?? []).map((part) => resolve(document, part))];
  const merged = parts.reduce(
    (all, part) => ({
      ...all,
      ...part,
      ...((all.properties || part.properties) && { properties: { ...all.properties, ...part.properties } }),
      ...((all.required || part.required) && { required: [...(all.required ?? []), ...(part.required ?? [])] }),
    }),
    {},
  );
  const nested = (value) => expand(document, value, depth + 1);
  return {
    ...merged,
    ...(merged.properties && { properties: Object.fromEntries(Object.entries(merged.properties).map(([name, it]) => [name, nested(it)])) }),
    ...(merged.items && { items: nested(merged.items) }),
    ...(merged.oneOf && { oneOf: merged.oneOf.map(nested) }),
    ...(merged.anyOf && { anyOf: merged.anyOf.map(nested) }),
    ...(typeof merged.additionalProperties === 'object' && { additionalProperties: nested(merged.additionalProperties) }),
  };
}

/** `type` as a list; OpenAPI 3.1 writes `["string", "null"]`. */
export const typesOf = (schema) =>
  (Array.isArray(schema.type) ? schema.type : schema.type ? [schema.type] : []).filter((type) => type !== 'null');
