import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, computed, effect, inject, input, resource } from '@angular/core';
import { AnswerList, ProvisioningNote, ReservationsApi, type Reservation } from '@berth/web/booking';
import { ServerClock, Session } from '@berth/web/data';
import { Formats, Icon, Skeleton } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { isEditable, stateOf, type Bar } from '../rows/bar';
import { TimelineActs } from '../timeline-acts';
import { TimelineState } from '../timeline-state';
import { TimelineWords } from '../timeline-words';

const EXTENSIONS = [15, 30, 60];
const MINUTE = 60_000;

/** One booking: what, where, when, whose, and what may be done to it. i18n: timeline.state.*, timeline.status.* */
@Component({
  selector: 'berth-booking-details',
  imports: [AnswerList, Icon, CdkMenu, CdkMenuItem, CdkMenuTrigger, ProvisioningNote, Skeleton, TranslatePipe],
  templateUrl: './booking-details.html',
  styleUrl: './booking-details.css',
})
export class BookingDetails {
  private readonly api = inject(ReservationsApi);
  private readonly acts = inject(TimelineActs);
  private readonly state = inject(TimelineState);
  private readonly words = inject(TimelineWords);
  private readonly formats = inject(Formats);
  private readonly clock = inject(ServerClock);
  private readonly session = inject(Session);

  readonly id = input.required<string>();

  private readonly answer = resource({
    params: () => this.id(),
    // A stranger's booking tells no more than its bar does.
    loader: ({ params }) => this.api.one(params).catch(() => null),
  });
  protected readonly extensions = EXTENSIONS;

  /** As the bar stands now; live changes come through it. */
  protected readonly known = computed(() => {
    this.state.rows().forEach((it) => this.state.board.content(it.id)());
    return this.state.board.find(this.id());
  });
  protected readonly more = computed<Reservation | null>(() => (this.answer.hasValue() ? this.answer.value() : null));
  protected readonly bar = computed<Bar | null>(() => this.known()?.bar ?? this.fromAnswer());
  protected readonly resourceId = computed(() => this.known()?.resourceId ?? this.more()?.resources[0]?.resourceId ?? null);
  protected readonly row = computed(() => (this.resourceId() ? (this.state.row(this.resourceId()!) ?? null) : null));
  protected readonly zone = computed(() => this.row()?.zone ?? this.more()?.timeZone ?? this.state.zone());
  protected readonly resourceNames = computed(
    () =>
      this.more()
        ?.resources.map((it) => it.name)
        .join(', ') ||
      (this.row()?.name ?? ''),
  );
  protected readonly place = computed(() => [this.row()?.siteName, this.row()?.floorName].filter(Boolean).join(' › '));
  protected readonly time = computed(() => (this.bar() ? this.words.span(this.bar()!, this.zone()) : ''));
  protected readonly duration = computed(() => (this.bar() ? this.words.duration(this.bar()!) : ''));
  protected readonly offset = computed(() =>
    this.bar() ? `${this.zone().replaceAll('_', ' ')} · ${this.formats.offset(this.zone(), this.bar()!.start)}` : '',
  );
  /** Only where the reader's clock shows something else. */
  protected readonly ownTime = computed(() => {
    const bar = this.bar();
    const own = this.formats.ownZone();
    if (!bar || this.formats.offset(own, bar.start) === this.formats.offset(this.zone(), bar.start)) return null;
    return this.words.text('details.yourTime', { time: this.formats.range(bar.start, bar.end, own) });
  });
  protected readonly look = computed(() => (this.bar() ? stateOf(this.bar()!) : 'busy'));
  protected readonly organizer = computed(() => this.more()?.organizer?.displayName ?? this.bar()?.organizer ?? null);
  protected readonly mayEdit = computed(() => {
    const bar = this.bar();
    if (!bar || bar.end <= this.state.now()) return false;
    return isEditable(bar, this.clock.now()) || (this.session.may('reservation:manage') && bar.status !== 'held');
  });

  constructor() {
    effect(() => {
      // A change told by the stream may concern what only the answer knows.
      const version = this.known()?.bar.version;
      const told = this.more()?.version;
      if (version !== undefined && told !== undefined && version > told) this.answer.reload();
    });
  }

  protected move(): void {
    const bar = this.bar();
    const resourceId = this.resourceId();
    if (bar && resourceId) void this.acts.moveElsewhere(bar, resourceId);
  }

  protected extend(minutes: number): void {
    const bar = this.bar();
    const resourceId = this.resourceId();
    if (bar && resourceId) void this.acts.move(bar, resourceId, { resourceId, start: bar.start, end: bar.end + minutes * MINUTE });
  }

  protected cancel(): void {
    const bar = this.bar();
    const resourceId = this.resourceId();
    if (bar && resourceId) void this.acts.cancel(bar, resourceId);
  }

  private fromAnswer(): Bar | null {
    const told = this.more();
    if (!told) return null;
    const start = Date.parse(told.start);
    const end = Date.parse(told.end);
    return {
      id: told.id,
      start,
      end,
      heldStart: start,
      heldEnd: end,
      status: told.status,
      title: told.title,
      organizer: told.organizer?.displayName ?? null,
      mine: told.mine,
      quantity: 1,
      version: told.version,
      expiresAt: null,
    };
  }
}
