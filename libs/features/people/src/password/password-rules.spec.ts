import { isCommonPassword } from './common-passwords';
import { brokenPasswordRules, type PasswordPreset } from './password-rules';

const owner = { username: 'ghopper', about: ['grace.hopper@navy.example', 'Grace Hopper', 'Acme Industries'] };
const rules = (password: string, preset: PasswordPreset = 'standard'): string[] =>
  brokenPasswordRules(password, preset, owner, isCommonPassword).map((it) => it.rule);

describe('The standard password rules', () => {
  it.each([
    ['correct horse battery', 'words'],
    ['a passphrase of Grace, but long', 'a word about the owner in much else'],
    ['x7#kQ2!mZp9@', 'twelve random characters'],
    ['🦉🦊🐙🦑🐬🦭🐝🦋🐢🦎🐍🦕', 'twelve emoji, more in UTF-16'],
    ['  leading and trailing  ', 'spaces around it'],
    ['ПриветСтранникИзДалека', 'another alphabet'],
    ['e\u0301tude de l\u2019e\u0301te\u0301', 'combining forms'],
    ['密码密钥安全性很高很长的句子', 'ideographs'],
    ['a'.repeat(3) + 'long tail of other letters', 'a short repetition'],
    [`${'correct horse battery staple '.repeat(9)}`.slice(0, 240), 'a repetition of something long'],
    ['hello8392017465', 'a common word with much more'],
  ])('take %j: %s', (password) => {
    expect(rules(password)).toEqual([]);
  });

  it.each([
    ['', 'too-short'],
    ['short', 'too-short'],
    ['elevenchars', 'too-short'],
    ['🦉🦊🐙🦑🐬🦭', 'too-short'],
    // Eleven once composed, though more as typed.
    ['e\u0301e\u0301xyzwvutsr', 'too-short'],
    ['y9#'.repeat(100), 'too-long'],
    ['password', 'common'],
    ['Password1234', 'common'],
    ['P@ssw0rd!2026', 'common'],
    ['passwordpassword', 'common'],
    ['123456123456', 'common'],
    ['!!!iloveyou!!!', 'common'],
    ['qwertyqwerty', 'common'],
    ['Sunshine2024!', 'common'],
    ['letmeinletmein', 'common'],
    ['aaaaaaaaaaaa', 'repetitive'],
    ['ababababababab', 'repetitive'],
    ['abcdefghijklmno', 'sequence'],
    ['zyxwvutsrqponm', 'sequence'],
    ['qwertyuiopasdfg', 'sequence'],
    ['azertyuiopqsdf', 'sequence'],
    ['ghopper-ghopper', 'about-you'],
    ['GraceHopper2026', 'about-you'],
    ['hopper.grace!1', 'about-you'],
    ['grace.hopper@navy.example', 'about-you'],
    ['AcmeIndustries1', 'about-you'],
    ['berth-berth-berth', 'about-you'],
  ])('refuse %j: %s', (password, rule) => {
    expect(rules(password)).toContain(rule);
  });

  it('ask for no kinds of characters', () => {
    expect(rules('allsmalllettersaresofine')).toEqual([]);
  });
});

describe('The composition rules', () => {
  it.each(['Tr0ub4dor&3', 'Aa1!Aa1!', 'Ünïcode9?', `${'Aa1!'.repeat(64)}`])('take %j', (password) => {
    expect(rules(password, 'composition')).toEqual([]);
  });

  it.each([
    ['Aa1!Aa1', ['too-short']],
    ['aa1!aa1!', ['needs-upper']],
    ['AA1!AA1!', ['needs-lower']],
    ['Aaa!Aaa!', ['needs-digit']],
    ['Aa1aAa1a', ['needs-special']],
    ['aaaaaaaa', ['needs-upper', 'needs-digit', 'needs-special']],
    ['1GHopper!a', ['has-username']],
    ['', ['too-short', 'needs-upper', 'needs-lower', 'needs-digit', 'needs-special']],
    [`${'Aa1!'.repeat(65)}`, ['too-long']],
  ])('refuse %j: %j', (password, expected) => {
    expect(rules(password, 'composition')).toEqual(expected);
  });
});

describe('The common passwords', () => {
  it.each(['password', '123456', 'qwerty', 'dragon', 'monkey', 'letmein', 'iloveyou', 'football'])('know %s', (word) => {
    expect(isCommonPassword(word)).toBe(true);
  });
});
