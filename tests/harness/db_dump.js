// Everything in the app's database, as JSON: schema and rows. Bytes are base64.
const name = arguments[0];
const done = arguments[arguments.length - 1];
const plain = (value) => {
  if (value instanceof Uint8Array) {
    let text = '';
    for (let at = 0; at < value.length; at += 8192) text += String.fromCharCode(...value.subarray(at, at + 8192));
    return { $bytes: btoa(text) };
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
};
const asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
(async () => {
  const database = await asked(indexedDB.open(name));
  const stores = [];
  for (const store of database.objectStoreNames) {
    const rows = database.transaction(store).objectStore(store);
    const indexes = [...rows.indexNames].map((index) => ({ name: index, path: rows.index(index).keyPath }));
    const [keys, values] = await Promise.all([asked(rows.getAllKeys()), asked(rows.getAll())]);
    stores.push({ name: store, indexes, rows: keys.map((key, at) => ({ key, value: plain(values[at]) })) });
  }
  database.close();
  return { version: database.version, stores };
})().then(done, (error) => done({ error: String(error) }));
