import { TestBed } from '@angular/core/testing';
import { Keys } from './keys';

function press(key: string, options: KeyboardEventInit = {}, target: HTMLElement = document.body): boolean {
  return !target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options }));
}

function offered(combo: string) {
  const keys = TestBed.inject(Keys);
  const run = jest.fn();
  const withdraw = keys.offer({ combo, label: 'test', run });
  return { keys, run, withdraw };
}

afterEach(() => document.body.replaceChildren());

describe('a shortcut', () => {
  it('runs on its key', () => {
    const { run } = offered('c');

    expect(press('c')).toBe(true);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('runs on two keys in a row', () => {
    const { run } = offered('g t');

    press('g');
    press('t');

    expect(run).toHaveBeenCalledTimes(1);
  });

  it('does not run on the second key alone', () => {
    const { run } = offered('g t');

    press('t');

    expect(run).not.toHaveBeenCalled();
  });

  it.each([{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { isComposing: true }, { repeat: true }])('rests with %o', (options) => {
    const { run } = offered('c');

    press('c', options);

    expect(run).not.toHaveBeenCalled();
  });

  it.each(['<input>', '<textarea></textarea>', '<select></select>', '<div role="combobox" tabindex="0"></div>'])(
    'rests while somebody types in %s',
    (markup) => {
      const { run } = offered('c');
      document.body.innerHTML = markup;

      press('c', {}, document.body.firstElementChild as HTMLElement);

      expect(run).not.toHaveBeenCalled();
    },
  );

  it('works on a checkbox, which takes no text', () => {
    const { run } = offered('c');
    document.body.innerHTML = '<input type="checkbox">';

    press('c', {}, document.body.firstElementChild as HTMLElement);

    expect(run).toHaveBeenCalledTimes(1);
  });

  it('rests below an open dialog', () => {
    const { run } = offered('c');
    document.body.innerHTML = '<div role="dialog" aria-modal="true"></div>';

    press('c');

    expect(run).not.toHaveBeenCalled();
  });

  it('can be switched off', () => {
    const { keys, run } = offered('c');
    keys.enabled.set(false);

    press('c');

    expect(run).not.toHaveBeenCalled();
  });

  it('gives way to a later offer and comes back when that is withdrawn', () => {
    const first = offered('t');
    const second = offered('t');

    press('t');
    second.withdraw();
    press('t');

    expect(second.run).toHaveBeenCalledTimes(1);
    expect(first.run).toHaveBeenCalledTimes(1);
  });
});
