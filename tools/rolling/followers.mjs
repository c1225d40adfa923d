/** Many clients of the live stream in a process of its own: `fork` it and send it jobs. No library: a frame is a few bytes. */
import { connect } from 'node:net';
import { randomBytes } from 'node:crypto';

const MASK = Buffer.alloc(4);

/** A text frame of a client, masked with zeros, which leaves the text as it is. */
function frameOf(text) {
  const payload = Buffer.from(text);
  const head =
    payload.length < 126
      ? Buffer.from([0x81, 0x80 | payload.length])
      : Buffer.from([0x81, 0x80 | 126, payload.length >> 8, payload.length & 255]);
  return Buffer.concat([head, MASK, payload]);
}

/** One client that notes when it hears of what. */
class Follower {
  #rest = Buffer.alloc(0);
  #open = false;
  seq = 0;
  isReady = false;
  isClosed = false;

  constructor(url, ticket, topic, heard, { resume, address } = {}) {
    const { hostname, port } = new URL(url);
    this.heard = heard;
    this.hello = { type: 'hello', ticket, ...(resume !== undefined && { resume }) };
    this.topic = topic;
    this.ready = new Promise((resolve) => (this.settle = resolve));
    this.socket = connect({ host: hostname, port: Number(port), noDelay: true, ...(address && { localAddress: address }) }, () =>
      this.socket.write(
        `GET /api/v1/stream HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
      ),
    );
    this.socket.on('data', (chunk) => this.#take(chunk));
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => {
      this.isClosed = true;
      this.settle(false);
      this.gone?.();
    });
  }

  send(frame) {
    this.socket.write(frameOf(JSON.stringify(frame)));
  }

  #take(chunk) {
    let data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    if (!this.#open) {
      const end = data.indexOf('\r\n\r\n');
      if (end < 0) return void (this.#rest = data);
      if (!data.subarray(0, 12).toString().includes('101')) return this.socket.destroy();
      this.#open = true;
      data = data.subarray(end + 4);
      this.send(this.hello);
    }
    while (data.length >= 2) {
      const opcode = data[0] & 15;
      let [length, from] = [data[1] & 127, 2];
      if (length === 126) {
        if (data.length < 4) break;
        [length, from] = [data.readUInt16BE(2), 4];
      } else if (length === 127) {
        if (data.length < 10) break;
        [length, from] = [Number(data.readBigUInt64BE(2)), 10];
      }
      if (data.length < from + length) break;
      const payload = data.subarray(from, from + length);
      if (opcode === 1) this.#hear(payload);
      else if (opcode === 9) this.socket.write(Buffer.concat([Buffer.from([0x8a, 0x80 | payload.length]), MASK, payload]));
      else if (opcode === 8) this.socket.end(Buffer.concat([Buffer.from([0x88, 0x80 | payload.length]), MASK, payload]));
      data = data.subarray(from + length);
    }
    this.#rest = Buffer.from(data);
  }

  #hear(payload) {
    const frame = JSON.parse(payload.toString());
    if (frame.type === 'welcome') {
      this.seq = this.hello.resume ?? frame.seq;
      this.send({ type: 'subscribe', id: '1', topic: this.topic });
    } else if (frame.type === 'subscribed') {
      this.isReady = true;
      this.settle(true);
    } else if (frame.type === 'event') {
      if (frame.seq <= this.seq) this.heard.doubled++;
      this.seq = Math.max(this.seq, frame.seq);
      this.heard.events.push([frame.data.reservationId, Date.now()]);
    } else if (frame.type === 'resync') this.heard.resyncs++;
  }
}

const heard = { events: [], doubled: 0, resyncs: 0 };
let followers = [];

const jobs = {
  /** Opens clients, some at a time. */
  async open({ clients, atOnce }) {
    let next = 0;
    const one = async () => {
      for (let mine = next++; mine < clients.length; mine = next++) {
        const { url, ticket, topic, address } = clients[mine];
        const it = new Follower(url, ticket, topic, heard, { address });
        it.client = clients[mine];
        followers.push(it);
        await it.ready;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, one));
    return { ready: followers.filter((it) => it.isReady && !it.isClosed).length };
  },
  /** What was heard since the last time. */
  async take() {
    const taken = {
      ...heard,
      events: heard.events,
      open: followers.filter((it) => !it.isClosed).length,
      closed: followers.flatMap((it, n) => (it.isClosed ? [n] : [])),
    };
    [heard.events, heard.doubled, heard.resyncs] = [[], 0, 0];
    return taken;
  },
  /** Brings back those whose connection was closed, each at a random moment. @returns how long each took, from the beginning, in ms */
  async comeBack({ tickets, url, withinMs }) {
    const began = Date.now();
    const took = [];
    await Promise.all(
      followers.map(async (it, n) => {
        if (!it.isClosed) return;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * withinMs));
        const again = new Follower(url, tickets[n], it.topic, heard, { resume: it.seq, address: it.client.address });
        again.client = it.client;
        followers[n] = again;
        if (await again.ready) took.push(Date.now() - began);
      }),
    );
    return { took };
  },
};

process.on('message', async ({ kind, ...job }) => {
  try {
    process.send({ result: await jobs[kind](job) });
  } catch (error) {
    process.send({ error: error.stack });
  }
});
process.on('disconnect', () => process.exit(0));
