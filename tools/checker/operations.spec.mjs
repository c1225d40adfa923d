import { learn } from './operations.mjs';

describe('What the clients of a person know of a booking', () => {
  it('is what the newest version of it says, in whatever order the answers are heard', () => {
    const booking = { id: 'a', unit: 'room', start: 0, end: 1, quantity: 1, version: 1 };

    learn(booking, { id: 'a', status: 'confirmed', unit: 'desk', start: 4, end: 5, version: 3 });
    learn(booking, { id: 'a', status: 'confirmed', unit: 'room', start: 2, end: 3, version: 2 });

    expect(booking).toEqual({ id: 'a', unit: 'desk', start: 4, end: 5, quantity: 1, version: 3 });
  });
});
