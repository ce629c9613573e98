// Included into Dear ImGui's OpenGL side ahead of everything. Around each frame that saves the
// state which other code may have set, and WebGL answers such questions only when all drawing
// before them has been done: the page stood still for the 0.2 s in which a software renderer
// translates its shaders. Nothing else draws in this page, so the answers are known: the state at
// the start.
#pragma once

#include <GLES3/gl3.h>

inline void known_gl_state(GLenum name, GLint* value) {
  switch (name) {
    case GL_ACTIVE_TEXTURE:
      *value = GL_TEXTURE0;
      return;
    case GL_CURRENT_PROGRAM:
    case GL_TEXTURE_BINDING_2D:
    case GL_ARRAY_BUFFER_BINDING:
    case GL_VERTEX_ARRAY_BINDING:
      *value = 0;
      return;
    case GL_VIEWPORT:  // set anew for each frame (platform/window_sdl2.cpp)
    case GL_SCISSOR_BOX:
      for (int i = 0; i < 4; ++i) value[i] = 0;
      return;
    case GL_BLEND_SRC_RGB:
    case GL_BLEND_SRC_ALPHA:
      *value = GL_ONE;
      return;
    case GL_BLEND_DST_RGB:
    case GL_BLEND_DST_ALPHA:
      *value = GL_ZERO;
      return;
    case GL_BLEND_EQUATION_RGB:
    case GL_BLEND_EQUATION_ALPHA:
      *value = GL_FUNC_ADD;
      return;
    default:
      glGetIntegerv(name, value);
  }
}

#define glGetIntegerv known_gl_state
