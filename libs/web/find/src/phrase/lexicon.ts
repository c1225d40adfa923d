/** Languages phrases are read in. */
export const PHRASE_LANGUAGES = ['en', 'es', 'fr', 'de'] as const;
export type PhraseLanguage = (typeof PHRASE_LANGUAGES)[number];

/** What words of one language mean; lower case, without accents. Each entry is part of a regular expression. */
export interface Lexicon {
  readonly today: string;
  readonly tomorrow: string;
  readonly dayAfter: string;
  /** In so many days; `#` is the number. */
  readonly inDays: string;
  readonly next: string;
  readonly noon: string;
  readonly now: string;
  /** Before a clock time. */
  readonly at: string;
  readonly from: string;
  readonly until: string;
  /** After an hour. */
  readonly oClock: string;
  /** Before a length, or a number of people. */
  readonly lasting: string;
  readonly forPeople: string;
  readonly hours: string;
  readonly minutes: string;
  readonly halfHour: string;
  readonly anHour: string;
  readonly people: string;
  readonly anyTime: string;
  readonly flexible: string;
  /** Between day and month. */
  readonly ofMonth: string;
  /** Before a place or a feature. */
  readonly place: string;
  readonly having: string;
  /** Kinds of things by the keys every installation starts with. */
  readonly types: Readonly<Record<string, string>>;
  /** Words that carry nothing by themselves. */
  readonly filler: string;
  /** How chips are written; `#` is the number. */
  readonly written: { readonly people: string; readonly around: string; readonly day: string; readonly now: string };
}

export const lexicons: Readonly<Record<PhraseLanguage, Lexicon>> = {
  en: {
    today: 'today|tonight',
    tomorrow: 'tomorrow|tmrw',
    dayAfter: '(?:the )?day after tomorrow',
    inDays: 'in # days?',
    next: 'next|this|on',
    noon: '(?:at )?noon|midday',
    now: 'right now|now',
    at: 'at|@',
    from: 'from|between',
    until: 'to|until|till|and',
    oClock: "o'?clock|hrs",
    lasting: 'for|lasting',
    forPeople: 'for',
    hours: 'h|hrs?|hours?',
    minutes: 'm|mins?|minutes?',
    halfHour: '(?:half an|half a|a half|half) ?-?hour',
    anHour: 'an hour|one hour',
    people: 'people|persons?|seats?|ppl|of us|guests?',
    anyTime: 'any ?time(?: that day)?|whenever|all day',
    flexible: 'flexible',
    ofMonth: '(?:of )?',
    place: 'in|at|on|near',
    having: 'with|and',
    types: {
      room: '(?:meeting |conference )?rooms?',
      desk: 'desks?|workplaces?',
      vehicle: 'cars?|vehicles?|vans?',
      server: 'servers?',
      lab: 'lab equipment|equipment',
    },
    filler: 'a|an|the|in|at|on|with|and|for|of|near|please|i|we|need|want|book|some|any|by',
    written: { people: 'for # people', around: 'flexible', day: 'any time that day', now: 'now' },
  },
  es: {
    today: 'hoy|esta noche',
    tomorrow: 'manana',
    dayAfter: 'pasado manana',
    inDays: '(?:en|dentro de) # dias?',
    next: 'el proximo|la proxima|proximo|este|el',
    noon: '(?:al? )?mediodia',
    now: 'ahora mismo|ahora|ya',
    at: 'a las?|sobre las?',
    from: 'desde las?|desde|de las?|de|entre las?',
    until: 'hasta las?|hasta|a las?|a|y las?',
    oClock: 'horas|en punto',
    lasting: 'durante|por|de|para',
    forPeople: 'para',
    hours: 'h|hs|horas?',
    minutes: 'm|min|minutos?',
    halfHour: 'media hora',
    anHour: 'una hora',
    people: 'personas?|plazas?|asientos?|invitados?',
    anyTime: '(?:a )?cualquier hora(?: de ese dia)?|todo el dia',
    flexible: 'flexible',
    ofMonth: '(?:de )?',
    place: 'en|cerca de',
    having: 'con|y|e',
    types: {
      room: 'salas?(?: de reuniones)?|habitacion(?:es)?',
      desk: 'escritorios?|puestos?|mesas?',
      vehicle: 'coches?|vehiculos?|furgonetas?',
      server: 'servidor(?:es)?',
      lab: 'equipos?(?: de laboratorio)?',
    },
    filler: 'un|una|el|la|los|las|en|a|al|con|y|e|de|del|para|por|favor|quiero|necesito|reservar|cerca',
    written: { people: 'para # personas', around: 'flexible', day: 'cualquier hora de ese dia', now: 'ahora' },
  },
  fr: {
    today: "aujourd['’]?hui|ce soir",
    tomorrow: 'demain',
    dayAfter: 'apres[- ]demain',
    inDays: 'dans # jours?',
    next: 'le prochain|la prochaine|prochain|ce|le',
    noon: '(?:a )?midi',
    now: 'maintenant|tout de suite',
    at: 'a|vers|des',
    from: 'de|entre|depuis',
    until: "jusqu['’]?a|a|et",
    oClock: 'heures?',
    lasting: 'pendant|pour|durant|de',
    forPeople: 'pour',
    hours: 'h|heures?',
    minutes: 'm|min|mn|minutes?',
    halfHour: '(?:une )?demi[- ]heure',
    anHour: 'une heure',
    people: 'personnes?|places?|pers|invites?',
    anyTime: "n['’]?importe quand|a toute heure(?: ce jour[- ]la)?|toute la journee",
    flexible: 'flexible',
    ofMonth: '(?:er )?',
    place: 'a|au|aux|en|dans|sur|pres de',
    having: 'avec|et',
    types: {
      room: 'salles?(?: de reunion)?',
      desk: 'bureaux?|postes?',
      vehicle: 'voitures?|vehicules?|camionnettes?',
      server: 'serveurs?',
      lab: 'equipements?(?: de labo(?:ratoire)?)?',
    },
    filler: "un|une|le|la|les|l|d|du|des|de|en|a|au|aux|avec|et|pour|s['’]?il|vous|plait|svp|je|nous|veux|besoin|reserver|pres|dans|sur",
    written: { people: 'pour # personnes', around: 'flexible', day: 'n’importe quand', now: 'maintenant' },
  },
  de: {
    today: 'heute(?: abend)?',
    tomorrow: 'morgen',
    dayAfter: 'ubermorgen',
    inDays: 'in # tagen?',
    next: 'am nachsten|nachsten|nachster|nachste|diesen|kommenden|am',
    noon: '(?:um )?(?:mittags?)',
    now: 'jetzt|sofort|gleich',
    at: 'um|ab|gegen',
    from: 'von|zwischen',
    until: 'bis|und',
    oClock: 'uhr',
    lasting: 'fur|lang',
    forPeople: 'fur|zu|mit',
    hours: 'h|std|stunden?',
    minutes: 'm|min|minuten?',
    halfHour: '(?:eine )?halbe stunde',
    anHour: 'eine stunde',
    people: 'personen|person|leute|platze|platz|gaste',
    anyTime: 'egal wann|irgendwann|beliebige zeit(?: an dem tag)?|ganztags|den ganzen tag',
    flexible: 'flexibel',
    ofMonth: '',
    place: 'in|im|am|auf|bei|nahe',
    having: 'mit|und',
    types: {
      room: '(?:besprechungs|konferenz|meeting)?raum|raume|zimmer|besprechungszimmer',
      desk: '(?:schreib)?tische?|arbeitsplatze?|arbeitsplatz',
      vehicle: 'autos?|fahrzeuge?|wagen',
      server: 'server',
      lab: '(?:labor)?gerate?',
    },
    filler:
      'ein|eine|einen|einem|der|die|das|den|dem|in|im|am|an|auf|bei|mit|und|fur|von|zu|bitte|ich|wir|brauche|brauchen|suche|buchen|nahe',
    written: { people: 'für # Personen', around: 'flexibel', day: 'irgendwann', now: 'jetzt' },
  },
};
