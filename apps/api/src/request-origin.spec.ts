import { originOfRequest } from './request-origin';

const trace = `00-${'4bf92f3577b34da6a3ce929d0e0e4736'}-00f067aa0ba902b7-01`;
const origin = (ip: string, traceparent?: string) => originOfRequest({ id: 'r', ip, headers: { traceparent } });

describe('Where a request came from', () => {
  it('has the trace of the client where it is one', () => {
    expect(origin('::1', trace)).toEqual({ requestId: 'r', address: '::1', traceparent: trace });
    for (const wrong of [
      undefined,
      '',
      `ff${trace.slice(2)}`,
      trace.toUpperCase(),
      trace.replace('00f067aa0ba902b7', '0'.repeat(16)),
      `${trace}x`,
    ])
      expect(origin('::1', wrong).traceparent).toBeNull();
  });
});
