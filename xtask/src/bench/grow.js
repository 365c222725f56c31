// Makes a book of many visits out of the one that was made through the app: copies of its rows under new ids, filed,
// with a serial number of their own to find them by. Chains and hashes of the copies are not right, which no screen
// asks for; the app itself is not used, because it would take a night.
return (async (wanted, opsEach, photosEach) => {
  const asked = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const db = await asked(indexedDB.open('sitebook'));
  const read = (table) => {
    const store = db.transaction(table).objectStore(table);
    return Promise.all([asked(store.getAllKeys()), asked(store.getAll())])
      .then(([keys, rows]) => keys.map((key, at) => [key, rows[at]]));
  };
  const kinds = new Map((await read('lines')).map(([key, line]) => [line.kind, key]));
  const [visit, order] = [kinds.get('visit'), kinds.get('order')];
  const tables = {};
  for (const table of ['ops', 'records', 'lines', 'texts']) {
    tables[table] = (await read(table)).filter(([key, row]) =>
      [visit, order].some((id) => key === id || row.record === id));
  }
  const ops = tables.ops;
  let serial = 0;
  const hex = (number, digits) => number.toString(16).padStart(digits, '0');
  const id = (at) => {
    const time = hex(at, 12);
    serial += 1;
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(serial >> 12 & 0xfff, 3)}-8${hex(serial & 0xfff, 3)}-` +
      Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => hex(byte, 2)).join('');
  };
  const youth = (id) => [...id.replace(/-/g, '')].slice(0, 12).map((digit) => (15 - parseInt(digit, 16)).toString(16)).join('');
  const piecesOf = (word) => Array.from(word, (_, at) => word.slice(at, at + 3));
  const start = Date.now();
  for (let made = 0; made < wanted;) {
    const tx = db.transaction(['ops', 'records', 'lines', 'texts', 'blobs'], 'readwrite', { durability: 'relaxed' });
    const put = (table, row, key) => tx.objectStore(table).put(row, key);
    for (let some = 0; some < 100 && made < wanted; some += 1, made += 1) {
      const at = start - (made + 1) * 600_000;
      const [newVisit, newOrder, word] = [id(at), id(at - 1000), `sn${String(made).padStart(8, '0')}`];
      const anew = (text) => text.replaceAll(visit, newVisit).replaceAll(order, newOrder);
      for (let number = 0; number < opsEach; number += 1) {
        const [, op] = ops[number % ops.length];
        put('ops', { ...op, json: anew(op.json), record: anew(op.record), device: 'copied', seq: made * opsEach + number }, id(at + number));
      }
      for (const [key, row] of tables.records) put('records', { ...row, json: anew(row.json) }, anew(key));
      for (const [key, row] of tables.lines) {
        const state = row.kind === 'visit' ? 'closed' : 'done';
        put('lines', { ...row, json: anew(row.json), state, sort: at, recent: -at, ...(row.order ? { order: newOrder } : {}) }, anew(key));
      }
      for (const [key, row] of tables.texts) {
        const own = anew(key);
        const pieces = row.pieces.map((piece) => `${piece.split('\u0001')[0]}\u0001${youth(own)}`);
        pieces.push(...piecesOf(word).map((piece) => `${piece}\u0001${youth(own)}`));
        put('texts', { json: JSON.stringify(`${JSON.parse(row.json)} \u2022 ${word}`), pieces }, own);
      }
      for (let photo = 0; photo < photosEach; photo += 1) {
        const bytes = new Uint8Array(20_000).fill(made);
        put('blobs', { json: '{}', bytes, thumb: bytes.slice(0, 2_000) }, `copied-${made}-${photo}`);
      }
    }
    await new Promise((done, failed) => { tx.oncomplete = done; tx.onabort = () => failed(tx.error); });
  }
  db.close();
  return `sn${String(Math.floor(wanted / 2)).padStart(8, '0')}`;
})(arguments[0], arguments[1], arguments[2])
