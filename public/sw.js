// Pages always come from the network; without one, the offline page does.
const CACHE = "hs-offline-1";
const OFFLINE = "/offline";

self.addEventListener("install", (event) => {
  event.waitUntil(store().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate" && event.request.method === "GET") {
    event.respondWith(fetch(event.request).catch(offline));
  } else if (new URL(event.request.url).pathname.startsWith("/assets/")) {
    // What the offline page needs is named by the build's hash: a cached copy never grows old.
    event.respondWith(caches.match(event.request).then((kept) => kept || fetch(event.request)));
  }
});

// The offline page in the reader's language and size, with its styles and icons; it shows nobody's name.
async function store() {
  const cache = await caches.open(CACHE);
  const page = await fetch(OFFLINE, { credentials: "same-origin" });
  const html = await page.clone().text();
  await cache.put(OFFLINE, page);
  const files = html.match(/\/assets\/[^"#]+\.(css|svg)/g) || [];
  await cache.addAll([...new Set(files)]);
}

async function offline() {
  return (await caches.match(OFFLINE)) || Response.error();
}
