import { TestBed } from '@angular/core/testing';
import { TranslateService, provideTranslateService } from '@ngx-translate/core';
import { Texts, fetchTexts } from './texts';

/** Texts `part.word` in every language, and what was asked for; a language in `away` does not come. */
function setUp(away: ReadonlySet<string> = new Set()) {
  const asked: string[] = [];
  const fetch = async (part: string, language: string) => {
    asked.push(`${part}.${language}`);
    await Promise.resolve();
    if (away.has(language)) throw new TypeError('Failed to fetch dynamically imported module');
    return { [part]: { word: `${part} in ${language}` }, shared: { [part]: language } };
  };
  TestBed.configureTestingModule({ providers: [provideTranslateService(), { provide: fetchTexts, useValue: fetch }] });
  const translate = TestBed.inject(TranslateService);
  return { asked, texts: TestBed.inject(Texts), say: (key: string) => String(translate.instant(key)), translate };
}

const code = (): Promise<string> => Promise.resolve('code');

describe('Texts', () => {
  it('speaks with one request for the first part', async () => {
    const { asked, texts, say } = setUp();
    await texts.speak('fr');
    expect(say('first.word')).toBe('first in fr');
    expect(asked).toEqual(['first.fr']);
  });

  it('gives code when the parts it speaks by are there, and asks for each once', async () => {
    const { asked, texts, say } = setUp();
    await texts.speak('de');
    expect(await Promise.all([texts.with(['admin', 'audit'], code), texts.with(['admin'], code)])).toEqual(['code', 'code']);
    expect(say('admin.word')).toBe('admin in de');
    expect([say('shared.first'), say('shared.admin'), say('shared.audit')]).toEqual(['de', 'de', 'de']);
    expect(asked).toEqual(['first.de', 'admin.de', 'audit.de']);
  });

  it('changes the language when every part in use is there in it, and back without asking again', async () => {
    const { asked, texts, say, translate } = setUp();
    await texts.speak('en');
    await texts.with(['admin'], code);
    const heard: string[] = [];
    translate.onLangChange.subscribe(() => heard.push(say('admin.word')));
    await texts.speak('fr');
    await texts.speak('en');
    expect(heard).toEqual(['admin in fr', 'admin in en']);
    expect(asked).toEqual(['first.en', 'admin.en', 'first.fr', 'admin.fr']);
  });

  it('has the texts of a screen that comes while the language changes', async () => {
    const { texts, say } = setUp();
    await texts.speak('en');
    const change = texts.speak('de');
    await Promise.all([change, texts.with(['admin'], code)]);
    expect(say('admin.word')).toBe('admin in de');
  });

  it('ends with the language that was wanted last', async () => {
    const { texts, say } = setUp();
    await Promise.all([texts.speak('de'), texts.speak('es')]);
    expect(say('first.word')).toBe('first in es');
  });

  it('keeps the language whose texts are there, and tries again when asked again', async () => {
    const away = new Set(['fr']);
    const { texts, say, translate } = setUp(away);
    await texts.speak('en');
    await expect(texts.speak('fr')).rejects.toThrow(TypeError);
    expect([translate.getCurrentLang(), say('first.word')]).toEqual(['en', 'first in en']);
    away.clear();
    await texts.speak('fr');
    expect(say('first.word')).toBe('first in fr');
  });

  it('gives no code without its texts, and lets no such part hold back another language', async () => {
    const away = new Set(['fr']);
    const { asked, texts, say } = setUp(away);
    await texts.speak('en');
    away.add('en');
    await expect(texts.with(['admin'], code)).rejects.toThrow(TypeError);
    await texts.speak('de');
    expect(asked).not.toContain('admin.de');
    expect(await texts.with(['admin'], code)).toBe('code');
    expect(say('admin.word')).toBe('admin in de');
  });
});
