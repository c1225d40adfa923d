/** What a ghost shows. Lengths in pixels of the canvas. */
export interface GhostLook {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** `14:00–15:00` */
  readonly title: string;
  /** `1 h · free` */
  readonly note: string;
  readonly tone: 'free' | 'asks' | 'refused' | 'hint';
  /** Why it cannot be booked, beside the ghost. */
  readonly reason: string | null;
  readonly before: number;
  readonly after: number;
}

/** Narrower than this the words stand above the ghost. */
const WORDS_INSIDE = 88;

/**
 * Draws the ghost of a booking straight into the page. It changes on every frame of a drag, so it stays outside of
 * templates: no change detection runs while somebody drags.
 */
export class Ghost {
  private readonly title: HTMLElement;
  private readonly note: HTMLElement;
  private readonly reason: HTMLElement;
  private shown = false;
  private lifted: string | null = null;

  /** @param box holds `.title`, `.note` and `.reason` */
  constructor(private readonly box: HTMLElement) {
    this.title = box.querySelector('.title')!;
    this.note = box.querySelector('.note')!;
    this.reason = box.querySelector('.reason')!;
  }

  get isShown(): boolean {
    return this.shown;
  }

  show(look: GhostLook): void {
    const { box } = this;
    this.shown = true;
    box.hidden = false;
    box.style.transform = `translate(${look.x}px,${look.y}px)`;
    box.style.width = `${Math.max(4, look.width)}px`;
    box.style.height = `${look.height}px`;
    box.style.setProperty('--before', `${look.before}px`);
    box.style.setProperty('--after', `${look.after}px`);
    box.className = `ghost ${look.tone}${look.width < WORDS_INSIDE ? ' outside' : ''}${look.height < 34 ? ' flat' : ''}`;
    this.title.textContent = look.title;
    this.note.textContent = look.note;
    this.reason.textContent = look.reason ?? '';
    this.reason.hidden = look.reason === null;
  }

  hide(): void {
    this.shown = false;
    this.box.hidden = true;
  }

  /** Fades the bar the ghost was taken from; null gives it back. */
  lift(barId: string | null): void {
    if (barId === this.lifted) return;
    this.lifted = barId;
    const rows = this.box.parentElement;
    rows?.querySelectorAll('.lifted').forEach((it) => it.classList.remove('lifted'));
    if (barId !== null) rows?.querySelectorAll(`[data-bar="${CSS.escape(barId)}"]`).forEach((it) => it.classList.add('lifted'));
  }

  /** Where it is on the page. */
  rect(): DOMRect {
    return this.box.getBoundingClientRect();
  }
}
