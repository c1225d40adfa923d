import { domainToASCII } from 'node:url';

/** Names in lower case and ASCII; the last is no number, so that it is no address of a machine. */
export const DOMAIN = /^(?=.{1,253}$)([a-z0-9-]+\.)+[a-z0-9-]*[a-z][a-z0-9-]*$/;
/** What `domainToASCII` would read as ends of a URL, or decode. */
const OF_URLS = /[/?#%\\:@]/;

/** A domain as it is kept and compared: lower case, and ASCII however it was written (RFC 5891); '' for what can be none. */
export const writtenDomain = (text: string): string => (OF_URLS.test(text) ? '' : domainToASCII(text.trim()));

/** The domain in what somebody typed; undefined where there is none. */
export function domainIn(text: string | undefined): string | undefined {
  const domain = writtenDomain(text ?? '');
  return DOMAIN.test(domain) ? domain : undefined;
}
