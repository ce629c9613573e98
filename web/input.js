// What the visitor does to the page, passed on: files, keys, wheel. Pointer events reach the canvas
// through SDL.

const filesOf = (list) => Array.from(list, (blob) => ({blob, name: blob.name || 'pasted image'}));

function listenForDrops(takeFiles) {
  const hint = document.getElementById('drop-hint');
  let depth = 0;  // dragenter and dragleave come for every element on the way
  const carriesFiles = (event) => event.dataTransfer?.types.includes('Files');
  const show = (on) => { hint.hidden = !on; };
  addEventListener('dragenter', (event) => { if (carriesFiles(event)) show(++depth > 0); });
  addEventListener('dragleave', (event) => { if (carriesFiles(event)) show((depth = Math.max(0, depth - 1)) > 0); });
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    show((depth = 0) > 0);
    if (event.dataTransfer.files.length) takeFiles(filesOf(event.dataTransfer.files));
  });
}

function listenForPaste(takeFiles) {
  addEventListener('paste', (event) => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    takeFiles(filesOf(event.clipboardData.files));
  });
}

// The only chords that are ours; all others stay the browser's.
function undoKey({key, shiftKey}) {
  if (key.toLowerCase() === 'y') return 'Redo';
  if (key.toLowerCase() === 'z') return shiftKey ? 'Redo' : 'Undo';
  return null;
}

function listenForKeys(bridge, frames) {
  addEventListener('keydown', (event) => {
    const inText = event.target.closest?.('#twin');
    if (inText || event.altKey || event.isComposing) return;
    const chord = event.ctrlKey || event.metaKey;
    const key = chord ? undoKey(event) : event.key;
    if (!key || !bridge.key(key, event.shiftKey)) return;
    event.preventDefault();
    frames.wake();
  });
}

function listenForWheel(canvas, bridge, frames) {
  const lineHeight = 16;
  // On the window, in the capture phase: before SDL, which knows whole clicks only and would take
  // the browser's own zoom away.
  addEventListener('wheel', (event) => {
    if (event.target !== canvas) return;
    event.stopImmediatePropagation();
    if (event.ctrlKey) return;
    event.preventDefault();
    const unit = [1, lineHeight, innerHeight][event.deltaMode];
    bridge.module._lens_wheel(event.deltaX * unit, event.deltaY * unit);
    frames.wake();
  }, {capture: true, passive: false});
}

function listenForRedraws(canvas, bridge, frames) {
  for (const type of ['pointermove', 'pointerdown', 'pointerup', 'pointerleave', 'pointercancel']) {
    canvas.addEventListener(type, (event) => {
      bridge.module._lens_shift(event.shiftKey ? 1 : 0);  // a shift-click: SDL hears no keys
      frames.wake();
    });
  }
  addEventListener('resize', () => frames.wake());
  const watchRatio = () => matchMedia(`(resolution: ${devicePixelRatio}dppx)`)
      .addEventListener('change', () => { frames.wake(); watchRatio(); }, {once: true});
  watchRatio();
}

// takeFiles(list of {blob, name}) must not throw.
export function listen({canvas, picker, bridge, frames, takeFiles}) {
  listenForDrops(takeFiles);
  listenForPaste(takeFiles);
  picker.addEventListener('change', () => {
    if (picker.files.length) takeFiles(filesOf(picker.files));
    picker.value = '';
  });
  listenForKeys(bridge, frames);
  listenForWheel(canvas, bridge, frames);
  listenForRedraws(canvas, bridge, frames);
}
