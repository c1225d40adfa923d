import { Component } from '@angular/core';

@Component({ selector: 'berth-sign-in', template: `` })
export class SignIn {}
