import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { anAdmin, answer, choose, provideAdmin, settled } from '../testing';
import { RolesPage } from './roles-page';

const builtIn = { name: null, description: null, isBuiltIn: true, version: 1 };
const roles = [
  { ...builtIn, id: 'admin', permissions: ['place:read', 'place:manage', 'user:manage'], holderCount: 1 },
  { ...builtIn, id: 'user', permissions: ['place:read'], holderCount: 40 },
  { ...builtIn, id: 'r-lab', name: 'Lab help', isBuiltIn: false, permissions: ['place:read'], holderCount: 12, version: 3 },
];
const permissions = [
  { name: 'place:read', allows: 'See sites', placeable: false },
  { name: 'place:manage', allows: 'Change sites', placeable: true },
  { name: 'user:manage', allows: 'Add people', placeable: false },
];

async function shown() {
  TestBed.configureTestingModule({ providers: [...provideAdmin(), provideRouter([{ path: 'admin/roles', component: RolesPage }])] });
  const server = anAdmin();
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl('/admin/roles', RolesPage);
  await answer(server, 'GET', '/roles', { data: roles });
  await answer(server, 'GET', '/roles/permissions', { data: permissions });
  await settled();
  const element = harness.routeNativeElement!;
  return {
    server,
    element,
    show: (name: string) => choose(element, 'Role:', name),
    cells: () => [...element.querySelectorAll<HTMLButtonElement>('button.cell')],
    cell: (label: string) =>
      [...element.querySelectorAll<HTMLButtonElement>('button.cell')].find(
        (it) => it.ariaLabel?.startsWith(label) ?? it.getAttribute('aria-label')!.startsWith(label),
      )!,
    text: () => element.textContent!.replaceAll(/\s+/g, ' '),
  };
}

const press = (element: Element, key: string) => element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));

jest.setTimeout(60_000);

describe('the matrix of roles', () => {
  it('shows two roles beside each other, has one tab stop, and is walked through with arrows', async () => {
    const { element, cells } = await shown();

    expect(cells().map((it) => it.getAttribute('aria-checked'))).toEqual(['true', 'true', 'false', 'true', 'false', 'true']);
    expect(element.querySelectorAll('tr.differs').length).toBe(2);
    expect(cells().filter((it) => it.tabIndex === 0).length).toBe(1);

    document.body.append(element);
    cells()[0]!.focus();
    press(cells()[0]!, 'ArrowDown');
    await settled();
    press(document.activeElement!, 'ArrowRight');
    await settled();

    expect(document.activeElement?.getAttribute('aria-label')).toBe('Owner, Create and change sites, floors and rooms, allowed');
    expect(cells().filter((it) => it.tabIndex === 0)).toEqual([document.activeElement]);
  });

  it('leaves built-in roles as they are', async () => {
    const { cell, element } = await shown();

    cell('Member, Create and change sites').click();
    await settled();

    expect(cell('Member, Create and change sites').getAttribute('aria-checked')).toBe('false');
    expect(element.querySelector('berth-save-bar')).toBeNull();
  });

  it('says how many people gain and lose before it saves a role of one’s own', async () => {
    const { server, show, cell, text, element } = await shown();
    await show('Lab help');

    cell('Lab help, Create and change sites').click();
    await settled();
    const people = [{ id: 'a', name: 'Ana', gains: ['place:manage'], loses: [] }];
    const asked = await answer(server, 'POST', '/roles/r-lab/preview', { gain: 12, lose: 3, people });
    expect(asked.request.body).toEqual({ permissions: ['place:read', 'place:manage'] });
    expect(text()).toContain('12 people gain, 3 lose');

    [...element.querySelectorAll('button')].find((it) => it.textContent!.includes('Save'))!.click();
    const saved = await answer(server, 'PATCH', '/roles/r-lab', { ...roles[2], permissions: ['place:read', 'place:manage'], version: 4 });
    expect([saved.request.headers.get('If-Match'), saved.request.body]).toEqual(['"3"', { permissions: ['place:read', 'place:manage'] }]);
    await settled();
    expect(element.querySelector('berth-save-bar')).toBeNull();
  });
});
