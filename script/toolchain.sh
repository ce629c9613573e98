# Sourced by script/setup: the recipe of the toolchain folder. Its content names the folder, so a
# changed recipe makes a new one, and older clones keep theirs.

packages=(
  g++ cmake ninja-build ccache clang-format-14 clang-tidy-14                        # build, style
  catch2 libflatbuffers-dev flatbuffers-compiler libstb-dev nlohmann-json3-dev      # C++ libraries
  python3 python3-fonttools fonts-inter dpkg-dev git                                # fonts, sources
  chromium                                                                          # page tests
)
emscripten_packages=(emscripten binaryen)

# Sources that Debian packages only as shared libraries, pinned by their upstream version.
imgui_version=1.86
sdl2_version=2.26.5

# Prints "debian", or the folder of a current Emscripten (4 or newer) found on PATH.
find_emscripten() {
  local emcc folder version
  emcc=$(command -v emcc) || { echo debian && return; }
  folder=$(dirname "$(readlink -f "$emcc")")
  version=$(tr -d '" \n' <"$folder/emscripten-version.txt" 2>/dev/null) || version=0
  if [ "${version%%.*}" -ge 4 ]; then echo "$folder"; else echo debian; fi
}

describe_emscripten() {
  if [ "$1" = debian ]; then echo "Debian's emcc with LLVM and Binaryen of today"; else echo "emcc of $1"; fi
}

toolchain_prefix() { # toolchain_prefix EMSCRIPTEN
  local hash
  hash=$({ cat "$root"/{script/toolchain.sh,package.json,package-lock.json} && echo "$1"; } | sha256sum)
  echo "$cache/toolchain-${hash:0:12}"
}

install_node_modules() { # install_node_modules PREFIX
  cp "$root/package.json" "$root/package-lock.json" "$1/"
  (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund)
}

# apt-get source with a private configuration: the system's lists of sources stay as they are.
install_sources() { # install_sources PREFIX
  local apt=$1/apt options
  mkdir -p "$apt/parts" "$apt/lists/partial" "$1/src"
  local file
  for file in /etc/apt/sources.list.d/*.sources; do
    if [ -f "$file" ] && grep -qi debian "$file"; then
      sed 's/^Types:.*/Types: deb-src/' "$file" >"$apt/parts/$(basename "$file")"
    fi
  done
  if [ -f /etc/apt/sources.list ]; then
    sed -n '/debian/s/^deb /deb-src /p' /etc/apt/sources.list >"$apt/parts/system.list"
  fi
  options=(-q -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$apt/parts"
    -o "Dir::State::lists=$apt/lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=
    -o Acquire::Retries=3)
  # Only files are read and written, so this needs no root; apt's own sandbox user cannot write here.
  apt-get "${options[@]}" -o APT::Sandbox::User=root update
  (cd "$apt" && apt-get "${options[@]}" -o APT::Sandbox::User=root source --download-only imgui libsdl2)
  unpack_source "$apt" imgui "$imgui_version" "$1/src/imgui"
  unpack_source "$apt" libsdl2 "$sdl2_version" "$1/src/SDL2"
  rm -rf "$apt" "$1"/src/*.orig.tar.*
}

unpack_source() { # unpack_source FOLDER NAME VERSION TARGET
  local description
  description=$(echo "$1/$2"_"$3"[+-]*.dsc)
  if [ ! -f "$description" ]; then
    echo "$2: version $3 expected, found: $(ls "$1")"
    return 1
  fi
  dpkg-source --no-check -x "$description" "$4"
}

link_headers() { # link_headers PREFIX
  mkdir -p "$1/include"
  ln -sfn /usr/include/catch2 /usr/include/flatbuffers /usr/include/nlohmann "$1/include/"
  ln -sfn /usr/include/stb/stb_image.h "$1/include/stb_image.h"
}

executable() { # executable FILE, its text on standard input
  cat >"$1"
  chmod +x "$1"
}

# Debian's emcc is 3.1.6 of 2022 with LLVM 14 and Binaryen 108, which know no final relaxed SIMD. It
# works with a current LLVM and Binaryen once four differences are bridged.
adapt_debian_emscripten() { # adapt_debian_emscripten PREFIX LLVM_VERSION
  local prefix=$1 llvm=/usr/lib/llvm-$2/bin tool
  mkdir -p "$prefix/bin" "$prefix/llvm" "$prefix/binaryen"
  for tool in clang clang++ llc llvm-ar llvm-nm llvm-ranlib llvm-objcopy llvm-strip llvm-dwarfdump \
    llvm-dwp; do
    ln -sfn "$llvm/$tool" "$prefix/llvm/$tool"
  done
  # lld 22 puts the stack first by default and then refuses the --global-base that emcc passes.
  executable "$prefix/llvm/wasm-ld" <<SCRIPT
#!/bin/sh
exec $llvm/wasm-ld $("$llvm/wasm-ld" --help | grep -q 'stack-first.*(default)' && echo --no-stack-first) "\$@"
SCRIPT
  for tool in wasm-metadce wasm-dis wasm-as wasm-ctor-eval; do
    executable "$prefix/binaryen/$tool" <<SCRIPT
#!/bin/sh
exec node --stack-size=4000 "$prefix/node_modules/binaryen/bin/$tool" "\$@"
SCRIPT
  done
  # Binaryen 132 reports renamed imports as JSON, emcc 3.1.6 reads lines "old => new".
  executable "$prefix/binaryen/wasm-opt" <<SCRIPT
#!/usr/bin/env node
const { spawnSync } = require('child_process');
const args = process.argv.slice(2);
const renames = args.some((arg) => arg.startsWith('--minify-imports'));
const tool = ['--stack-size=4000', '$prefix/node_modules/binaryen/bin/wasm-opt', ...args];
const stdio = ['inherit', renames ? 'pipe' : 'inherit', 'inherit'];
const { stdout, status } = spawnSync(process.execPath, tool, { stdio, maxBuffer: 1 << 28 });
if (renames && status === 0) {
  const map = JSON.parse(stdout.toString());
  for (const [, from, to] of map.imports ?? []) console.log(from + ' => ' + to);
  for (const [from, to] of map.exports ?? []) console.log(from + ' => ' + to);
}
process.exit(status ?? 1);
SCRIPT
  cat >"$prefix/emscripten.cfg" <<CONFIG
EMSCRIPTEN_ROOT = '/usr/share/emscripten'
LLVM_ROOT = '$prefix/llvm'
BINARYEN_ROOT = '/usr'
NODE_JS = '$(command -v node)'
FROZEN_CACHE = True
LLVM_ADD_VERSION = ''
CLANG_ADD_VERSION = ''
CONFIG
  # Debian's emcc finds its node packages and Binaryen through the environment. ccache tells compilers
  # apart by the content of these files, hence the versions and no absolute path.
  for tool in emcc em++ emar emranlib em-config; do
    executable "$prefix/bin/$tool" <<SCRIPT
#!/bin/sh
# emscripten $(dpkg-query -W -f '${Version}' emscripten), clang $(dpkg-query -W -f '${Version}' "clang-$2")
here=\$(cd "\$(dirname "\$(readlink -f "\$0")")/.." && pwd)
export EM_CONFIG="\$here/emscripten.cfg" NODE_PATH=/usr/share/nodejs PATH="\$here/binaryen:\$PATH"
exec /usr/bin/$tool "\$@"
SCRIPT
  done
}

# What CMake and a shell need to find the chosen emcc: web.cmake is the web preset's toolchain file.
write_cmake_toolchain() { # write_cmake_toolchain PREFIX EMSCRIPTEN
  local folder=$2
  if [ "$2" = debian ]; then
    folder=/usr/share/emscripten
    # Below .toolchain, not below the folder that it links to: a new one is taken up by a build.
    cat >"$1/web.cmake" <<'CMAKE'
set(ENV{EM_CONFIG} ${CMAKE_CURRENT_LIST_DIR}/emscripten.cfg)
set(ENV{NODE_PATH} /usr/share/nodejs)
set(CMAKE_C_COMPILER ${CMAKE_CURRENT_LIST_DIR}/bin/emcc CACHE FILEPATH "")
set(CMAKE_CXX_COMPILER ${CMAKE_CURRENT_LIST_DIR}/bin/em++ CACHE FILEPATH "")
set(CMAKE_AR ${CMAKE_CURRENT_LIST_DIR}/bin/emar CACHE FILEPATH "")
set(CMAKE_RANLIB ${CMAKE_CURRENT_LIST_DIR}/bin/emranlib CACHE FILEPATH "")
CMAKE
    echo "export PATH=$1/bin:\$PATH" >"$1/env.sh"
  else
    echo "export PATH=$2:\$PATH" >"$1/env.sh"
  fi
  echo "include($folder/cmake/Modules/Platform/Emscripten.cmake)" >>"$1/web.cmake"
}
