# Sourced: gets ready what the commands of ./moodle-mcp need. Expects $here, the folder of the checkout.

runnable="$here/moodle-mcp-distribution/target/moodle-mcp/moodle-mcp.jar"
built="$here/moodle-mcp-distribution/target/moodle-mcp/.built"

say() { echo "$@" >&2; }

default_data_folder() {
  case "$(uname -s)" in
    Darwin) echo "$HOME/Library/Application Support/moodle-mcp" ;;
    *) echo "${XDG_DATA_HOME:-$HOME/.local/share}/moodle-mcp" ;;
  esac
}

# Node 20 or newer, with npm; ends with what to do when there is none.
need_node() {
  local found=none
  if command -v node >/dev/null; then
    found=$(node --version)
    local major=${found#v}
    if [ "${major%%.*}" -ge 20 ] && command -v npm >/dev/null; then
      return
    fi
  fi
  say "moodle-mcp: Node 20 or newer with npm is needed to build the browser extension (found: $found)."
  say "Install it, on Debian 13 for example with: apt-get install nodejs npm."
  exit 78
}

is_up_to_date() {
  [ -f "$built" ] && [ -f "$runnable" ] || return 1
  local newer
  newer=$(find "$here/pom.xml" "$here"/*/pom.xml "$here"/moodle-mcp-*/src "$here"/interop/src "$here"/browser-extension/{src,scripts,assembly} \
    "$here"/browser-extension/package*.json -newer "$built" -print -quit 2>/dev/null)
  [ -z "$newer" ]
}

# Builds the service and the extension when a source is newer than the last build. Only one build runs at a time.
build_service() {
  is_up_to_date && return
  need_node
  say "Building Moodle MCP (the first time takes some minutes) …"
  mkdir -p "$here/target"
  (
    if command -v flock >/dev/null; then flock 9; fi
    is_up_to_date && exit 0
    started=$(mktemp)
    if ! (cd "$here" && ./mvnw -q -B -DskipTests package) >"$here/target/build.log" 2>&1; then
      tail -n 40 "$here/target/build.log" >&2
      say "moodle-mcp: the build failed; the whole output is in target/build.log."
      exit 1
    fi
    touch -r "$started" "$built"
    rm -f "$started"
  ) 9>"$here/target/build.lock"
}

# fetch_packages FOLDER WHAT: the npm packages of a folder, unless those of its lock file are there.
fetch_packages() {
  local folder="$here/$1"
  local lock="$folder/package-lock.json" done="$folder/node_modules/.package-lock.json"
  if [ ! -f "$done" ] || [ "$lock" -nt "$done" ]; then
    say "Fetching $2 …"
    (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >&2
    touch "$done"
  fi
}

prepare_e2e() { fetch_packages e2e "the packages that drive the browser"; }

# Each with a Node 22 where the installed one is older.
prepare_conformance() { fetch_packages e2e/conformance "the conformance suite"; }
prepare_clients() { fetch_packages e2e/clients "the MCP clients of others"; }

# has_node22 FOLDER: whether there is a Node 22 or newer, installed or among the packages of the folder.
has_node22() {
  local found
  found=$(node --version)
  found=${found#v}
  [ "${found%%.*}" -ge 22 ] || "$1/node_modules/.bin/node" --version >/dev/null 2>&1
}

# The servers of others that ours is measured next to.
prepare_bench() { fetch_packages bench/ts "the packages that are measured next to ours"; }

# Builds the programs of bench, with the libraries they run with, when a source is newer than the last build.
build_bench() {
  local stamp="$here/bench/target/.built" started
  if [ -f "$stamp" ] && [ -z "$(find "$here"/pom.xml "$here"/bench/{,java-sdk/}{pom.xml,src} \
    "$here"/moodle-mcp-{protocol,bridge-api,server-core,portal,testkit,distribution}/{pom.xml,src} \
    -newer "$stamp" -print -quit)" ]; then
    return
  fi
  say "Building what is measured (the first time takes some minutes) …"
  mkdir -p "$here/target" "$here/bench/target"
  started=$(mktemp)
  if ! (cd "$here" && ./mvnw -q -B -DskipTests -Pbench -pl bench,bench/java-sdk -am package) >"$here/target/build-bench.log" 2>&1; then
    tail -n 40 "$here/target/build-bench.log" >&2
    say "moodle-mcp: the build failed; the whole output is in target/build-bench.log."
    exit 1
  fi
  touch -r "$started" "$stamp"
  rm -f "$started"
}

# want_program PACKAGE NAME…: whether one of the programs is there, after installing the Debian package as root if need be.
want_program() {
  local package=$1 name
  shift
  for name in "$@"; do
    command -v "$name" >/dev/null && return
  done
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    say "Installing $package …"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package"; } \
      >"$here/target/apt.log" 2>&1 || say "The installation of $package failed; see target/apt.log."
  fi
  for name in "$@"; do
    command -v "$name" >/dev/null && return
  done
  return 1
}
