# tflite_schema.fbs -> ${CMAKE_BINARY_DIR}/generated/weights/tflite_schema_generated.h by flatc, which
# runs on the building machine in the web build too.
# lens_tflite_schema: link it to include "weights/tflite_schema_generated.h".
find_program(LENS_FLATC flatc REQUIRED)

set(generated ${CMAKE_BINARY_DIR}/generated)
add_custom_command(
  OUTPUT ${generated}/weights/tflite_schema_generated.h
  COMMAND ${LENS_FLATC} --cpp --scoped-enums -o ${generated}/weights
          ${CMAKE_CURRENT_SOURCE_DIR}/weights/tflite_schema.fbs
  DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/weights/tflite_schema.fbs
  COMMENT "flatc tflite_schema.fbs"
  VERBATIM)
add_custom_target(lens_tflite_schema_header
                  DEPENDS ${generated}/weights/tflite_schema_generated.h)

add_library(lens_tflite_schema INTERFACE)
add_dependencies(lens_tflite_schema lens_tflite_schema_header)
# The library's headers and the generated one are third-party code to our warnings.
target_include_directories(lens_tflite_schema SYSTEM INTERFACE ${generated}
                                                               ${LENS_TOOLCHAIN}/include)
target_link_libraries(lens_weights PRIVATE lens_tflite_schema)
