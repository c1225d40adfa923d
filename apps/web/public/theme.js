/**
 * The theme of the last visit before the first paint, so that no page flashes in another one. Says what PreferencesStore says once the
 * console runs; theme.spec.ts holds them together.
 */
(() => {
  let theme = 'system';
  try {
    theme = JSON.parse(localStorage.getItem('berth.preferences') ?? '{}').theme ?? theme;
  } catch {
    // Storage is forbidden or spoilt: the device decides.
  }
  if (theme === 'system' && matchMedia('(prefers-contrast: more)').matches) theme = 'high-contrast';
  if (theme !== 'system') document.documentElement.setAttribute('data-theme', theme);
})();
