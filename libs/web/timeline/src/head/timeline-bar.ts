import { CdkMenu, CdkMenuGroup, CdkMenuItemCheckbox, CdkMenuItemRadio, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, type ElementRef, computed, inject, viewChild } from '@angular/core';
import { isCivilDate } from '@berth/kernel';
import { PreferencesStore, type Density } from '@berth/web/data';
import { type Choice, Formats, Icon, quickBook, Segments, Tooltip, ZoneChip } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { GROUPINGS } from '../rows/catalogue';
import { TIMELINE_VIEWS, type TimelineView } from '../time/time-scale';
import { TimelineState } from '../timeline-state';
import { ZOOM } from '../timeline-url';
import { TimelineWords } from '../timeline-words';

const DENSITIES: readonly Density[] = ['comfortable', 'default', 'compact'];
const ZOOM_STEP = 1.25;

/** Title row: which time is shown, how much of it, and the one filled button. i18n: timeline.view.*, timeline.density.*, timeline.group.* */
@Component({
  selector: 'berth-timeline-bar',
  imports: [Icon, CdkMenu, CdkMenuGroup, CdkMenuItemCheckbox, CdkMenuItemRadio, CdkMenuTrigger, Segments, Tooltip, TranslatePipe, ZoneChip],
  host: { class: 'page-bar' },
  templateUrl: './timeline-bar.html',
  styleUrl: './timeline-bar.css',
})
export class TimelineBar {
  private readonly formats = inject(Formats);
  private readonly words = inject(TimelineWords);
  private readonly picker = viewChild.required<ElementRef<HTMLInputElement>>('picker');
  protected readonly state = inject(TimelineState);
  protected readonly preferences = inject(PreferencesStore);
  protected readonly book = inject(quickBook, { optional: true });

  protected readonly densities = DENSITIES;
  protected readonly groupings = GROUPINGS;
  protected readonly zoomBounds = ZOOM;
  protected readonly views = computed<readonly Choice<TimelineView>[]>(() =>
    TIMELINE_VIEWS.map((value) => ({ value, label: this.words.text(`view.${value}`) })),
  );
  protected readonly title = computed(() => {
    const { start, end } = this.state.scale();
    const zone = this.state.zone();
    const last = end - 1;
    if (this.state.isPhone()) return this.formats.date(this.state.dayStart(), zone);
    if (this.state.view() === 'day') return this.formats.date(start, zone, 'long');
    if (this.state.view() === 'month') return this.formats.date(start, zone, 'month');
    return this.period(start, last, zone);
  });
  /** Zoom on a scale where each step looks alike. */
  protected readonly zoomStep = computed(() => Math.log2(this.state.query().zoom));
  protected readonly zoomRange = { least: Math.log2(ZOOM.least), most: Math.log2(ZOOM.most) };

  /** `Mon 23 – Sun 29 Nov 2026`, each part said once. */
  private period(start: number, last: number, zone: string): string {
    const language = this.formats.language();
    const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
      timeZone: zone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    });
    const text = format.formatRange(start, last);
    return language === 'en' ? text.replaceAll(',', '') : text;
  }

  protected pickDate(): void {
    const input = this.picker().nativeElement;
    if (typeof input.showPicker === 'function') input.showPicker();
    else input.focus();
  }

  protected goTo(date: string): void {
    if (isCivilDate(date)) this.state.show(date);
  }

  protected zoomTo(step: string): void {
    this.setZoom(2 ** Number(step));
  }

  protected zoomBy(direction: 1 | -1): void {
    this.setZoom(this.state.query().zoom * ZOOM_STEP ** direction);
  }

  protected setDensity(density: Density): void {
    void this.preferences.change({ density }).catch(() => undefined);
  }

  private setZoom(zoom: number): void {
    const near = Math.abs(zoom - 1) < 0.06 ? 1 : zoom;
    this.state.go({ zoom: Math.min(ZOOM.most, Math.max(ZOOM.least, near)) }, { replaces: true });
  }
}
