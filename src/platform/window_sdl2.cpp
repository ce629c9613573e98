#include <GLES3/gl3.h>
#include <SDL.h>
#include <emscripten/html5.h>

#include <algorithm>

#include "backends/imgui_impl_opengl3.h"
#include "backends/imgui_impl_sdl.h"
#include "imgui.h"
#include "platform/window.h"

namespace lens {

namespace {

constexpr const char* kCanvas = "#canvas";

SDL_Window* create_window() {
  // SDL would swallow the browser's own shortcuts: it listens where no key arrives, and
  // web/input.js passes keys on.
  SDL_SetHint(SDL_HINT_EMSCRIPTEN_KEYBOARD_ELEMENT, "#sdl-keyboard");
  if (SDL_Init(SDL_INIT_VIDEO) != 0) return nullptr;
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_ES);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 0);
  return SDL_CreateWindow("MobileNet Lens", 0, 0, 640, 400,
                          SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
}

}  // namespace

Result<bool> Window::open() {
  SDL_Window* window = create_window();
  SDL_GLContext context = window ? SDL_GL_CreateContext(window) : nullptr;
  if (!context) {
    return Error{
        "This browser gives the page no WebGL2, which it needs to draw.",
        "Turn hardware acceleration on, or try a current Chrome, Firefox, Edge or Safari."};
  }
  window_ = window;
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
  ImGui_ImplSDL2_InitForOpenGL(window, context);
  ImGui_ImplOpenGL3_Init("#version 300 es");
  follow_canvas();
  return true;
}

void Window::follow_canvas() {
  double width = 0;
  double height = 0;
  emscripten_get_element_css_size(kCanvas, &width, &height);
  const float ratio = static_cast<float>(emscripten_get_device_pixel_ratio());
  const float new_width = static_cast<float>(static_cast<int>(width));
  const float new_height = static_cast<float>(static_cast<int>(height));
  if (new_width == width_ && new_height == height_ && ratio == dpr_) return;
  width_ = new_width;
  height_ = new_height;
  dpr_ = ratio;
  SDL_SetWindowSize(static_cast<SDL_Window*>(window_), static_cast<int>(width),
                    static_cast<int>(height));
}

void Window::begin_frame() {
  for (SDL_Event event; SDL_PollEvent(&event) != 0;) ImGui_ImplSDL2_ProcessEvent(&event);
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplSDL2_NewFrame();
  ImGuiIO& io = ImGui::GetIO();
  io.DeltaTime = std::clamp(io.DeltaTime, 1e-4f, 0.1f);  // coarse browser clocks give 0
  // ImGui scrolls five lines of text per unit of wheel.
  const float line = 5 * ImGui::GetFontSize();
  if (line > 0) {
    io.MouseWheelH -= wheel_x_ / line;
    io.MouseWheel -= wheel_y_ / line;
    wheel_x_ = wheel_y_ = 0;
  }
  io.KeyShift = shift_;
  ImGui::NewFrame();
}

void Window::wheel(float dx, float dy) {
  wheel_x_ += dx;
  wheel_y_ += dy;
}

void Window::end_frame() {
  ImGui::Render();
  const ImGuiIO& io = ImGui::GetIO();
  glViewport(0, 0, static_cast<int>(io.DisplaySize.x * io.DisplayFramebufferScale.x),
             static_cast<int>(io.DisplaySize.y * io.DisplayFramebufferScale.y));
  const ImVec4 ground = ImGui::GetStyle().Colors[ImGuiCol_WindowBg];
  glClearColor(ground.x, ground.y, ground.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

void Window::rebuild_gpu_objects() {
  // The font's texture alone: the backend would give up its vertex buffers, too, and go on
  // believing that the new ones are as large as those were.
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_CreateFontsTexture();
}

}  // namespace lens
