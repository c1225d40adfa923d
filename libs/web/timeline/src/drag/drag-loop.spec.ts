import { DragLoop, type DragOutcome } from './drag-loop';
import type { Gesture } from './draft';

const gesture: Gesture = { kind: 'move', line: 0, grabbed: 0 };

function aDrag() {
  const frames: (() => void)[] = [];
  const drawn: DragOutcome[] = [];
  const dropped: DragOutcome[] = [];
  let aborted = 0;
  let scrolledX = 0;
  const loop = new DragLoop(
    {
      pointAt: ({ x, y }) => ({ time: x + scrolledX, line: Math.floor(y / 40) }),
      bounds: () => ({ left: 0, right: 1000, top: 0, bottom: 800 }),
      scrollBy: (x) => {
        scrolledX += x;
        return true;
      },
    },
    { draw: (it) => drawn.push(it), drop: (it) => dropped.push(it), abort: () => aborted++ },
    { request: (it) => frames.push(it), cancel: () => frames.splice(0) },
  );
  const paint = () => frames.splice(0).forEach((it) => it());
  return { loop, frames, drawn, dropped, paint, abortions: () => aborted };
}

describe('drag loop', () => {
  it('draws once a frame however often the pointer moves', () => {
    const { loop, drawn, frames, paint } = aDrag();
    loop.start(gesture, { x: 500, y: 100 }, false);
    for (let x = 500; x < 540; x++) loop.move({ x, y: 130 }, false);

    expect(frames).toHaveLength(1);
    paint();

    expect(drawn).toHaveLength(1);
    expect(drawn[0]!.at).toEqual({ time: 539, line: 3 });
  });

  it('tells a click from a drag', () => {
    const { loop, dropped } = aDrag();
    loop.start(gesture, { x: 500, y: 100 }, false);
    loop.move({ x: 502, y: 101 }, false);
    loop.release();
    loop.start(gesture, { x: 500, y: 100 }, true);
    loop.move({ x: 520, y: 101 }, true);
    loop.release();

    expect(dropped.map((it) => [it.isClick, it.copies])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('goes on scrolling while the pointer rests at an edge', () => {
    const { loop, drawn, paint } = aDrag();
    loop.start(gesture, { x: 500, y: 400 }, false);
    loop.move({ x: 995, y: 400 }, false);
    paint();
    paint();
    paint();

    expect(drawn).toHaveLength(3);
    expect(drawn[2]!.at.time).toBeGreaterThan(drawn[0]!.at.time);
  });

  it('forgets everything when aborted', () => {
    const { loop, drawn, dropped, paint, abortions } = aDrag();
    loop.start(gesture, { x: 500, y: 400 }, false);
    loop.move({ x: 600, y: 400 }, false);
    loop.abort();
    paint();
    loop.release();

    expect([drawn.length, dropped.length, abortions()]).toEqual([0, 0, 1]);
  });
});
