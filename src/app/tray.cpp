// The tray of photos whose gates are compared: how photos get into it.
#include "app/app.h"
#include "platform/shell.h"

namespace lens {

void App::add_samples_to_tray() {
  for (std::size_t i = 0; i < samples_.size(); ++i) {
    const int id = tray_.expect(samples_[i].name);
    if (id != 0) shell::request_tray_sample(static_cast<int>(i), id);
  }
}

Result<bool> App::tray_photo_arrived(int id, std::string name, const ImageView& image) {
  Result<Photo> photo = prepare_photo(std::move(name), image, ++photos_);
  if (!photo) {
    tray_.failed(id, photo.error());
    return photo.error();
  }
  return tray_.arrived(id, std::make_shared<const Photo>(std::move(photo).value()));
}

void App::tray_photo_failed(int id, const Error& why) {
  tray_.failed(id, why);
}

}  // namespace lens
