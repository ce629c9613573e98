// What each command of a view does.
#include "app/app.h"
#include "platform/shell.h"

namespace lens {

namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

void save_table(const SaveTable& save) {
  if (save.format == TableFormat::csv) {
    shell::save_text(save.name + ".csv", "text/csv", to_csv(save.table));
  } else {
    shell::save_text(save.name + ".json", "application/json", to_json(save.table));
  }
}

}  // namespace

void App::carry_out(const Command& command) {
  std::visit(Overloaded{
                 [&](const ChooseModel& to) {
                   choose({find_model(to.id), to.variant});
                 },
                 [&](const ChoosePrecision& to) {
                   const Result<bool> set = set_precision(to.precision);
                   if (!set) show_error(set.error());
                 },
                 [&](const ChooseSample& to) { shell::request_sample(to.index); },
                 [&](const OpenFile&) { shell::open_picker(); },
                 [&](const ToggleCamera&) { shell::toggle_camera(); },
                 [&](const ToggleTheme&) {
                   dark_ = !dark_;
                   shell::remember_theme(dark_);
                 },
                 [&](const ToggleHelp&) { help_open_ = !help_open_; },
                 [&](const DismissNotice&) { notice_.reset(); },
                 [&](const Intervene& change) {
                   selection_.before = false;
                   if (!history_.set(change.interventions, change.same_gesture)) return;
                   change.same_gesture ? follow_gesture() : run_what_if();
                 },
                 [&](const SweepActivation& wanted) {
                   background_.sweep(wanted.activation, wanted.nodes);
                 },
                 [&](const MeasureZeros& wanted) { measure_zeros(wanted.all); },
                 [&](const UndoIntervention&) {
                   history_.undo();
                   run_what_if();
                 },
                 [&](const RedoIntervention&) {
                   history_.redo();
                   run_what_if();
                 },
                 [&](const MeasureTimes&) { toggle_measurement(); },
                 [&](const AddSamplesToTray&) { add_samples_to_tray(); },
                 [&](const AddPhotoToTray&) {
                   if (photo_) tray_.add(photo_);
                 },
                 [&](const RemoveFromTray& gone) { tray_.remove(gone.id); },
                 [&](const SaveTable& save) { save_table(save); },
                 [&](const SavePicture& save) {
                   shell::save_picture(save.name + ".png", save.x, save.y, save.width, save.height);
                 },
             },
             command);
}

void App::carry_out_commands() {
  Commands commands;
  commands.swap(commands_);
  for (const Command& command : commands) carry_out(command);
}

}  // namespace lens
