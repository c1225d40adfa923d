import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { Session } from '@berth/web/data';
import { anAdmin, answer, provideAdmin, settled } from '../testing';
import { GroupsPage } from './groups-page';

const group = { description: null, memberCount: 1, version: 2, createdAt: '2026-01-01T00:00:00Z' };
const lab = { ...group, id: 'g-lab', name: 'Lab help', kind: 'static', rule: null, mayAddMembers: true };
const page = (data: readonly unknown[]) => ({ data, page: { nextCursor: null } });

async function shown(permissions: readonly string[], of: object) {
  Object.assign(globalThis, {
    matchMedia: () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }),
  });
  TestBed.configureTestingModule({ providers: [...provideAdmin(), provideRouter([{ path: 'admin/groups', component: GroupsPage }])] });
  const server = anAdmin();
  const loading = TestBed.inject(Session).load();
  const user = { id: 'ana', permissions, everywhere: permissions, places: [], organization: { id: 'o' }, preferences: { language: 'en' } };
  await answer(server, 'GET', '/users/me', user);
  await loading;
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl('/admin/groups?id=g-lab', GroupsPage);
  await answer(server, 'GET', '/groups', page([of]));
  await answer(server, 'GET', '/groups/g-lab', of);
  await answer(
    server,
    'GET',
    '/groups/g-lab/members',
    page([{ id: 'p', displayName: 'Bo Berg', email: 'bo@acme.example', mayAddMembers: false }]),
  );
  await settled();
  const element = harness.routeNativeElement!;
  return { server, element, text: () => element.textContent!.replaceAll(/\s+/g, ' ') };
}

describe('Groups', () => {
  it('show members and what uses them, and say before deleting what keeps them', async () => {
    const { server, element, text } = await shown(['group:manage', 'group:read'], lab);
    const place = { kind: 'site', id: 's', name: 'Berlin HQ' };
    await answer(server, 'GET', '/groups/g-lab/uses', {
      data: [
        { kind: 'role', role: { id: 'approver', name: null }, verb: null, place },
        { kind: 'gate', role: null, verb: 'book', place },
      ],
      total: 2,
    });
    await settled();

    expect(text()).toContain('Bo Berg');
    expect(text()).toContain('Approver in Berlin HQ');
    expect(text()).toContain('It may book Berlin HQ');
    [...element.querySelectorAll('button')].find((it) => it.textContent!.includes('Delete group'))!.click();
    await settled();
    expect(document.querySelector('.cdk-overlay-container')!.textContent).toContain('2 roles and gates still name it');
  });

  it('let a member who may add members do that, and nothing more', async () => {
    const { element } = await shown(['group:read'], lab);

    const buttons = [...element.querySelectorAll('button')].map(
      (it) => it.ariaLabel ?? it.getAttribute('aria-label') ?? it.textContent!.trim(),
    );
    expect(buttons).toContain('Take Bo Berg out');
    expect(buttons.join()).not.toContain('Delete group');
    expect(buttons.join()).not.toContain('New group');
    expect(element.querySelector('berth-person-field')).not.toBeNull();
  });
});
