import { Quiet } from './quiet';

describe('Quiet', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('waits until nothing was asked for two seconds', () => {
    const quiet = new Quiet();
    const work = jest.fn();
    const answered = quiet.asking();

    quiet.afterTheScreen(work);
    jest.advanceTimersByTime(5_000);
    expect(work).not.toHaveBeenCalled();

    answered();
    jest.advanceTimersByTime(1_750);
    expect(work).not.toHaveBeenCalled();
    jest.advanceTimersByTime(500);
    expect(work).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(20_000);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('does not wait for ever, and does nothing that was taken back', () => {
    const quiet = new Quiet();
    const [work, other] = [jest.fn(), jest.fn()];
    quiet.asking();

    quiet.afterTheScreen(work);
    quiet.afterTheScreen(other)();
    jest.advanceTimersByTime(15_250);

    expect(work).toHaveBeenCalledTimes(1);
    expect(other).not.toHaveBeenCalled();
  });
});
