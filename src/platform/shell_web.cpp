#include "platform/shell.h"

// shell_library.js
extern "C" {
void shell_request_model(const char* id, double width, int resolution);
void shell_request_sample(int index);
void shell_request_tray_sample(int index, int id);
void shell_open_picker();
void shell_toggle_camera();
void shell_event(const char* name, const char* detail);
void shell_set_hash(const char* text);
void shell_save_text(const char* name, const char* type, const char* text);
void shell_save_picture(const char* name, float x, float y, float width, float height);
void shell_remember_theme(int dark);
}

namespace lens::shell {

void request_model(const std::string& id, double width, int resolution) {
  shell_request_model(id.c_str(), width, resolution);
}

void request_sample(int index) {
  shell_request_sample(index);
}

void request_tray_sample(int index, int id) {
  shell_request_tray_sample(index, id);
}

void open_picker() {
  shell_open_picker();
}

void toggle_camera() {
  shell_toggle_camera();
}

void event(const std::string& name, const std::string& detail) {
  shell_event(name.c_str(), detail.c_str());
}

void set_hash(const std::string& text) {
  shell_set_hash(text.c_str());
}

void save_text(const std::string& name, const std::string& type, const std::string& text) {
  shell_save_text(name.c_str(), type.c_str(), text.c_str());
}

void save_picture(const std::string& name, float x, float y, float width, float height) {
  shell_save_picture(name.c_str(), x, y, width, height);
}

void remember_theme(bool dark) {
  shell_remember_theme(dark);
}

}  // namespace lens::shell
