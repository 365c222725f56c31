// Turns the app's database into one of schema 1, with everything in it. Answers the version that it had.
// The layout below is that of the first schema and never changes.
const SCHEMA_1 = {
  meta: {},
  ops: { record: 'record', chain: ['device', 'seq'] },
  records: {},
  lines: { sort: ['kind', 'state', 'sort'], order: 'order' },
  dues: { at: 'at', record: 'record' },
  blobs: {},
  templates: {},
};
const done = request => new Promise((yes, no) => {
  request.onsuccess = () => yes(request.result);
  request.onerror = () => no(request.error);
});
const newer = await done(indexedDB.open('sitebook'));
const version = newer.version;
const names = Object.keys(SCHEMA_1);
const reading = newer.transaction(names, 'readonly');
const rows = Object.fromEntries(await Promise.all(names.map(async name => {
  const store = reading.objectStore(name);
  const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
  return [name, keys.map((key, at) => [key, values[at]])];
})));
newer.close();
if (version === 1) return version;
await done(indexedDB.deleteDatabase('sitebook'));
const opening = indexedDB.open('sitebook', 1);
opening.onupgradeneeded = () => {
  for (const [name, indexes] of Object.entries(SCHEMA_1)) {
    const store = opening.result.createObjectStore(name);
    for (const [index, path] of Object.entries(indexes)) store.createIndex(index, path);
    for (const [key, value] of rows[name]) store.put(value, key);
  }
};
(await done(opening)).close();
return version;
