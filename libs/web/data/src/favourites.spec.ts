import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { Favourites } from './favourites';

const URL = '/api/v1/users/me/favourites';

function start() {
  TestBed.resetTestingModule();
  TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting(), provideTranslateService()] });
  return { favourites: TestBed.inject(Favourites), http: TestBed.inject(HttpTestingController) };
}

describe('favourites', () => {
  afterEach(() => localStorage.clear());

  it('are known at once when the console is opened again', async () => {
    const first = start();
    const loaded = first.favourites.load();
    first.http.expectOne(URL).flush({ data: [{ resourceId: 'turing' }] });
    await loaded;

    expect([...start().favourites.ids()]).toEqual(['turing']);
  });

  it('show a mark before the server has kept it, and take it back when it cannot', async () => {
    const { favourites, http } = start();

    const marking = favourites.toggle('turing');
    expect(favourites.ids().has('turing')).toBe(true);
    http.expectOne(`${URL}/turing`).flush(null, { status: 503, statusText: 'Unavailable' });

    await expect(marking).rejects.toMatchObject({ status: 503 });
    expect(favourites.ids().has('turing')).toBe(false);
  });
});
