// Builds the app's database from a dump of `db_dump.js`, at the dump's version. The connection stays open, deaf to
// others, if `hold` is set: a page with an old version that does not let go.
const [name, dump, hold] = arguments;
const done = arguments[arguments.length - 1];
const live = (value) => {
  if (value === null || typeof value !== 'object') return value;
  if (typeof value.$bytes === 'string') return Uint8Array.from(atob(value.$bytes), (letter) => letter.charCodeAt(0));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, live(part)]));
};
const request = indexedDB.open(name, dump.version);
request.onupgradeneeded = () => {
  for (const { name, indexes, rows } of dump.stores) {
    const store = request.result.createObjectStore(name);
    for (const index of indexes) store.createIndex(index.name, index.path);
    for (const { key, value } of rows) store.put(live(value), key);
  }
};
request.onerror = () => done(String(request.error));
request.onsuccess = () => {
  if (hold) window.held = request.result;
  else request.result.close();
  done('');
};
