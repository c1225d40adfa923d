import { Component } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { ToastList } from '@berth/web/ui';

/** The frame of every signed-in screen. */
@Component({ selector: 'berth-shell', imports: [RouterOutlet, ToastList], template: `<main><router-outlet /></main><berth-toast-list />` })
export class Shell {}
