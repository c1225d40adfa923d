import { Component } from '@angular/core';

@Component({ selector: 'berth-setup', template: `` })
export class Setup {}
