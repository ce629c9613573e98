// Files for the visitor.

export function download(blob, name) {
  const link = Object.assign(document.createElement('a'), {href: URL.createObjectURL(blob), download: name});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// A part of a WebGL canvas as a PNG; box in CSS pixels. Call it right after drawing: later the
// browser has taken the picture away.
export function cutOut(canvas, {x, y, width, height}) {
  const ratio = canvas.width / canvas.clientWidth;
  const picture = new OffscreenCanvas(Math.round(width * ratio), Math.round(height * ratio));
  picture.getContext('2d').drawImage(canvas, -Math.round(x * ratio), -Math.round(y * ratio));
  return picture.convertToBlob({type: 'image/png'});
}
