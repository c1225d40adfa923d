import { provideHttpClient } from '@angular/common/http';
import { provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { PreferencesStore, themes } from '@berth/web/data';
import { provideTranslateLoader, provideTranslateService } from '@ngx-translate/core';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { of } from 'rxjs';

const script = readFileSync(join(__dirname, '../public/theme.js'), 'utf8');
const root = document.documentElement;
const media = window.matchMedia;

/** A device that asks for more contrast or not, and can change its mind. */
function device(wants: { contrast: boolean }): { changes(contrast: boolean): void } {
  const listeners = new Set<() => void>();
  window.matchMedia = (query) =>
    ({
      get matches() {
        return wants.contrast && query === '(prefers-contrast: more)';
      },
      addEventListener: (_: 'change', listener: () => void) => listeners.add(listener),
      removeEventListener: () => undefined,
    }) as unknown as MediaQueryList;
  return {
    changes: (contrast) => {
      wants.contrast = contrast;
      for (const tell of listeners) tell();
    },
  };
}

async function started(): Promise<void> {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(),
      provideHttpClientTesting(),
      provideTranslateService({ loader: provideTranslateLoader(() => ({ getTranslation: () => of({}) })) }),
    ],
  });
  await TestBed.inject(PreferencesStore).start();
}

describe('the theme', () => {
  beforeEach(() => {
    localStorage.clear();
    root.removeAttribute('data-theme');
  });
  afterEach(() => (window.matchMedia = media));

  it.each(themes.flatMap((theme) => [true, false].map((contrast) => ({ theme, contrast }))))(
    'is the same before the first paint and after it: $theme, more contrast asked for: $contrast',
    async ({ theme, contrast }) => {
      device({ contrast });
      localStorage.setItem('berth.preferences', JSON.stringify({ theme }));

      window.eval(script);
      const atFirst = root.getAttribute('data-theme');
      root.removeAttribute('data-theme');
      await started();

      expect(root.getAttribute('data-theme')).toBe(atFirst);
      expect(atFirst).toBe(theme !== 'system' ? theme : contrast ? 'high-contrast' : null);
    },
  );

  it.each(['{', '"x"', ''])('is left to the device where what was kept is %s', (kept) => {
    localStorage.setItem('berth.preferences', kept);

    window.eval(script);

    expect(root.hasAttribute('data-theme')).toBe(false);
  });

  it.each([
    ['system', '#fff', '#000'],
    ['high-contrast', '#fff', '#000'],
    ['light', '#fff', '#fff'],
    ['dark', '#000', '#000'],
  ] as const)('colours the bar of the browser as the canvas is: %s', async (theme, light, dark) => {
    document.head.innerHTML = ['light', 'dark'].map((it) => `<meta name="theme-color" media="(prefers-color-scheme: ${it})">`).join('');
    root.style.setProperty('--canvas', 'light-dark(#fff, #000)');
    localStorage.setItem('berth.preferences', JSON.stringify({ theme }));

    await started();

    const told = [...document.querySelectorAll('meta[name="theme-color"]')].map((it) => it.getAttribute('content'));
    expect(told).toEqual([light, dark]);
  });

  it('follows a device that begins and ends to ask for more contrast', async () => {
    const { changes } = device({ contrast: false });
    await started();

    changes(true);
    const asked = root.getAttribute('data-theme');
    changes(false);

    expect(asked).toBe('high-contrast');
    expect(root.hasAttribute('data-theme')).toBe(false);
  });
});
