/**
 * The header that names what is there now.
 * @param {any} client
 * @param {string} path what is read
 * @param {string} [field] where the version stands in it
 */
export async function ifMatch(client, path, field = 'version') {
  const current = await client.must('GET', path);
  return { 'if-match': `"${current[field]}"` };
}
