// Compiled in the browser, so that the page needs no build tool of Angular's own.
import '@angular/compiler';
import {
  CUSTOM_ELEMENTS_SCHEMA,
  Component,
  afterNextRender,
  provideZonelessChangeDetection,
  signal,
} from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { settings } from '../settings.js';

@Component({
  selector: 'brand-page',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    @if (shown()) {
      <genesys-auth-messenger
        [attr.deployment-id]="settings.deploymentId"
        [attr.environment]="settings.environment"
        [issuer]="settings.issuer"
        [clientId]="settings.clientId"
        [loginLabel]="label()"
        (signedIn)="hear($event)"
        (signInFailed)="hear($event)"
        (loggedOut)="hear($event)"
        (statusChange)="hear($event)"
      ></genesys-auth-messenger>
    }
    <p>
      <button (click)="shown.set(!shown())">{{ shown() ? 'Take away' : 'Put back' }}</button>
      <button (click)="label.set('Log in, renamed')">Rename</button>
    </p>
    <p>
      Heard: <output>{{ heard().join(' ') }}</output>
    </p>
  `,
})
class BrandPage {
  readonly settings = settings;
  readonly shown = signal(true);
  readonly label = signal('Log in from Angular');
  readonly heard = signal<string[]>([]);

  constructor() {
    // In the browser only, and after the first render: what was set before is not lost.
    afterNextRender(() => void import('genesys-auth-messenger/define'));
  }

  hear({ type }: Event): void {
    this.heard.update((before) => [...before, type]);
  }
}

void bootstrapApplication(BrandPage, { providers: [provideZonelessChangeDetection()] });
