/** The one sentence that cannot come with the texts: they did not come. */
const sentences: Readonly<Record<string, string>> = {
  en: 'Berth could not be loaded. Check the connection and load the page again.',
  es: 'No se ha podido cargar Berth. Compruebe la conexión y vuelva a cargar la página.',
  fr: 'Berth n’a pas pu être chargé. Vérifiez la connexion et rechargez la page.',
  de: 'Berth konnte nicht geladen werden. Prüfen Sie die Verbindung und laden Sie die Seite neu.',
};

/** Says in the browser's language that the console did not start, and why to whoever looks at its console. */
export function sayNotStarted(error: unknown): void {
  const language = navigator.language.slice(0, 2);
  const text = document.createElement('p');
  text.setAttribute('role', 'alert');
  text.lang = Object.hasOwn(sentences, language) ? language : 'en';
  text.textContent = sentences[text.lang] ?? '';
  document.querySelector('berth-app')?.replaceChildren(text);
  reportError(error);
}
