/** Which feature may import which; a missing arrow is a lint error. Keep it a tree you can draw. */
const arrows = {
  people: [],
  places: ['people'],
  resources: ['people', 'places'],
  access: ['people', 'places', 'resources'],
  'sign-on': ['people', 'places', 'resources', 'access'],
  reservations: ['people', 'resources'],
  search: ['people', 'places', 'resources', 'reservations'],
  approvals: ['people', 'resources', 'reservations'],
  waitlist: ['people', 'resources', 'reservations'],
  quotas: ['people', 'places', 'resources', 'reservations'],
  privacy: ['people', 'reservations'],
  webhooks: ['people', 'places', 'resources', 'reservations'],
  notifications: ['people', 'resources', 'reservations', 'approvals', 'waitlist'],
  oauth: ['people'],
  audit: ['places', 'resources', 'reservations'],
  setup: ['people', 'places', 'resources', 'access', 'reservations', 'waitlist', 'quotas'],
};

const PURE = ['type:kernel', 'type:contracts', 'type:domain'];
const may = (sourceTag, ...targets) => ({ sourceTag, onlyDependOnLibsWithTags: targets });

export const boundaries = [
  may('type:kernel', 'type:kernel'),
  may('type:contracts', 'type:kernel', 'type:contracts'),
  may('type:domain', 'type:kernel', 'type:domain'),
  may('type:platform', 'type:kernel', 'type:contracts', 'type:platform', 'type:migrations'),
  may('type:feature', ...PURE, 'type:platform', 'type:feature'),
  may('type:migrations'),
  may('type:web-feature', ...PURE, 'type:web-data', 'type:web-ui', 'type:web-feature', 'type:api-client'),
  may('type:web-data', ...PURE, 'type:api-client'),
  may('type:web-ui', 'type:kernel', 'type:web-ui'),
  may('type:app', '*'),
  may('side:web', 'side:web', 'side:any'),
  may('side:server', 'side:server', 'side:any'),
  ...PURE.map((sourceTag) => ({
    sourceTag,
    bannedExternalImports: ['@nestjs/*', '@angular/*', 'typeorm', 'pg', 'rxjs', 'bull', 'fastify'],
  })),
  ...Object.entries(arrows).map(([feature, imports]) => ({
    sourceTag: `feature:${feature}`,
    onlyDependOnLibsWithTags: [...PURE, 'type:platform', `feature:${feature}`, ...imports.map((it) => `feature:${it}`)],
  })),
  // The booking dialog is opened by every screen, the sheet that imports by some, and the history of a thing shown by some; apart from
  // these, screens do not know each other.
  ...['waitlist', 'find', 'timeline', 'reservations', 'admin', 'setup', 'sign-in', 'profile', 'approvals'].map((screen) => ({
    sourceTag: `screen:${screen}`,
    onlyDependOnLibsWithTags: [
      ...PURE,
      'type:web-data',
      'type:web-ui',
      'type:api-client',
      `screen:${screen}`,
      'screen:booking',
      'screen:import',
      'screen:audit',
    ],
  })),
  may('screen:audit', ...PURE, 'type:web-data', 'type:web-ui', 'type:api-client', 'screen:audit'),
  may('screen:import', ...PURE, 'type:web-data', 'type:web-ui', 'type:api-client', 'screen:import', 'screen:booking'),
  // Home and the notifications show what waits for the person, with the verbs it has on its own screen.
  ...['home', 'notifications'].map((screen) =>
    may(
      `screen:${screen}`,
      ...PURE,
      'type:web-data',
      'type:web-ui',
      'type:api-client',
      `screen:${screen}`,
      'screen:booking',
      'screen:reservations',
      'screen:approvals',
      'screen:waitlist',
    ),
  ),
];
