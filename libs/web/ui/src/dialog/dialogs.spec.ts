import { Component, viewChild, type ElementRef } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideKitTexts } from '../testing/texts';
import { DialogFrame } from './dialog-frame';
import { Dialogs } from './dialogs';

@Component({
  imports: [DialogFrame],
  template: `
    <berth-dialog-frame heading="Book Turing" subtitle="12 seats">
      <input class="title" />
      <button dialogActions type="button">Book</button>
    </berth-dialog-frame>
  `,
})
class Form {}

@Component({ template: `<button #opener type="button">Open</button>` })
class Page {
  readonly opener = viewChild.required<ElementRef<HTMLButtonElement>>('opener');
}

async function opened() {
  TestBed.configureTestingModule({ providers: [provideKitTexts()] });
  const page = TestBed.createComponent(Page);
  document.body.append(page.nativeElement as HTMLElement);
  page.detectChanges();
  const opener = page.componentInstance.opener().nativeElement;
  opener.focus();
  const ref = TestBed.inject(Dialogs).open(Form);
  await page.whenStable();
  return { ref, opener, page, dialog: document.querySelector<HTMLElement>('[role=dialog]')! };
}

describe('a dialog', () => {
  it('is modal and named by its heading', async () => {
    const { dialog } = await opened();

    expect(dialog.getAttribute('aria-modal')).toBe('true');
    expect(document.getElementById(dialog.getAttribute('aria-labelledby')!)?.textContent).toBe('Book Turing');
  });

  it('closes by its button and gives the focus back', async () => {
    const { dialog, opener, page } = await opened();

    dialog.querySelector<HTMLButtonElement>('[aria-label=Close]')!.click();
    await page.whenStable();

    expect(document.querySelector('[role=dialog]')).toBeNull();
    expect(document.activeElement).toBe(opener);
  });

  it('hands back its result', async () => {
    const { ref } = await opened();
    const result = jest.fn();
    ref.closed.subscribe(result);

    ref.close('booked');

    expect(result).toHaveBeenCalledWith('booked');
  });
});
