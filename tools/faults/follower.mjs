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

  /**
   * @param {import('./clients.mjs').Persistent} person
   * @param {string} url
   * @param {() => Iterable<string>} known ids that may be there, to be read anew
   */
  constructor(person, url, known) {
    Object.assign(this, { person, url, known });
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
    if (frame.type === 'resync') void this.#readAnew();
    if (frame.type !== 'event') return;
    this.#last = frame.seq;
    if (frame.data?.reservationId) this.#keep(frame.data.reservationId, frame.data);
  }

  async #readAnew() {
    this.resyncs++;
    for (const id of this.known()) {
      const { status, body } = await this.person.ask('GET', `/reservations/${id}`);
      if (status === 200) this.#keep(id, body);
    }
  }

  #keep(id, { version, status, start, end }) {
    if ((this.state.get(id)?.version ?? -1) <= version) this.state.set(id, { version, status, start, end });
  }
}
