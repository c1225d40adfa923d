/** As much of a WebSocket as the live connection needs. */
export interface LiveLine {
  readonly readyState: number;
  onopen: ((event: Event) => unknown) | null;
  onmessage: ((message: MessageEvent<string>) => unknown) | null;
  onclose: ((event: CloseEvent) => unknown) | null;
  send(text: string): void;
  close(code?: number): void;
}

type Outgoing =
  | { readonly type: 'hello'; readonly resume?: number }
  | { readonly type: 'subscribe' | 'unsubscribe'; readonly id: string; readonly topic?: string }
  | { readonly type: 'ping' };

const notSignedIn = 4401;
const brokenOff = 1006;
/** Screens begin to watch several topics at once. */
const gatherMs = 50;

/**
 * The live stream where no WebSocket gets through: answers that do not end (`GET /stream/events`), behind the face of a socket.
 * What is followed stands in the address, so a change of it opens another answer, which goes on where the one before was.
 */
export class EventAnswer implements LiveLine {
  readyState: number = WebSocket.CONNECTING;
  onopen: LiveLine['onopen'] = null;
  onmessage: LiveLine['onmessage'] = null;
  onclose: LiveLine['onclose'] = null;

  private readonly topics = new Map<string, string>();
  private reading: AbortController | null = null;
  private reopening: ReturnType<typeof setTimeout> | null = null;
  private place: number | null = null;
  private hasHeard = false;

  /**
   * @param address of the answers, without what is followed
   * @param ask the page's own `fetch`
   */
  constructor(
    private readonly address: string,
    private readonly ask: (url: string, init: RequestInit) => Promise<Response> = (url, init) => fetch(url, init),
  ) {
    setTimeout(() => {
      if (this.readyState !== WebSocket.CONNECTING) return;
      this.readyState = WebSocket.OPEN;
      this.onopen?.(new Event('open'));
    });
  }

  send(text: string): void {
    const frame = JSON.parse(text) as Outgoing;
    if (frame.type === 'hello') {
      this.place = frame.resume ?? null;
      void this.read('me', null, true);
    } else if (frame.type === 'subscribe') this.topics.set(frame.id, frame.topic ?? '');
    else if (frame.type === 'unsubscribe') this.topics.delete(frame.id);
    else if (this.hasHeard) this.answerPing();
    if (frame.type === 'subscribe' || frame.type === 'unsubscribe') this.reopening ??= setTimeout(() => this.reopen(), gatherMs);
  }

  close(code = 1000): void {
    if (this.readyState === WebSocket.CLOSED) return;
    this.readyState = WebSocket.CLOSED;
    this.reading?.abort();
    if (this.reopening !== null) clearTimeout(this.reopening);
    setTimeout(() => this.onclose?.(new CloseEvent('close', { code })));
  }

  private answerPing(): void {
    this.hasHeard = false;
    this.tell('{"type":"pong"}');
  }

  private reopen(): void {
    this.reopening = null;
    this.reading?.abort();
    if (this.topics.size > 0) void this.read([...new Set(this.topics.values())].join(','), this.place);
  }

  /**
   * Reads one answer to its end; the connection ends with it, unless another answer has taken its place.
   * @param isFirst it is there to be welcomed: what is followed is not known yet
   */
  private async read(topics: string, after: number | null, isFirst = false): Promise<void> {
    const reading = new AbortController();
    this.reading = reading;
    let code = brokenOff;
    try {
      const query = `topics=${encodeURIComponent(topics)}${after === null ? '' : `&after=${after}`}`;
      const answer = await this.ask(`${this.address}?${query}`, {
        signal: reading.signal,
        headers: { accept: 'text/event-stream' },
        cache: 'no-store',
      });
      if (answer.status === 401) code = notSignedIn;
      if (answer.ok && answer.body) await this.take(answer.body, reading.signal, isFirst);
    } catch {
      // An answer that breaks off is one that has ended.
    }
    if (this.reading === reading && !reading.signal.aborted) this.close(code);
  }

  private async take(body: ReadableStream<Uint8Array>, signal: AbortSignal, isFirst: boolean): Promise<void> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done || signal.aborted) return;
      this.hasHeard = true;
      text += decoder.decode(value, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        this.hear(text.slice(0, end), isFirst);
        text = text.slice(end + 2);
        // What was heard may have closed it, or opened another.
        if (signal.aborted) return;
      }
    }
  }

  private hear(message: string, isFirst: boolean): void {
    for (const line of message.split('\n')) {
      if (line.startsWith('id: ') && !isFirst) this.place = Number(line.slice(4));
      else if (line.startsWith('data: ')) this.hearFrame(line.slice(6), isFirst);
    }
  }

  private hearFrame(data: string, isFirst: boolean): void {
    const frame = JSON.parse(data) as { readonly type: string; readonly seq?: number };
    if (isFirst && frame.type === 'welcome') this.place ??= frame.seq ?? null;
    if (isFirst ? frame.type === 'welcome' || frame.type === 'bye' : frame.type !== 'welcome') this.tell(data);
  }

  private tell(data: string): void {
    this.onmessage?.(new MessageEvent('message', { data }));
  }
}
