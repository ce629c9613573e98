// Draws only when there is something to draw, and lets a running inference work in between: an event
// or a result asks for frames, idle means none at all. Work never waits for the display.

const kSettling = 3;      // frames after the last event, for hover and layout to come to rest
const kSliceMs = 8;       // of work, half of a 60 Hz frame: events get their turn in between
const kProgressMs = 100;  // between frames that show how far a long run has come
const kArrived = 2;       // lens_work: a result wants to be drawn

export class Frames {
  // draw() -> another frame is wanted; work(ms) -> lens_work's answer; busy() -> a run or a download
  // is under way; cut(box) -> a part of what has just been drawn, as a promise of a blob.
  constructor({draw, work, busy, cut}) {
    Object.assign(this, {draw, work, busy, cut});
    this.wanted = 0;
    this.scheduled = false;
    this.working = false;
    this.drawnAt = 0;
    this.firstDrawn = null;  // called once
    this.waiting = [];
    this.captures = [];
    this.stopped = true;  // until start()
    this.channel = new MessageChannel();
    this.channel.port1.onmessage = () => this.slice();
    document.addEventListener('visibilitychange', () => this.wake());
  }

  // There is something to draw on: until now there was work alone. Resolves when it shows a picture.
  start() {
    this.stopped = false;
    this.wake();
    return new Promise((resolve) => { this.firstDrawn = resolve; });
  }

  // Something has happened: draw a few frames, and take up work if there is any.
  wake(frames = kSettling) {
    this.wanted = Math.max(this.wanted, frames);
    this.schedule();
    this.takeUpWork();
  }

  takeUpWork() {
    if (this.working) return;
    this.working = true;
    this.channel.port2.postMessage(0);
  }

  schedule() {
    if (this.scheduled || this.stopped) return;
    this.scheduled = true;
    const tick = () => this.tick();
    // A hidden tab gets no animation frames, but a run that was asked for still comes to its end.
    if (document.hidden) setTimeout(tick, 16);
    else requestAnimationFrame(tick);
  }

  slice() {
    const answer = this.work(kSliceMs);
    this.working = answer !== 0;
    if (this.working) this.channel.port2.postMessage(0);
    if (answer === kArrived) this.wake();
    else if (this.running() && performance.now() - this.drawnAt > kProgressMs) this.wake(1);
    else this.settle();
  }

  // A result is on its way, and nothing on the screen is going to change before.
  running() {
    return this.working && this.busy();
  }

  // The frames after an event's first one: where they take long, a result would wait for them.
  settle() {
    if (this.wanted > 0 && !this.running()) this.schedule();
  }

  tick() {
    this.scheduled = false;
    if (this.stopped) return;
    const more = this.draw();
    this.drawnAt = performance.now();
    if (this.firstDrawn) setTimeout(this.firstDrawn);  // the browser puts it on the screen first
    this.firstDrawn = null;
    this.takeUpWork();  // a frame carries out what a view or the visitor has asked for
    this.captures.splice(0).forEach(({box, resolve}) => resolve(this.cut(box)));
    this.wanted = more ? Math.max(this.wanted - 1, 2) : this.wanted - 1;
    if (!this.busy()) this.waiting.splice(0).forEach((resolve) => resolve());
    // Whoever waits is woken by the result's frame; until then nothing needs to be drawn.
    if (more) this.schedule();
    else this.settle();
  }

  // A part of the next frame (CSS pixels) as a PNG.
  capture(box) {
    return new Promise((resolve) => {
      this.captures.push({box, resolve});
      this.wake();
    });
  }

  // Resolves once what is under way has ended and has been drawn.
  settled() {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.wake();
    });
  }
}
