#include <GLES3/gl3.h>

#include "ui/gpu.h"

namespace lens::ui::gpu {

ImTextureID create_texture(int width, int height, const std::uint32_t* rgba) {
  GLuint name = 0;
  glGenTextures(1, &name);
  glBindTexture(GL_TEXTURE_2D, name);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, rgba);
  return reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(name));
}

void delete_texture(ImTextureID id) {
  const GLuint name = static_cast<GLuint>(reinterpret_cast<std::uintptr_t>(id));
  glDeleteTextures(1, &name);
}

}  // namespace lens::ui::gpu
