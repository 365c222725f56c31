// The service worker of Sitebook. `cargo xtask finish` fills in the version and the list of files.
//
// What it promises:
// - A version is installed whole or not at all. Every file is checked against its digest, so
//   neither an HTTP cache nor a half-finished deployment can slip in a file of another version.
// - A page keeps the files of the version it started with. A new version waits until the page
//   says {type: 'activate'} or until all pages are closed.
// - The files of the version before stay until a page of the new one says {type: 'started'}.
// - It asks nobody but its own origin, and answers nothing outside its own scope.
'use strict';

const VERSION = '@VERSION@';
// Each is [path, digest]; the page itself is not among them, it carries VERSION instead.
const FILES = @FILES@;

const SCOPE = self.registration.scope;
// The scope is part of the name: two copies of the app may live on one origin.
const FAMILY = `sitebook ${SCOPE} `;
const CACHE = FAMILY + VERSION;
const PATHS = new Set(FILES.map(([path]) => path));
// Not of the family: it outlives versions, until a page has taken the file out.
const SHARED = `sitebook-shared ${SCOPE}`;
const NAMED_BY_CONTENT = /-[0-9a-f]{16}\.[a-z0-9]+$/;

self.addEventListener('install', (event) => {
  event.waitUntil(alone({}, install));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), dropAllButTheVersionBefore()]));
});

self.addEventListener('message', (event) => {
  const message = event.data || {};
  if (message.type === 'activate') {
    event.waitUntil(self.skipWaiting());
  } else if (message.type === 'started' && message.version === VERSION) {
    event.waitUntil(alone({ ifAvailable: true }, dropOlderVersions));
  } else if (message.type === 'version' && event.ports[0]) {
    event.ports[0].postMessage({ version: VERSION });
  }
});

// A reminder was tapped: the open page goes there, or a new one opens there.
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { hash } = event.notification.data || {};
  event.waitUntil(openAt(typeof hash === 'string' && hash.startsWith('#/') ? hash : '#/'));
});

self.addEventListener('fetch', (event) => {
  const request = event.request;
  const url = new URL(request.url);
  url.search = '';
  url.hash = '';
  if (request.method === 'POST' && url.href === `${SCOPE}shared`) {
    event.respondWith(putAside(request));
    return;
  }
  if (request.method !== 'GET' || !url.href.startsWith(SCOPE)) return;
  const path = url.href.slice(SCOPE.length);
  if (request.mode === 'navigate') {
    if (path === '' || path === 'index.html') event.respondWith(answer(SCOPE, request));
  } else if (PATHS.has(path) || NAMED_BY_CONTENT.test(path)) {
    event.respondWith(answer(url.href, request));
  }
});

// A file that another app shares to this one: kept until the page that opens now takes it.
async function putAside(request) {
  const file = (await request.formData()).get('file');
  if (file instanceof File) {
    const cache = await caches.open(SHARED);
    await cache.put('shared-file', new Response(file, { headers: { 'x-name': encodeURIComponent(file.name) } }));
  }
  return Response.redirect(`${SCOPE}#/import`, 303);
}

async function openAt(hash) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find((one) => one.url.startsWith(SCOPE));
  if (!page) return self.clients.openWindow(SCOPE + hash);
  page.postMessage({ type: 'open', hash });
  return page.focus();
}

async function answer(key, request) {
  const own = await stored(CACHE, key);
  if (own) return own;
  // A page of the version before may still fetch one of its files.
  if (NAMED_BY_CONTENT.test(key)) {
    for (const name of await family()) {
      const found = await stored(name, key);
      if (found) return found;
    }
  }
  return fetch(request);
}

// What an earlier, interrupted attempt has stored is kept: on a poor network each try gets further.
async function install() {
  const cache = await caches.open(CACHE);
  await Promise.all(FILES.map(([path, digest]) => storeFile(cache, path, digest)));
  if (!(await stored(CACHE, SCOPE))) await storePage(cache);
  const keys = await cache.keys();
  if (keys.length < FILES.length + 1) throw new Error('the cache lost files while it was filled');
}

async function storeFile(cache, path, integrity) {
  const url = new URL(path, SCOPE).href;
  if (await stored(CACHE, url)) return;
  if (NAMED_BY_CONTENT.test(path)) {
    for (const name of await family()) {
      const same = await stored(name, url);
      if (same) return cache.put(url, same);
    }
  }
  // The page has usually just loaded the file. If the HTTP cache holds something else, the digest
  // does not fit and the server is asked.
  const response = await fetchWhole(url, { integrity, cache: 'default' })
    .catch(() => fetchWhole(url, { integrity, cache: 'reload' }));
  await cache.put(url, response);
}

async function fetchWhole(url, options) {
  const response = await fetch(url, options);
  if (!response.ok || response.redirected) throw new Error(`${url}: ${response.status}`);
  return response;
}

async function storePage(cache) {
  // Some hosts answer the folder, some only the file; some redirect from one to the other.
  for (const name of ['./', './index.html']) {
    const response = await fetch(new URL(name, SCOPE), { cache: 'reload' });
    const text = response.ok ? await response.text() : '';
    if (text.includes(VERSION)) {
      // A fresh response: a redirected one may not answer a navigation.
      const headers = new Headers(response.headers);
      headers.delete('content-encoding');
      headers.delete('content-length');
      return cache.put(SCOPE, new Response(text, { headers }));
    }
  }
  throw new Error(`the server does not have the page of version ${VERSION}`);
}

// The first page of a new version runs: nobody needs the older ones, unless another page is open
// that may have started with one of them.
async function dropOlderVersions(lock) {
  if (lock === null || self.registration.installing || self.registration.waiting) return;
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (pages.length > 1) return;
  await drop((await family()).filter((name) => name !== CACHE));
}

async function dropAllButTheVersionBefore() {
  if (self.registration.installing || self.registration.waiting) return;
  // Names come in the order in which the caches were made.
  const others = (await family()).filter((name) => name !== CACHE);
  await drop(others.slice(0, -1));
}

function drop(names) {
  return Promise.all(names.map((name) => caches.delete(name)));
}

async function family() {
  return (await caches.keys()).filter((name) => name.startsWith(FAMILY));
}

function stored(cacheName, key) {
  return caches.match(key, { cacheName, ignoreVary: true });
}

// Filling and deleting caches never overlap, even between the old worker and the new one.
function alone(options, work) {
  return self.navigator.locks ? self.navigator.locks.request(FAMILY, options, work) : work();
}
