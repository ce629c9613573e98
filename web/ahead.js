// What the first prediction needs beside the program is fetched while the program itself comes and is
// compiled.
import {loadFile, loadManifest, loadModelFiles} from './assets.js';
import {decodePhoto} from './photos.js';

// How long a model that is here waits for the photo: a photo's decoding goes to and fro between
// threads, and would stand still for all the time that the model is taken in.
const kPhotoMs = 100;

const kFirstPhoto = 'bird.bmp';
// What the C++ side shows without a link (src/app/app.cpp). Another guess would cost time alone.
const kDefault = {model: 'v2', width: 1, resolution: 224};

function linkedModel(models, hash) {
  const link = new URLSearchParams(hash.slice(1));
  const model = link.get('model') ?? kDefault.model;
  const width = Number(link.get('width') ?? kDefault.width);
  const resolution = Number(link.get('resolution') ?? kDefault.resolution);
  return models.find(
      (entry) => entry.model === model && entry.width === width && entry.resolution === resolution);
}

// A failure is told when, and only if, somebody asks for the result.
function begun(promise) {
  promise.catch(() => {});
  return promise;
}

export class Ahead {
  static async start(hash) {
    return new Ahead(await loadManifest(), hash);
  }

  constructor(manifest, hash) {
    this.manifest = manifest;
    this.model = linkedModel(manifest.models, hash);
    this.onProgress = () => {};
    if (this.model) {
      this.files = begun(loadModelFiles(this.model, (...progress) => this.onProgress(...progress)));
    }
    this.labels = begun(loadFile(manifest.labels, 'models'));
    this.first = manifest.photos.find(({name}) => name === kFirstPhoto) ?? manifest.photos[0];
    if (this.first) this.pixels = begun(this.decodeFirst());
    // Resolves when all that the first prediction is made of is here.
    this.arrived = begun(Promise.all([this.files, this.labels, this.pixels]).then(() => {}));
  }

  async decodeFirst() {
    const {name} = this.first;
    return decodePhoto(new Blob([await loadFile(this.first, 'photos')]), name);
  }

  // As loadModelFiles(); those that are on their way already, once, and after the first photo.
  async modelFiles(entry, onProgress) {
    if (entry !== this.model) return loadModelFiles(entry, onProgress);
    const {files} = this;
    this.model = this.files = null;  // megabytes that nobody asks for again
    this.onProgress = onProgress;
    const model = await files;
    await Promise.race([this.pixels, new Promise((resolve) => setTimeout(resolve, kPhotoMs))]).catch(() => {});
    return model;
  }
}
