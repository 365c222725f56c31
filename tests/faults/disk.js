// Everything in the app's database as it lies on the disk, read without the app; null where there is none yet.
// Bytes stay in the page, only their digest and number leave it.
const known = (await indexedDB.databases()).find(one => one.name === 'sitebook');
if (!known) return null;
const done = request => new Promise((yes, no) => {
  request.onsuccess = () => yes(request.result);
  request.onerror = () => no(request.error);
});
const database = await done(indexedDB.open('sitebook'));
try {
  const stores = [...database.objectStoreNames];
  const rows = {};
  if (stores.length) {
    const reading = database.transaction(stores, 'readonly');
    const all = stores.map(name => {
      const store = reading.objectStore(name);
      return Promise.all([name, done(store.getAllKeys()), done(store.getAll())]);
    });
    for (const [name, keys, values] of await Promise.all(all)) rows[name] = keys.map((key, at) => [key, values[at]]);
  }
  const texts = name => Object.fromEntries((rows[name] ?? []).map(([key, value]) => [key, value.json]));
  const hex = buffer => [...new Uint8Array(buffer)].map(byte => byte.toString(16).padStart(2, '0')).join('');
  const blobs = {};
  for (const [key, { bytes }] of rows.blobs ?? []) {
    blobs[key] = { sha256: hex(await crypto.subtle.digest('SHA-256', bytes)), size: bytes.byteLength };
  }
  return {
    version: database.version, blobs, meta: texts('meta'), ops: texts('ops'), records: texts('records'),
    lines: Object.keys(texts('lines')), templates: texts('templates'),
  };
} finally {
  database.close();
}
