import { DOCUMENT, Injectable, inject } from '@angular/core';

/** The browser one sits at: cannot show pushes, was told not to, does not, does. */
export type PushState = 'unsupported' | 'denied' | 'off' | 'on';

const WORKER = '/push-worker.js';
const KEPT = 'berth.push';

interface ScriptPolicy {
  createScriptURL(url: string): string;
}
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptPolicy;
}

/** Push in this browser (RFC 8030, Notification and Push API): permission, worker, subscription. */
@Injectable({ providedIn: 'root' })
export class PushDevice {
  private readonly window = inject(DOCUMENT).defaultView as (Window & typeof globalThis & { trustedTypes?: PolicyFactory }) | null;
  private policy: ScriptPolicy | null = null;

  async state(): Promise<PushState> {
    const { window } = this;
    if (!window || !('PushManager' in window) || !('Notification' in window) || !('serviceWorker' in window.navigator))
      return 'unsupported';
    if (window.Notification.permission === 'denied') return 'denied';
    return (await this.id()) === null ? 'off' : 'on';
  }

  /** Under which id the server knows this browser; null where it does not. */
  async id(): Promise<string | null> {
    const endpoint = await this.endpoint();
    const kept = JSON.parse(this.window?.localStorage.getItem(KEPT) ?? 'null') as { endpoint: string; id: string } | null;
    return kept !== null && kept.endpoint === endpoint ? kept.id : null;
  }

  /** Keeps what the server calls this browser: it does not tell addresses of browsers. */
  remember(endpoint: string, id: string): void {
    this.window?.localStorage.setItem(KEPT, JSON.stringify({ endpoint, id }));
  }

  /**
   * Asks for permission and subscribes.
   * @param key what the browser knows this installation by (VAPID, base64url)
   * @returns null where permission was not given
   * @throws DOMException where the browser reaches no push service
   */
  async turnOn(key: string): Promise<PushSubscriptionJSON | null> {
    const { window } = this;
    if (!window || (await window.Notification.requestPermission()) !== 'granted') return null;
    const registration = await this.worker(window.navigator.serviceWorker);
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    return subscription.toJSON();
  }

  async turnOff(): Promise<void> {
    const registration = await this.window?.navigator.serviceWorker.getRegistration();
    await (await registration?.pushManager.getSubscription())?.unsubscribe();
  }

  private async endpoint(): Promise<string | null> {
    const registration = await this.window?.navigator.serviceWorker?.getRegistration();
    return (await registration?.pushManager?.getSubscription())?.endpoint ?? null;
  }

  private async worker(container: ServiceWorkerContainer): Promise<ServiceWorkerRegistration> {
    if (!(await container.getRegistration())) await container.register(this.trusted(WORKER));
    return container.ready;
  }

  /** Only this one script may become a worker; the content security policy names the policy. */
  private trusted(url: string): string {
    this.policy ??= this.window?.trustedTypes?.createPolicy('berth#worker', { createScriptURL: onlyTheWorker }) ?? null;
    return this.policy?.createScriptURL(url) ?? url;
  }
}

function onlyTheWorker(url: string): string {
  if (url !== WORKER) throw new TypeError(`${url} is no worker of this console`);
  return url;
}
