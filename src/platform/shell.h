// What the application asks of the page around it. The JavaScript side is shell_library.js, which
// hands over to web/shell.js; tests have an implementation of their own. What the page asks of the
// application are the exports of app/main.cpp.
#pragma once

#include <string>

namespace lens::shell {

// The files of a published model; the page answers with lens_model_files or lens_model_failed.
void request_model(const std::string& id, double width, int resolution);

// One of the sample photos; the page answers with lens_photo.
void request_sample(int index);

// One of them for the tray of compared photos, under an id; the page answers with lens_tray_photo
// or lens_tray_photo_failed.
void request_tray_sample(int index, int id);

// The browser's file dialog.
void open_picker();

// Starts the camera, or stops it; the page answers with lens_camera.
void toggle_camera();

// 'prediction' | 'selection' | 'error' for window.lens.on and the DOM twin. detail: JSON.
void event(const std::string& name, const std::string& detail);

// The state that a link restores, as the text after '#'.
void set_hash(const std::string& text);

// A download: a text, or a part of the canvas (CSS pixels) as a PNG.
void save_text(const std::string& name, const std::string& type, const std::string& text);
void save_picture(const std::string& name, float x, float y, float width, float height);

// Remembered for the next visit.
void remember_theme(bool dark);

}  // namespace lens::shell
