#include "engine/simd/f32x4_scalar.h"
#define SIMD_UNDER_TEST simd_scalar
#define SIMD_NAME "scalar"
#include "f32x4_cases.h"
