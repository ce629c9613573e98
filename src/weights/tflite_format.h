// From the generated schema's enums and unions to those of tflite.h. Only tflite.cpp needs it: no
// other header includes FlatBuffers.
#pragma once

#include "weights/tflite.h"
#include "weights/tflite_schema_generated.h"

namespace lens {

ElementType element_type(schema::TensorType type);

// `other` for operators that no MobileNet needs.
TfliteOp op_of(int code);

// Fills in the fields that the operator's kind has.
void read_options(const schema::Operator& from, TfliteOperator& op);

}  // namespace lens
