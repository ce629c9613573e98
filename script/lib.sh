# Sourced by the scripts beside it: where things are, and steps with their time.
# Sets root (the repository), cache (the user's), python (the one that Debian's packages serve),
# web_presets (the builds that the page chooses from).

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/mobilenet-lens
python=/usr/bin/python3
logs=$root/build/logs
web_presets=(web web-relaxed web-relaxed-threads)
# For emcc: a version manager's python3 in front of it takes longer to start than a file to compile.
export EMSDK_PYTHON=$python

seconds_since() { # seconds_since EPOCHREALTIME
  awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.1f", to - from }'
}

say() { printf '%s\n' "$*"; }

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# step TITLE LOG COMMAND...: runs it with its output in build/logs/LOG.log, then prints one line with
# the time. On failure shows the end of the log and returns the command's status.
step() {
  local title=$1 log=$logs/$2.log from=$EPOCHREALTIME status=0
  shift 2
  mkdir -p "$logs"
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if [ $status = 0 ]; then
    printf '%7ss  %s\n' "$(seconds_since "$from")" "$title"
    return 0
  fi
  printf '%7ss  %s: FAILED (status %s), the end of %s:\n' \
    "$(seconds_since "$from")" "$title" $status "${log#"$root"/}"
  tail -n 80 "$log"
  return $status
}

# build PRESET [TARGET]: configures when that is due, then builds. (ninja itself notices a changed
# CMakeLists.txt, but not the presets.)
build() {
  if [ ! "$root/build/$1/build.ninja" -nt "$root/CMakePresets.json" ]; then
    cmake --preset "$1" || return
  fi
  cmake --build --preset "$1" ${2:+--target "$2"}
}

# Puts the models, labels and photos that can be had into build/site/assets.
lay_out_assets() { node "$root/script/assets.mjs" "$root/build/site"; }
