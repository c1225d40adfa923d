import type { Provider } from '@angular/core';
import { provideLucideConfig } from '@lucide/angular';

/**
 * One icon set, 16 px with a 1.5 px stroke unless a part says otherwise (`[size]="20"`). Screens import the icon they show
 * (`LucidePlus` → `<svg lucidePlus>`), or `LucideDynamicIcon` (`<svg [lucideIcon]="icon">`) where the icon is data.
 */
export function provideIcons(): Provider {
  return provideLucideConfig({ size: 16, strokeWidth: 1.5 });
}
