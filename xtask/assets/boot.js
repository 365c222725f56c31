// Starts the app, and says in plain words when it cannot. `cargo xtask finish` fills in the names.
//
// It also looks after the service worker, so that an update is found even when the app is broken.
// What it tells the app, on `window` and on `<html data-update>`:
//   event `sitebook:update`, detail 'waiting'    a new version is installed and waits
//   event `sitebook:update`, detail 'activated'  another page switched to a new version: reload soon
// What the app tells it:
//   event `sitebook:activate` on `window`        switch to the waiting version and reload
//   performance.mark('sitebook:usable')          the first screen is up
(function () {
  'use strict';

  const here = document.currentScript.src;
  const script = new URL('@SCRIPT@', here).href;
  const wasm = new URL('@WASM@', here).href;
  const registerWorker = @REGISTER@;
  let failed = false;

  const words = {
    old: [
      '这个浏览器太旧，无法运行现场通。请更新浏览器，或换用新版 Chrome、Edge、Firefox 或 Safari。',
      'This browser is too old for Sitebook. Please update it, or use a current Chrome, Edge, Firefox or Safari.',
    ],
    load: [
      '现场通没有下载完整。已保存的记录不受影响。请检查网络后重试。',
      'Sitebook could not be loaded completely. Saved records are not affected. Check the connection and try again.',
    ],
    start: [
      '现场通启动失败。已保存的记录仍在本机。请重试；如果再次失败，请把下面的信息告诉维护人员。',
      'Sitebook could not start. Saved records are still on this device. Try again; if it fails again, pass on the message below.',
    ],
  };

  // The browser's offer to install may come before the app can hear it.
  addEventListener('beforeinstallprompt', function (event) {
    event.preventDefault();
    window.sitebookInstall = event;
  });

  function splash() {
    return document.getElementById('splash');
  }

  // The splash goes when the app has put something of its own into the page.
  function leaveSplashToTheApp() {
    const ours = new Set(document.body.children);
    const watch = new MutationObserver(function () {
      if (Array.from(document.body.children).some(function (child) { return !ours.has(child); })) {
        watch.disconnect();
        if (splash()) splash().remove();
      }
    });
    watch.observe(document.body, { childList: true });
    return watch;
  }

  function fail(kind, error) {
    failed = true;
    const note = document.createElement('div');
    note.className = 'boot-note';
    note.setAttribute('role', 'alert');
    ['zh-CN', 'en'].forEach(function (language, index) {
      const line = document.createElement('p');
      line.lang = language;
      line.textContent = words[kind][index];
      note.append(line);
    });
    if (kind !== 'old') {
      const again = document.createElement('button');
      again.type = 'button';
      again.textContent = '重试 Try again';
      again.addEventListener('click', function () { location.reload(); });
      note.append(again);
    }
    if (kind === 'start' && error) {
      const detail = document.createElement('pre');
      detail.textContent = String(error);
      note.append(detail);
    }
    if (splash()) splash().remove();
    document.body.prepend(note);
  }

  async function start() {
    if (typeof WebAssembly !== 'object' || typeof WebAssembly.instantiate !== 'function') {
      return fail('old');
    }
    let app;
    let bytes;
    try {
      // Both at once; each is named by its content.
      const loading = fetch(wasm, { credentials: 'same-origin' });
      app = await import(script);
      bytes = await loading;
      if (!bytes.ok) throw new Error(bytes.status + ' ' + wasm);
    } catch (error) {
      console.error(error);
      return fail('load', error);
    }
    const watch = leaveSplashToTheApp();
    try {
      await app.default({ module_or_path: bytes });
    } catch (error) {
      watch.disconnect();
      console.error(error);
      // A browser that cannot compile it does not know what newer ones do; a TypeError here is a
      // download that broke off.
      if (error instanceof WebAssembly.CompileError) fail('old');
      else if (error instanceof TypeError) fail('load');
      else fail('start', error);
    }
  }

  function announce(state) {
    document.documentElement.dataset.update = state;
    dispatchEvent(new CustomEvent('sitebook:update', { detail: state }));
  }

  async function lookAfterWorker() {
    const workers = navigator.serviceWorker;
    if (!workers) return;
    if (!registerWorker) {
      // A development build: what an earlier release left behind would hide every change.
      (await workers.getRegistrations()).forEach(function (old) { old.unregister(); });
      return;
    }
    let reloading = false;
    const registration = await workers.register('./sw.js', { scope: './', updateViaCache: 'none' });

    let first = !registration.active;

    function activate() {
      if (!registration.waiting) return;
      reloading = true;
      registration.waiting.postMessage({ type: 'activate' });
    }
    function lookForWaiting() {
      if (!registration.waiting || !registration.active) return;
      // A version that does not start asks nobody: nothing runs that could be lost.
      if (failed) activate();
      else announce('waiting');
    }
    function follow(worker) {
      if (worker) worker.addEventListener('statechange', lookForWaiting);
    }
    addEventListener('sitebook:activate', activate);
    workers.addEventListener('controllerchange', function () {
      if (reloading) location.reload();
      else if (!first) announce('activated');
      first = false;
    });
    registration.addEventListener('updatefound', function () { follow(registration.installing); });
    follow(registration.installing);
    lookForWaiting();

    // An installed app may stay open for weeks; the browser itself looks only when it starts.
    let looked = Date.now();
    document.addEventListener('visibilitychange', function () {
      if (document.visibilityState !== 'visible' || Date.now() - looked < 3600000) return;
      looked = Date.now();
      registration.update().catch(function () {});
    });

    const meta = document.querySelector('meta[name="version"]');
    whenUsable(function () {
      if (workers.controller) {
        workers.controller.postMessage({ type: 'started', version: meta && meta.content });
      }
    });
  }

  function whenUsable(then) {
    const watch = new PerformanceObserver(function (list) {
      if (list.getEntriesByName('sitebook:usable').length) {
        watch.disconnect();
        then();
      }
    });
    watch.observe({ type: 'mark', buffered: true });
  }

  function run() {
    // The worker fetches what the page fetches; it waits so that the first load has the line.
    start().then(lookAfterWorker).catch(function (error) { console.error(error); });
  }
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', run);
  else run();
})();
