// The canvas: a WebGL2 context, pointer events to ImGui, and drawing. Frames are asked for by the
// page (web/shell.js), which calls only when something has happened: there is no main loop here.
#pragma once

#include "base/result.h"

namespace lens {

class Window {
 public:
  // Fails with a plain sentence when the browser gives no WebGL2.
  Result<bool> open();

  // Takes over the canvas's size and pixel ratio; before begin_frame().
  void follow_canvas();
  // Hands the waiting pointer events to ImGui and begins its frame.
  void begin_frame();
  // Draws ImGui's list.
  void end_frame();
  // Scrolls by CSS pixels: SDL knows only wheel clicks, too coarse for a touchpad.
  void wheel(float dx, float dy);

  // Whether Shift is held down with the pointer.
  void shift(bool down) { shift_ = down; }

  // After the font atlas has changed.
  void rebuild_gpu_objects();

  float width() const { return width_; }  // CSS pixels

  float height() const { return height_; }

  float dpr() const { return dpr_; }  // device pixels per CSS pixel

 private:
  void* window_ = nullptr;  // SDL_Window
  float width_ = 0;
  float height_ = 0;
  float dpr_ = 0;
  float wheel_x_ = 0;
  float wheel_y_ = 0;
  bool shift_ = false;
};

}  // namespace lens
