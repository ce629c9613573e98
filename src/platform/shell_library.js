// The C++ side's calls to the page (src/platform/shell.h), handed to the `shell` object that
// web/shell.js passes to createLens(). Plain functions: emcc 3.1.6 does not read arrow functions here.
mergeInto(LibraryManager.library, {
  shell_request_model: function(id, width, resolution) {
    Module['shell'].requestModel(UTF8ToString(id), width, resolution);
  },
  shell_request_sample: function(index) {
    Module['shell'].requestSample(index);
  },
  shell_request_tray_sample: function(index, id) {
    Module['shell'].requestTraySample(index, id);
  },
  shell_open_picker: function() {
    Module['shell'].openPicker();
  },
  shell_toggle_camera: function() {
    Module['shell'].toggleCamera();
  },
  shell_event: function(name, detail) {
    Module['shell'].event(UTF8ToString(name), JSON.parse(UTF8ToString(detail)));
  },
  shell_set_hash: function(text) {
    Module['shell'].setHash(UTF8ToString(text));
  },
  shell_save_text: function(name, type, text) {
    Module['shell'].saveText(UTF8ToString(name), UTF8ToString(type), UTF8ToString(text));
  },
  shell_save_picture: function(name, x, y, width, height) {
    Module['shell'].savePicture(UTF8ToString(name), {x: x, y: y, width: width, height: height});
  },
  shell_remember_theme: function(dark) {
    Module['shell'].rememberTheme(dark !== 0);
  },
});
