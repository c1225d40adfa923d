import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { anAdmin, answer, choose, provideAdmin, settled } from '../testing';
import { GatesForm } from './gates-form';

const everyone = { mode: 'everyone', groupIds: [] };
const lab = { id: 'g-lab', name: 'Lab help', memberCount: 12 };
const same = { now: 40, after: 40, gain: 0, lose: 0, people: [] };

async function shown() {
  TestBed.configureTestingModule({ providers: [...provideAdmin(), provideRouter([])] });
  const server = anAdmin();
  const fixture = TestBed.createComponent(GatesForm);
  fixture.componentRef.setInput('place', { kind: 'resource', id: 'r-1', name: 'Laser' });
  await settled();
  await answer(server, 'GET', '/resources/r-1/access', { see: everyone, book: everyone, version: 4 });
  await answer(server, 'GET', '/groups', { data: [lab], page: { nextCursor: null } });
  await answer(server, 'POST', '/resources/r-1/access/preview', { people: 41, see: same, book: same });
  const element = fixture.nativeElement as HTMLElement;
  return { server, element, text: () => element.textContent!.replaceAll(/\s+/g, ' ') };
}

describe('Access of a place', () => {
  it('says in a sentence who gets in, and how many people that is', async () => {
    const { text } = await shown();

    expect(text()).toContain('Everyone sees it. Now: 40 of 41 people.');
    expect(text()).not.toContain('Save');
  });

  it('says how many gain and lose before it is saved, and saves on the version it was made on', async () => {
    const { server, element, text } = await shown();

    await choose(element, 'Who may book', 'Only groups');
    expect(text()).toContain('Nobody may book');
    await choose(element, 'Add a group', 'Lab help');
    expect(text()).toContain('Only members of Lab help may book.');
    const lose = { now: 40, after: 12, gain: 0, lose: 28, people: [{ id: 'p', name: 'Ana', gains: false }] };
    const asked = await answer(server, 'POST', '/resources/r-1/access/preview', { people: 41, see: same, book: lose });
    expect(asked.request.body).toEqual({ see: everyone, book: { mode: 'groups', groupIds: ['g-lab'] } });
    expect(text()).toContain('Then: 12. 0 gain, 28 lose.');

    [...element.querySelectorAll('button')].find((it) => it.textContent!.trim() === 'Save')!.click();
    const saved = await answer(server, 'PUT', '/resources/r-1/access', { see: everyone, book: asked.request.body.book, version: 5 });
    expect(saved.request.headers.get('If-Match')).toBe('"4"');
    await settled();
    expect(text()).not.toContain('lose.');
  });
});
