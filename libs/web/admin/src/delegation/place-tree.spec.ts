import { TestBed } from '@angular/core/testing';
import { Session } from '@berth/web/data';
import { aResource, anAdmin, answer, provideAdmin, settled } from '../testing';
import { Catalogue } from '../data/catalogue';
import { PlaceTree } from './place-tree';

const sites = [
  { id: 's-berlin', name: 'Berlin HQ' },
  { id: 's-madrid', name: 'Madrid Lab' },
];
const page = (data: readonly unknown[]) => ({ data, page: { nextCursor: null } });
const me = (everywhere: readonly string[], places: readonly object[]) => ({
  id: 'ana',
  permissions: ['role:read'],
  everywhere,
  places,
  organization: { id: 'o', name: 'Acme', timeZone: 'UTC' },
  preferences: { language: 'en' },
});

async function shown(user: object) {
  Object.assign(globalThis, {
    matchMedia: () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }),
  });
  TestBed.configureTestingModule({ providers: provideAdmin() });
  const server = anAdmin();
  const loading = TestBed.inject(Session).load();
  await answer(server, 'GET', '/users/me', user);
  await loading;
  const catalogue = TestBed.inject(Catalogue).load();
  await answer(server, 'GET', '/resource-types', page([]));
  await answer(server, 'GET', '/sites', page(sites));
  await answer(server, 'GET', '/floors', page([]));
  await answer(server, 'GET', '/tags', { data: [] });
  await catalogue;
  const fixture = TestBed.createComponent(PlaceTree);
  fixture.componentRef.setInput('current', 'organization');
  const chosen: unknown[] = [];
  fixture.componentInstance.chosen.subscribe((it) => chosen.push(it));
  await settled();
  await answer(server, 'GET', '/roles/places', { data: [{ place: { kind: 'site', id: 's-berlin' }, count: 3 }] });
  await settled();
  const element = fixture.nativeElement as HTMLElement;
  const rows = () => [...element.querySelectorAll<HTMLElement>('[role=treeitem]')];
  const press = async (key: string) => {
    (element.querySelector<HTMLElement>('[tabindex="0"]') ?? element).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    await settled();
  };
  return { server, rows, press, chosen, names: () => rows().map((it) => it.querySelector('.ellipsis')!.textContent) };
}

describe('The tree of places', () => {
  it('has one tab stop, is walked with arrows, and opens a site', async () => {
    const { server, rows, press, names } = await shown(me(['role:read', 'resource:manage', 'place:manage'], []));

    expect(names()).toEqual(['Acme', 'Berlin HQ', 'Madrid Lab']);
    expect(rows().filter((it) => it.tabIndex === 0)).toHaveLength(1);
    expect(rows()[1]!.textContent).toContain('3 roles given here');

    await press('ArrowDown');
    await press('ArrowRight');
    await answer(server, 'GET', '/resources', page([aResource({ name: 'Turing', site: { ...sites[0]!, timeZone: 'UTC' } })]));
    await settled();
    expect(names()).toEqual(['Acme', 'Berlin HQ', 'Turing', 'Madrid Lab']);
    expect(rows()[1]!.getAttribute('aria-expanded')).toBe('true');
    await press('ArrowLeft');
    expect(names()).toEqual(['Acme', 'Berlin HQ', 'Madrid Lab']);
  });

  it('shows who manages one site that site only', async () => {
    const { server, names } = await shown(me([], [{ siteId: 's-madrid', resourceId: null, permissions: ['role:read'] }]));

    await answer(server, 'GET', '/resources', page([]));
    await settled();
    expect(names()).toEqual(['Madrid Lab']);
  });
});
