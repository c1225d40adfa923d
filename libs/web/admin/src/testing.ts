import { HttpTestingController, provideHttpClientTesting, type TestRequest } from '@angular/common/http/testing';
import { provideHttpClient } from '@angular/common/http';
import type { EnvironmentProviders, Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideTranslateService, TranslateService } from '@ngx-translate/core';
import type { Resource } from './data/resource';
import { importTexts } from '@berth/web/import/testing';
import english from '../i18n/en.json';
import people from '../i18n/people/en.json';
import rights from '../i18n/rights/en.json';
import webhooks from '../i18n/webhooks/en.json';

/** What specs of this screen need: a server that is asked by hand, and the English words. */
export function provideAdmin(): (Provider | EnvironmentProviders)[] {
  return [provideHttpClient(), provideHttpClientTesting(), provideTranslateService({ lang: 'en' })];
}

/** Speaks English and gives the server to answer with. */
export function anAdmin(): HttpTestingController {
  const translate = TestBed.inject(TranslateService);
  for (const part of [english, people, rights, webhooks, importTexts]) translate.setTranslation('en', part, true);
  translate.use('en');
  return TestBed.inject(HttpTestingController);
}

/** Answers the call that is open now, or that opens with the next tasks. */
export async function answer(
  server: HttpTestingController,
  method: string,
  path: string,
  body: unknown,
  status = 200,
): Promise<TestRequest> {
  for (let turn = 0; turn < 50; turn++) {
    const [call] = server.match((it) => it.method === method && it.url.endsWith(path));
    if (call !== undefined) {
      call.flush(body as object, status < 400 ? { status, statusText: 'OK' } : { status, statusText: 'Refused' });
      await settled();
      return call;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`Nobody asked ${method} ${path}.`);
}

/** Lets promises and rendering finish: some parts are drawn with the next frame, however late a busy machine makes it. */
export const settled = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 10)));

/** Chooses in a select of the kit, as a person does: opens it by its label and takes the option that is called so. */
export async function choose(within: Element, label: string, option: string): Promise<void> {
  const trigger = [...within.querySelectorAll<HTMLElement>('[role=combobox]')].find((it) =>
    it.getAttribute('aria-label')?.startsWith(label),
  );
  trigger?.click();
  await settled();
  const options = [...document.querySelectorAll<HTMLElement>('[role=option]')];
  const wanted = options.find((it) => it.querySelector('.grow')?.textContent === option);
  if (!wanted) throw new Error(`«${label}» does not offer «${option}».`);
  wanted.click();
  await settled();
}

let made = 0;

/** A room, with what the spec is about. */
export function aResource(parts: Partial<Resource> = {}): Resource {
  const number = ++made;
  return {
    id: `r${number}`,
    name: `Room ${number}`,
    description: null,
    location: null,
    type: { id: 't-room', key: 'room', name: 'Room', icon: 'door-open' },
    site: { id: 's-berlin', name: 'Berlin HQ', timeZone: 'Europe/Berlin' },
    floor: null,
    room: null,
    parentId: null,
    capacity: 8,
    units: 1,
    tags: ['display'],
    timeZone: 'Europe/Berlin',
    status: 'available',
    statusFrom: null,
    statusUntil: null,
    statusReason: null,
    assigned: false,
    bookable: true,
    policy: {},
    rules: {},
    requiresApproval: false,
    externalId: null,
    version: 1,
    ...parts,
  };
}
