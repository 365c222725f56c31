// Works through a visit by itself, as fast as the app takes it, and says on the console what it does and what the app
// says about saving. Only events that a finger, a keyboard or a file picker would also cause go into the page.
(() => {
  if (/version\.json$/.test(location.pathname)) return;
  let state = Number('@SEED@') >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = list => list[Math.floor(random() * list.length)];
  const sleep = millis => new Promise(done => setTimeout(done, millis));
  const say = (what, more) => console.log('faults ' + JSON.stringify({ what, ...more }));
  const seen = element => element.getClientRects().length > 0;
  const all = (css, root = document) => [...root.querySelectorAll(css)].filter(seen);
  const fire = (element, kind) => element.dispatchEvent(new Event(kind, { bubbles: true }));

  // What the screen shows as entered: texts, answers, numbers of photos.
  const TEXTS = 'textarea, input[type=text]:not([inputmode=decimal]):not([role]), input[type=tel]';
  // The place that is kept for a photo while it is being prepared is none yet.
  const kept = capture => capture.querySelectorAll('.photo[data-photo]').length;
  const shown = () => {
    const values = {};
    for (const capture of all('.capture[data-key]')) {
      const key = capture.dataset.key;
      const texts = all(TEXTS, capture);
      if (capture.querySelector('[data-table], [data-tally]')) continue;
      if (capture.querySelector('.choices')) values[key] = capture.querySelector('.choices input:checked')?.value ?? '';
      else if (capture.querySelector('.photos')) values[key] = kept(capture);
      else if (texts.length === 1 && !texts[0].matches('[aria-invalid]')) values[key] = texts[0].value.trim();
    }
    return values;
  };

  let open = false, saved = '', failed = false;
  const look = () => {
    const badge = document.querySelector('[data-save]');
    const now = badge?.dataset.saved ?? '';
    if (now && now !== saved) say('saved', { op: now, shown: shown() });
    saved = now;
    if (!open && document.querySelector('.page.visit [data-step]')) { open = true; say('open'); }
    const trouble = badge?.matches('.is-failed') || (!badge && document.querySelector('.page.empty[role=alert]'));
    if (trouble && !failed) { failed = true; say('failed', { words: document.body.innerText.slice(0, 300) }); }
  };
  new MutationObserver(look).observe(document, {
    subtree: true, childList: true, attributes: true, attributeFilter: ['data-saved', 'class'],
  });

  let count = 0;
  const token = () => '@CYCLE@-' + ++count;
  const type = input => {
    say('begin', { kind: 'text' });
    input.focus();
    const tel = input.type === 'tel';
    input.value = tel ? String(10000000000 + Math.floor(random() * 1e10)) : '记 ' + token() + '。'.repeat(random() * 60);
    fire(input, 'input');
    input.blur();
  };
  const photo = async capture => {
    const shot = all('.photo', capture);
    if (shot.length > 4) {
      pick(shot).click();
      await sleep(30);
      const remove = all('dialog[open] .actions button.quiet')[0];
      if (remove) { say('begin', { kind: 'withdrawal' }); remove.click(); }
      return;
    }
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [900, 700];
    const paint = canvas.getContext('2d');
    for (let n = 0; n < 400; n++) {
      paint.fillStyle = `hsl(${random() * 360} 70% 50%)`;
      paint.fillRect(random() * 900, random() * 700, random() * 90, random() * 90);
    }
    const bytes = await new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.9));
    const input = capture.querySelector('input[type=file]:not([capture])');
    if (!input) return;
    const list = new DataTransfer();
    list.items.add(new File([bytes], 'photo.jpg', { type: 'image/jpeg' }));
    input.files = list.files;
    say('begin', { kind: 'photo' });
    fire(input, 'change');
  };
  const sign = async capture => {
    capture.querySelector('[data-act=sign], [data-act=sign-again]').click();
    await sleep(40);
    const canvas = all('dialog[open] .sign-pad canvas')[0];
    if (!canvas) return;
    const place = canvas.getBoundingClientRect();
    const touch = (kind, x, y) => canvas.dispatchEvent(new PointerEvent(kind, {
      bubbles: true, cancelable: true, pointerId: 7, pointerType: 'touch', isPrimary: true,
      clientX: place.left + x * place.width, clientY: place.top + y * place.height,
    }));
    touch('pointerdown', 0.1, random());
    for (let n = 1; n < 9; n++) touch('pointermove', n / 10, random());
    touch('pointerup', 0.9, 0.5);
    await sleep(20);
    say('begin', { kind: 'signature' });
    all('dialog[open] [data-act=sign-confirm]')[0]?.click();
    for (let n = 0; n < 20 && all('dialog[open]').length; n++) await sleep(20);
  };
  const stamp = async capture => {
    const tap = all('[data-act=stamp]', capture)[0];
    if (tap) { say('begin', { kind: 'stamp' }); tap.click(); return; }
    all('.stamp-row button.icon-only', capture)[0]?.click();
    await sleep(20);
    const input = all('input[type=datetime-local]', capture)[0];
    if (!input) return;
    const at = new Date(Date.now() - random() * 36e5 - new Date().getTimezoneOffset() * 6e4);
    input.value = at.toISOString().slice(0, 16);
    say('begin', { kind: 'stamp' });
    fire(input, 'change');
  };

  const act = async () => {
    for (const dialog of all('dialog[open]')) dialog.close();
    for (const toggle of all('.step-toggle[aria-expanded=false]').slice(0, 6)) toggle.click();
    const captures = all('.capture[data-key]');
    const having = css => captures.filter(capture => capture.querySelector(css));
    const photos = having('.photos'), signs = having('[data-act=sign], [data-act=sign-again]');
    const stamps = having('.stamp-row'), choices = having('.choices');
    const tables = having('[data-table]').filter(capture => all('.row-card', capture).length < 12);
    const texts = captures.filter(capture => !capture.querySelector('[data-table], .sign-pad')).flatMap(c => all(TEXTS, c));
    const dice = random();
    if (dice < 0.1 && photos.length) return photo(pick(photos));
    if (dice < 0.2 && signs.length) return sign(pick(signs));
    if (dice < 0.35 && stamps.length) return stamp(pick(stamps));
    if (dice < 0.45 && choices.length) {
      say('begin', { kind: 'answer' });
      return pick(all('input[type=radio]', pick(choices)))?.click();
    }
    if (dice < 0.5 && tables.length) { say('begin', { kind: 'row' }); return all('[data-act=add-row]', pick(tables))[0]?.click(); }
    if (dice < 0.6) { pick(all('#stage-confirm a, #stage-prepare a, #stage-apply a'))?.click(); return sleep(30); }
    if (texts.length) return type(pick(texts));
  };
  (async () => {
    while (!open) await sleep(5);
    for (;;) {
      try { await act(); } catch (error) { say('slip', { words: String(error) }); }
      // In bursts, so that entries wait for each other, and with pauses in which the app can say saved.
      await sleep(random() < 0.4 ? 0 : random() * 120);
    }
  })();
})();
