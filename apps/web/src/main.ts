import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app.config';
import { sayNotStarted } from './not-started';

bootstrapApplication(App, appConfig).catch(sayNotStarted);
