// float32 or int8: what the visitor wishes, and what the model at hand can do. A published file is
// quantized, and its float weights are those integers dequantized: a model holds both, and a switch
// fetches nothing.
#include "app/app.h"

namespace lens {

Precision App::precision_of(const ReadyModel& model) const {
  if (!model.model) return wished_;  // not known yet
  return model.info.has_int8() ? wished_ : Precision::float32;
}

Precision App::precision() const {
  return snapshot_ ? snapshot_->precision : precision_of(*shown_);
}

Result<bool> App::check_precision(Precision precision, const Target& target) {
  const auto model = library_.find(*target.entry, target.variant);
  if (precision == Precision::float32 || !model || model->info.has_int8()) return true;
  return model->info.no_int8;
}

Result<bool> App::set_precision(Precision precision) {
  if (Result<bool> can = check_precision(precision, wanted()); !can) return can;
  if (activity_.loading) {
    if (wish_.precision == precision) return true;  // insisted on already
    wish_.precision.reset();
    wished_ = precision;  // the model on its way will run in it
    return true;
  }
  if (precision == wished_) return true;
  wished_ = precision;
  run({job_.model ? job_.model : shown_, job_.photo ? job_.photo : photo_});
  return true;
}

}  // namespace lens
