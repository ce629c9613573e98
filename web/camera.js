// The live camera: each picture that the network has time for goes the road of a photo. Nothing is asked
// of the browser before start(), and nothing is recorded or sent.
import {PlainError} from './assets.js';
import {pixelsOf} from './photos.js';

// Enough for the largest input, 224 × 224 of the centre square; more would only cost time.
const kWanted = {video: {width: {ideal: 640}, height: {ideal: 480}}, audio: false};

function plain(error) {
  switch (error.name) {
    case 'NotAllowedError':
      return new PlainError('The camera was not allowed.', "Allow it in the browser's address bar, then try again.");
    case 'NotFoundError':
    case 'OverconstrainedError':
      return new PlainError('There is no camera on this computer.', 'Open or drop a photo instead.');
    case 'NotReadableError':
      return new PlainError('The camera gives no picture.', 'Another program may be using it: close that and try again.');
    default:
      return new PlainError(`The camera does not start: ${error.message}`, 'Open or drop a photo instead.');
  }
}

export class Camera {
  #order = 0;  // of the latest start or stop
  #stream = null;
  #pixels = null;  // the latest picture taken
  #fresh = false;  // the video has a picture that has not been offered yet

  // take(pixels, live): a picture for the network; busy(): it has no time; changed(on).
  constructor(video, {take, busy, changed}) {
    Object.assign(this, {video, take, busy, changed});
    document.addEventListener('visibilitychange', () => { if (document.hidden) this.stop(); });
  }

  get on() { return this.#stream !== null; }

  // Rejects with a PlainError where there is no picture to be had.
  async start() {
    if (!navigator.mediaDevices?.getUserMedia) {
      throw new PlainError('This page may not use a camera.', 'Cameras need a page from https or from this computer.');
    }
    const order = ++this.#order;
    const stream = await navigator.mediaDevices.getUserMedia(kWanted).catch((error) => { throw plain(error); });
    const stopTracks = () => stream.getTracks().forEach((track) => track.stop());
    if (order !== this.#order) return stopTracks();  // stopped again while the browser asked
    this.#stream = stream;
    stream.getVideoTracks()[0].addEventListener('ended', () => this.stop());
    this.video.srcObject = stream;
    this.changed(true);
    await this.video.play().catch(() => {});  // a stop in between ends it
    if (order === this.#order) this.#watch(order);
  }

  // keep: the last picture stays as a photo.
  stop({keep = true} = {}) {
    ++this.#order;
    if (!this.on) return;
    this.#stream.getTracks().forEach((track) => track.stop());
    this.#stream = null;
    this.#fresh = false;
    this.video.srcObject = null;
    this.changed(false);
    if (keep && this.#pixels) this.take(this.#pixels, false);
    this.#pixels = null;
  }

  // Offers the newest picture unless the network is at work: there is no queue.
  offer() {
    if (!this.on || !this.#fresh || this.busy()) return;
    this.#fresh = false;
    this.#pixels = pixelsOf(this.video, this.video.videoWidth, this.video.videoHeight);
    this.take(this.#pixels, true);
  }

  #watch(order) {
    const next = () => {
      if (order !== this.#order) return;
      this.#fresh = this.video.videoWidth > 0;
      this.offer();
      this.#watch(order);
    };
    if (this.video.requestVideoFrameCallback) this.video.requestVideoFrameCallback(next);
    else requestAnimationFrame(next);
  }
}
