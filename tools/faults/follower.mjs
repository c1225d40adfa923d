/** Follows the live stream, comes back after each cut where it was, and reads anew what it is told to. */
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

export class Follower {
  /** What it believes of each reservation. */
  state = new Map();
  cuts = 0;
  resyncs = 0;
  #last;
  #ended = false;
  #socket;
  #subscribed;
  #again = false;
  /** Of what is read anew; what is said meanwhile is read once more behind it. */
  #reading;

  /**
   * @param {import('./clients.mjs').Persistent} person whose reservations it follows
   * @param {string} url
   */
  constructor(person, url) {
    Object.assign(this, { person, url });
    this.running = this.#follow();
    /** It hears from then on. */
    this.ready = new Promise((resolve) => (this.#subscribed = resolve));
  }

  async stop() {
    this.#ended = true;
    this.#socket?.terminate();
    await this.running;
  }

  async #follow() {
    for (; !this.#ended; this.cuts++) {
      const { body } = await this.person.ask('POST', '/stream/tickets');
      await new Promise((resolve) => {
        const socket = new WebSocket(`${this.url.replace('http', 'ws')}/api/v1/stream`);
        this.#socket = socket;
        socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', ticket: body.ticket, resume: this.#last })));
        socket.on('message', (data) => this.#hear(JSON.parse(String(data)), socket));
        socket.on('error', () => undefined);
        socket.on('close', resolve);
      });
      if (!this.#ended) await sleep(100 + Math.random() * 200);
    }
  }

  #hear(frame, socket) {
    if (frame.type === 'welcome') {
      socket.send(JSON.stringify({ type: 'subscribe', id: 'me', topic: 'me' }));
      // What came before the first welcome was never promised.
      this.#last ??= frame.seq;
    }
    if (frame.type === 'subscribed') this.#subscribed();
    if (frame.type === 'resync') this.#readAnew();
    if (frame.type !== 'event') return;
    this.#last = frame.seq;
    if (frame.data?.reservationId) this.#keep(frame.data.reservationId, frame.data);
  }

  /** All that was to be read anew has been. */
  async settled() {
    await this.#reading;
  }

  #readAnew() {
    this.resyncs++;
    this.#again = true;
    this.#reading ??= this.#readAll().finally(() => (this.#reading = undefined));
  }

  async #readAll() {
    while (this.#again) {
      this.#again = false;
      for (let cursor = ''; cursor !== null;) {
        const { body } = await this.person.ask('GET', `/reservations?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
        for (const it of body.data) this.#keep(it.id, it);
        cursor = body.page.nextCursor;
      }
    }
  }

  #keep(id, { version, status, start, end }) {
    if ((this.state.get(id)?.version ?? -1) <= version) this.state.set(id, { version, status, start, end });
  }
}
