// Makes a book of many visits out of the one that was made through the app: copies of its rows under new ids, filed,
// with a serial number of their own to find them by. The copied entries continue this device's chain with right hashes
// and name real bytes, so that a backup reads and signs them as it does others; the records beside them are copies, and
// a rebuild finds them different. The app itself is not used, because it would take a night.
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
  const ops = tables.ops.map(([, row]) => JSON.parse(row.json).op);
  const head = JSON.parse((await read('meta')).find(([key]) => key === 'head')[1].json);
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
  const digest = async (bytes) =>
    Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) => hex(byte, 2)).join('');
  // Canonical JSON (RFC 8785).
  const canonical = (value) => {
    if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
    if (value === null || typeof value !== 'object') return JSON.stringify(value);
    return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
  };
  const text = new TextEncoder();
  // The next entry of this device.
  const sealed = async (op) => {
    head.seq += 1;
    const [wall, count] = head.hlc.split('-').map((part) => parseInt(part, 16));
    head.hlc = count < 0xffff ? `${hex(wall, 12)}-${hex(count + 1, 4)}` : `${hex(wall + 1, 12)}-0000`;
    const { prev, ...rest } = op;
    const next = { ...rest, device: head.device, seq: head.seq, hlc: head.hlc, ...(head.hash ? { prev: head.hash } : {}) };
    const json = canonical(next);
    head.hash = await digest(text.encode(json));
    return { json: `{"hash":"${head.hash}","op":${json}}`, record: next.record, device: head.device, seq: head.seq };
  };
  const picture = async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(20_000));
    bytes.set([0xff, 0xd8, 0xff]);
    const attachment = { height: 600, mime: 'image/jpeg', sha256: await digest(bytes), size: bytes.length, width: 800 };
    return { attachment, row: { json: canonical(attachment), bytes, thumb: bytes.slice(0, 2_000) } };
  };
  // A transaction ends while it waits for anything but itself: some visits are made first, then written.
  const one = async (put, made) => {
    const at = start - (made + 1) * 600_000;
    const [newVisit, newOrder, word] = [id(at), id(at - 1000), `sn${String(made).padStart(8, '0')}`];
    const anew = (text) => text.replaceAll(visit, newVisit).replaceAll(order, newOrder);
    let renamed = new Map();
    for (let number = 0; number < opsEach - photosEach; number += 1) {
      if (number % ops.length === 0) renamed = new Map(ops.map((op, place) => [op.id, id(at + number + place)]));
      let copy = anew(canonical(ops[number % ops.length]));
      for (const [from, to] of renamed) copy = copy.replaceAll(from, to);
      const op = JSON.parse(copy);
      put('ops', await sealed(op), op.id);
    }
    for (let photo = 0; photo < photosEach; photo += 1) {
      const { attachment, row } = await picture();
      const op = { ...ops[0], id: id(at + opsEach + photo), record: newVisit, change: { attach: { attachment, field: 'apply.ask.photo' } } };
      put('ops', await sealed(op), op.id);
      put('blobs', row, attachment.sha256);
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
  };
  for (let made = 0; made < wanted;) {
    const rows = [];
    for (let some = 0; some < 100 && made < wanted; some += 1, made += 1) {
      await one((table, row, key) => rows.push([table, row, key]), made);
    }
    rows.push(['meta', { json: canonical(head) }, 'head']);
    const tables = ['meta', 'ops', 'records', 'lines', 'texts', 'blobs'];
    const tx = db.transaction(tables, 'readwrite', { durability: 'relaxed' });
    for (const [table, row, key] of rows) tx.objectStore(table).put(row, key);
    await new Promise((done, failed) => { tx.oncomplete = done; tx.onabort = () => failed(tx.error); });
  }
  db.close();
  return `sn${String(Math.floor(wanted / 2)).padStart(8, '0')}`;
})(arguments[0], arguments[1], arguments[2])
