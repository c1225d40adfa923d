import type { ClientPoint } from '../drag/drag-loop';

/** What the card of a bar says. */
export interface CardWords {
  readonly title: string;
  readonly lines: readonly string[];
}

const REST_MS = 350;
const OFFSET = 14;

/** A few words about the bar under the resting pointer. One element for all bars, outside of templates. */
export class BarCard {
  private readonly box = document.createElement('div');
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor() {
    this.box.className = 'tooltip float';
    // What it says is also the accessible name of the bar.
    this.box.setAttribute('aria-hidden', 'true');
    Object.assign(this.box.style, { position: 'fixed', zIndex: '900', pointerEvents: 'none', left: '0', top: '0' });
    this.box.hidden = true;
    document.body.append(this.box);
  }

  showSoon(point: ClientPoint, words: CardWords): void {
    this.hide();
    this.timer = setTimeout(() => this.show(point, words), REST_MS);
  }

  hide(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.box.hidden = true;
  }

  destroy(): void {
    this.hide();
    this.box.remove();
  }

  private show(point: ClientPoint, { title, lines }: CardWords): void {
    const name = document.createElement('b');
    name.textContent = title;
    this.box.replaceChildren(name, ...lines.map(lineOf));
    this.box.hidden = false;
    const { width, height } = this.box.getBoundingClientRect();
    const x = Math.min(point.x + OFFSET, innerWidth - width - 8);
    const y = point.y + OFFSET + height > innerHeight - 8 ? point.y - OFFSET - height : point.y + OFFSET;
    this.box.style.transform = `translate(${Math.round(x)}px,${Math.round(y)}px)`;
  }
}

function lineOf(text: string): HTMLElement {
  const line = document.createElement('div');
  line.className = 'muted';
  line.textContent = text;
  return line;
}
