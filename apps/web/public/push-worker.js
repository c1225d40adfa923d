/**
 * Shows what Berth pushes while the console is closed, and opens the page it is about. Does nothing else: it fetches nothing and keeps nothing.
 * A message is `{id, title, body, url, language}`; the address is a page of the console.
 */
self.addEventListener('push', (event) => {
  const message = event.data?.json();
  if (!message?.title) return;
  const { id, title, body = '', url = '/', language } = message;
  event.waitUntil(self.registration.showNotification(title, { body, tag: id, lang: language, icon: '/favicon.svg', data: { url } }));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  // Only pages of this console are opened, whatever a message says.
  const page = new URL(event.notification.data?.url ?? '/', self.location.origin);
  if (page.origin !== self.location.origin) return;
  event.waitUntil(open(page.href));
});

async function open(address) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const [shown] = windows;
  if (!shown) return self.clients.openWindow(address);
  await shown.focus();
  // A window this worker does not control cannot be sent elsewhere.
  return shown.navigate(address).catch(() => self.clients.openWindow(address));
}
