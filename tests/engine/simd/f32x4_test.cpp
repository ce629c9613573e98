#include "engine/simd/f32x4.h"
#define SIMD_UNDER_TEST simd
#define SIMD_NAME "of this build"
#include "f32x4_cases.h"
