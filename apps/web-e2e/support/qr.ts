import type { Locator } from '@playwright/test';
import decode from 'qr/decode.js';

/** What a camera reads of a QR code as it is drawn on the page. @throws where there is none that can be read */
export async function readCode(drawn: Locator): Promise<string> {
  const picture = (await drawn.screenshot()).toString('base64');
  const { width, height, data } = await drawn.page().evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const pen = canvas.getContext('2d')!;
    pen.drawImage(image, 0, 0);
    return { width: image.width, height: image.height, data: [...pen.getImageData(0, 0, image.width, image.height).data] };
  }, picture);
  // The machine may be slow; a phone has more than one frame to look at, too.
  return decode({ width, height, data: Uint8Array.from(data) }, { timeLimit: 5_000 });
}
