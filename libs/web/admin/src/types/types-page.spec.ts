import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { Catalogue } from '../data/catalogue';
import { anAdmin, answer, provideAdmin, settled } from '../testing';
import { TypesPage } from './types-page';

const asked = (key: string, label: string) => ({ key, label, kind: 'text' as const, required: false, options: [], personal: true });
const room = {
  ...{
    id: 't-room',
    key: 'room',
    name: 'Room',
    icon: 'door-open',
    cutype: 'ROOM' as const,
    isDefault: true,
    policy: {},
    resourceCount: 3,
    version: 4,
  },
  fields: [asked('project', 'Project'), asked('note', 'Note')],
};
const listOf = (types: readonly object[]) => ({ data: types, page: { nextCursor: null, hasMore: false } });

async function shown(address: string) {
  TestBed.configureTestingModule({ providers: [...provideAdmin(), provideRouter([{ path: 'admin/types', component: TypesPage }])] });
  const server = anAdmin();
  void TestBed.inject(Catalogue).load();
  await answer(server, 'GET', '/resource-types', listOf([room]));
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl(address, TypesPage);
  await settled();
  const element = harness.routeNativeElement!;
  return {
    server,
    element,
    button: (name: string) =>
      [...element.querySelectorAll('button')].find((it) => (it.getAttribute('aria-label') ?? it.textContent!).includes(name))!,
    labels: () => [...element.querySelectorAll<HTMLInputElement>('input[name=label]')],
    text: () => element.textContent!.replaceAll(/\s+/g, ' '),
  };
}

function write(input: HTMLInputElement, text: string): void {
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

// A loaded machine takes its time to draw a whole page in jsdom.
jest.setTimeout(60_000);

describe('the types of resources', () => {
  it('ask in the order they are put into, and say what becomes of answers to what goes', async () => {
    const { server, button, labels, text } = await shown('/admin/types?selected=t-room');

    button('Move down: Project').click();
    await settled();
    button('Add a question').click();
    await settled();
    write(labels()[2]!, 'Cost centre');
    await settled();
    button('Remove: Note').click();
    await settled();

    expect(text()).toContain('Note is not asked any more once this is saved. Bookings keep what was answered');
    expect(text()).toContain('The answer goes when the person is erased.');
    [...document.querySelectorAll<HTMLInputElement>('input[name="personal"]')].at(-1)!.click();
    await settled();
    expect(text()).toContain('The answer stays with the booking when the person is erased');
    button('Save').click();
    const saved = { ...room, version: 5, fields: [asked('project', 'Project'), asked('costCentre', 'Cost centre')] };
    const call = await answer(server, 'PATCH', '/resource-types/t-room', saved);
    expect(call.request.headers.get('If-Match')).toBe('"4"');
    expect(call.request.body.fields.map((it: { key: string }) => it.key)).toEqual(['project', 'costCentre']);
    expect(call.request.body.fields.map((it: { personal: boolean }) => it.personal)).toEqual([true, false]);
  });

  it('send nothing while a question says nothing', async () => {
    const { server, button, text } = await shown('/admin/types?selected=t-room');

    button('Add a question').click();
    await settled();
    button('Save').click();
    await settled();

    expect(text()).toContain('What is asked?');
    expect(server.match((it) => it.method === 'PATCH')).toEqual([]);
  });

  it('keep what is written when somebody else was faster', async () => {
    const { server, element, button, labels } = await shown('/admin/types?selected=t-room');
    write(labels()[0]!, 'Cost centre');
    await settled();

    button('Save').click();
    const refused = { code: 'precondition-failed', title: 'Changed meanwhile', current: { ...room, version: 9 } };
    await answer(server, 'PATCH', '/resource-types/t-room', refused, 412);
    expect(labels()[0]!.value).toBe('Cost centre');
    expect(element.querySelector('[role=alert]')).not.toBeNull();

    button('Save').click();
    const again = await answer(server, 'PATCH', '/resource-types/t-room', { ...room, version: 10 });
    expect(again.request.headers.get('If-Match')).toBe('"9"');
  });

  it('come into being with a short word of their name', async () => {
    const { server, element, button } = await shown('/admin/types?selected=new');
    write(element.querySelector<HTMLInputElement>('input[name=name]')!, 'Meeting pod');
    await settled();

    button('Save').click();
    const call = await answer(server, 'POST', '/resource-types', { ...room, id: 't-pod', name: 'Meeting pod' }, 201);
    expect(call.request.body).toMatchObject({ key: 'meeting-pod', name: 'Meeting pod', fields: [] });
    await settled();
    expect(TestBed.inject(Router).url).toBe('/admin/types?selected=t-pod');
  });
});
