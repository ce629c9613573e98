# SDL2 for the web, only what a page with one WebGL canvas needs: video, events, clipboard, hints. The
# files are listed by folder; SDL's own CMake would probe for 9 minutes what its ready-made
# SDL_config_emscripten.h knows.
set(source ${LENS_TOOLCHAIN}/src/SDL2/src)
file(GLOB sdl2_files
     ${source}/*.c
     ${source}/atomic/*.c
     ${source}/cpuinfo/*.c
     ${source}/events/*.c
     ${source}/file/*.c
     ${source}/loadso/dummy/*.c
     ${source}/render/*.c
     ${source}/stdlib/*.c
     ${source}/thread/*.c
     ${source}/timer/*.c
     ${source}/timer/unix/*.c
     ${source}/video/*.c
     ${source}/video/emscripten/*.c
     ${source}/video/yuv2rgb/*.c)
if(LENS_WEB_VARIANT STREQUAL "relaxed-threads")
  file(GLOB thread_files ${source}/thread/pthread/*.c)
else()
  file(GLOB thread_files ${source}/thread/generic/*.c)
endif()

add_library(sdl2 STATIC ${sdl2_files} ${thread_files} no_gamepad.c)
target_include_directories(sdl2 SYSTEM PUBLIC ${LENS_TOOLCHAIN}/src/SDL2/include)
target_compile_definitions(
  sdl2 PRIVATE SDL_AUDIO_DISABLED=1 SDL_JOYSTICK_DISABLED=1 SDL_SENSOR_DISABLED=1
               SDL_RENDER_DISABLED=1 SDL_LOADSO_DISABLED=1)
target_compile_options(sdl2 PRIVATE -w -Os)
