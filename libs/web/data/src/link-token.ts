import { inject } from '@angular/core';
import { ActivatedRoute } from '@angular/router';

/** What stands after `#` in the link that led here: it reaches no server until somebody presses the button. */
export const linkToken = (): string => inject(ActivatedRoute).snapshot.fragment ?? '';
