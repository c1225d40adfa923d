import { readHours, readTime, writeHours } from './hours-text';

const written = (text: string, language = 'en') => {
  const read = readHours(text, language);
  return 'mistake' in read ? read.mistake.code : writeHours(read.days, 'en');
};

describe('hours in words', () => {
  it.each([
    ['Mon–Fri 08:00–20:00', 'Mon–Fri 08:00–20:00'],
    ['mon-fri 8-20', 'Mon–Fri 08:00–20:00'],
    ['Mon, Wed, Fri 9:30-17', 'Mon 09:30–17:00, Wed 09:30–17:00, Fri 09:30–17:00'],
    ['Mon-Fri 08:00-12:00, 13:00-18:00; Sat 10-14', 'Mon–Fri 08:00–12:00 & 13:00–18:00, Sat 10:00–14:00'],
    ['daily 7am-9pm', 'Mon–Sun 07:00–21:00'],
    ['every day 24h', 'Mon–Sun 00:00–24:00'],
    ['Sat-Mon 10-12', 'Mon 10:00–12:00, Sat–Sun 10:00–12:00'],
    ['Fri 22:00-06:00', 'Fri 22:00–06:00'],
    ['Mon-Fri 8-18, Sun closed', 'Mon–Fri 08:00–18:00'],
  ])('reads %s', (text, expected) => {
    expect(written(text)).toBe(expected);
  });

  it.each([
    ['de', 'Mo bis Fr 8 bis 18 Uhr, Sa 10-14 Uhr', 'Mon–Fri 08:00–18:00, Sat 10:00–14:00'],
    ['de', 'Do 8.30-17', 'Thu 08:30–17:00'],
    ['es', 'lunes a viernes 8-20, domingo 10-14', 'Mon–Fri 08:00–20:00, Sun 10:00–14:00'],
    ['es', 'mié 9-14', 'Wed 09:00–14:00'],
    ['fr', 'lun–ven 8h30–19h00, dim 10-12', 'Mon–Fri 08:30–19:00, Sun 10:00–12:00'],
    ['fr', 'Mon-Fri 8-20', 'Mon–Fri 08:00–20:00'],
  ])('reads %s: %s', (language, text, expected) => {
    expect(written(text, language)).toBe(expected);
  });

  it.each([
    ['Mon–Fri 8–25', 'too-late'],
    ['Mon–Fri', 'no-time'],
    ['8-20', 'no-day'],
    ['', 'no-day'],
    ['Mon–Fri 8', 'no-time'],
    ['Moonday 8-10', 'unreadable'],
    ['Mon 8-12, Mon 11-14', 'overlap'],
    ['Mon 8:75-9', 'too-late'],
    ['Mon #8-9', 'unreadable'],
  ])('says what is wrong with %s', (text, code) => {
    expect(written(text)).toBe(code);
  });

  it.each([
    ['8', '08:00'],
    ['8:30', '08:30'],
    ['18.15', '18:15'],
    ['8h30', '08:30'],
    ['6 pm', '18:00'],
    ['12am', '00:00'],
    ['24:00', '24:00'],
    ['25', null],
    ['noon', null],
  ])('reads the time %s', (text, expected) => {
    expect(readTime(text)).toBe(expected);
  });

  it('writes what it reads', () => {
    const text = 'Mo–Fr 08:00–20:00, Sa 10:00–14:00';
    const read = readHours(text, 'de');

    expect('days' in read && writeHours(read.days, 'de')).toBe(text);
  });
});
