import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contrast, distance, linear, seenBy, type LinearRgb, type Vision } from './colour';

const css = readFileSync(join(__dirname, 'tokens.css'), 'utf8');
/** What the high-contrast theme says otherwise than the plain ones. */
const [plain, highContrast] = css.split("[data-theme='high-contrast'] {") as [string, string];
const themes = ['light', 'dark', 'high-contrast light', 'high-contrast dark'] as const;
type Theme = (typeof themes)[number];
/** The least contrast of text and of edges in each theme (WCAG 2.2 1.4.3, 1.4.11; 1.4.6 and more than it asks in high contrast). */
const bars: Readonly<Record<Theme, { text: number; edge: number }>> = {
  light: { text: 4.5, edge: 3 },
  dark: { text: 4.5, edge: 3 },
  'high-contrast light': { text: 7, edge: 4.5 },
  'high-contrast dark': { text: 7, edge: 4.5 },
};

/** The value of a role in one theme, followed down to the primitive layer. */
function token(name: string, theme: Theme): LinearRgb {
  const declared = new RegExp(`--${name}:\\s*([^;]+);`);
  const value = (theme.startsWith('high-contrast') ? declared.exec(highContrast) : null)?.[1] ?? declared.exec(plain)?.[1];
  if (value === undefined) throw new Error(`There is no token --${name}`);
  const pair = /^light-dark\(var\(--([\w-]+)\), var\(--([\w-]+)\)\)$/.exec(value);
  if (pair !== null) return token(pair[theme.endsWith('light') ? 1 : 2]!, theme);
  return linear(value);
}

const onSurfaces = ['canvas', 'surface', 'closed'];
/** The colour that says the state: the fill where the bar is solid, the edge where the fill is only a tint. */
const telling = { mine: 'accent', busy: 'busy', pending: 'pending-edge', held: 'held-edge', down: 'down-edge' } as const;
const states = Object.values(telling);
const pairs = states.flatMap((first, index) => states.slice(index + 1).map((second) => [first, second] as const));
const visions = ['normal', 'protanopia', 'deuteranopia', 'tritanopia'] as const;

function apart(first: string, second: string, theme: Theme, vision: Vision): number {
  return distance(seenBy(vision, token(first, theme)), seenBy(vision, token(second, theme)));
}

describe.each(themes)('the %s tokens', (theme) => {
  it.each(onSurfaces.flatMap((ground) => ['text', 'muted', 'free', 'danger', 'accent'].map((ink) => [ink, ground] as const)))(
    'let %s be read on %s',
    (ink, ground) => {
      expect(contrast(token(ink, theme), token(ground, theme))).toBeGreaterThanOrEqual(bars[theme].text);
    },
  );

  it.each([
    ['accent-ink', 'accent'],
    ['accent', 'accent-soft'],
    ['busy-ink', 'busy'],
    ['pending-ink', 'pending'],
    ['held-ink', 'held'],
    ['down-ink', 'down'],
  ])('let %s be read on %s', (ink, ground) => {
    expect(contrast(token(ink, theme), token(ground, theme))).toBeGreaterThanOrEqual(bars[theme].text);
  });

  it.each(['line-strong', 'busy-edge', 'pending-edge', 'held-edge', 'down-edge', 'accent'])(
    'let the edge %s be seen on the surface',
    (edge) => {
      expect(contrast(token(edge, theme), token('surface', theme))).toBeGreaterThanOrEqual(bars[theme].edge);
    },
  );

  describe.each(visions)('seen with %s', (vision) => {
    it.each(pairs)('keep %s and %s apart', (first, second) => {
      expect(apart(first, second, theme, vision)).toBeGreaterThanOrEqual(0.12);
    });
  });
});

describe('the high-contrast tokens', () => {
  it.each(['light', 'dark'] as const)('draw hairlines that are seen on every ground in %s', (scheme) => {
    for (const ground of onSurfaces) {
      const [line, under] = [token('line', `high-contrast ${scheme}`), token(ground, `high-contrast ${scheme}`)];
      expect(contrast(line, under)).toBeGreaterThanOrEqual(bars[`high-contrast ${scheme}`].edge);
    }
  });

  it('dim nothing, let nothing through an edge, and mark what is chosen, disabled or a link', () => {
    const said = (name: string): string | undefined => new RegExp(`--${name}: ([^;]+);`).exec(highContrast)?.[1];

    expect([said('dim'), said('quiet'), said('soft-edge')]).toEqual(['1', '1', '100%']);
    expect([said('chosen-ring'), said('disabled-edge'), said('link-line')]).toEqual([
      'inset 0 0 0 2px var(--accent)',
      'var(--line)',
      'underline',
    ]);
  });
});

describe('the smallest distance between two states, over all kinds of vision', () => {
  it.each([
    ['light', 0.178],
    ['dark', 0.155],
  ] as const)('is that of the design in %s', (theme, expected) => {
    const distances = visions.flatMap((vision) => pairs.map(([first, second]) => apart(first, second, theme, vision)));

    expect(Math.min(...distances)).toBeCloseTo(expected, 3);
  });
});

describe('the values of the design', () => {
  it.each([
    ['canvas', '#f7f8fa', '#0f1115'],
    ['surface', '#ffffff', '#16181d'],
    ['closed', '#eceef2', '#1f232b'],
    ['line', '#e3e6ec', '#262b34'],
    ['line-strong', '#868e9c', '#6a7382'],
    ['text', '#16181d', '#eceef2'],
    ['muted', '#5b6270', '#a3abb8'],
    ['accent', '#2f3fb8', '#7c88ff'],
    ['accent-ink', '#ffffff', '#0f1115'],
    ['accent-soft', '#eceefb', '#1d2140'],
    ['free', '#0b6b4f', '#5fd0a5'],
    ['busy', '#d5dae3', '#3a4250'],
    ['busy-ink', '#2c3340', '#e3e7ee'],
    ['busy-edge', '#7b8494', '#7f8aa0'],
    ['pending', '#fff4d6', '#3a2e10'],
    ['pending-ink', '#6f4800', '#ffd98a'],
    ['pending-edge', '#9a6700', '#f0b93a'],
    ['held', '#dcf3f6', '#0d332f'],
    ['held-ink', '#004a52', '#9ff0e4'],
    ['held-edge', '#0096a6', '#5ce0d0'],
    ['down', '#f6e3ee', '#3d1a2e'],
    ['down-ink', '#6b0f45', '#ffb3d6'],
    ['down-edge', '#6b0f45', '#e0559a'],
    ['danger', '#b3261e', '#ff8a80'],
    ['success', '#0b6b4f', '#5fd0a5'],
  ])('stand in --%s', (name, light, dark) => {
    expect(token(name, 'light')).toEqual(linear(light));
    expect(token(name, 'dark')).toEqual(linear(dark));
  });
});
