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
  newer=$(find "$here/pom.xml" "$here"/*/pom.xml "$here"/moodle-mcp-*/src "$here"/browser-extension/{src,scripts,assembly} \
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

# The packages that the demo and the browser tests use.
prepare_e2e() {
  local lock="$here/e2e/package-lock.json" done="$here/e2e/node_modules/.package-lock.json"
  if [ ! -f "$done" ] || [ "$lock" -nt "$done" ]; then
    say "Fetching the packages that drive the browser …"
    (cd "$here/e2e" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >&2
    touch "$done"
  fi
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
