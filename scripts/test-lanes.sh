#!/usr/bin/env bash
# Runs every test lane, prints a count per lane, and last the line "N passed, N failed".
#
# A lane that this machine cannot run is reported as absent; with CI=true it counts as failed, and so does a skipped test.
set -uo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
. "$here/.mvn/find-jdk.sh"
. "$here/scripts/prepare.sh"
find_jdk
need_node

logs="$here/target/lanes"
rm -rf "$logs"
mkdir -p "$logs"
total_passed=0 total_failed=0
summary=()
is_ci() { [ "${CI:-}" = true ]; }

# record LANE PASSED FAILED SKIPPED SECONDS
record() {
  local passed=$2 failed=$3
  if is_ci && [ "$4" -gt 0 ]; then failed=$((failed + $4)); fi
  total_passed=$((total_passed + passed))
  total_failed=$((total_failed + failed))
  local line
  line=$(printf '%-12s %4d passed, %d failed, %d skipped  (%d s)' "$1" "$passed" "$failed" "$4" "$5")
  summary+=("$line")
  echo "$line"
}

absent() {
  if is_ci; then
    total_failed=$((total_failed + 1))
    summary+=("$(printf '%-12s absent, which counts as failed here: %s' "$1" "$2")")
  else
    summary+=("$(printf '%-12s absent: %s' "$1" "$2")")
  fi
  echo "${summary[-1]}"
}

# Runs a command with its output in a log; shows the end of the log when it fails.
logged() {
  local log="$logs/$1.log"
  shift
  "$@" >"$log" 2>&1 </dev/null && return
  local code=$?
  echo "--- the end of $log"
  tail -n 60 "$log"
  return $code
}

# count_surefire MODULE…: sets passed, failed and skipped from the reports.
count_surefire() {
  local module numbers
  passed=0 failed=0 skipped=0
  for module in "$@"; do
    numbers=$(cat "$here/$module"/target/surefire-reports/TEST-*.xml 2>/dev/null |
      sed -n 's/.*<testsuite [^>]*tests="\([0-9]*\)"[^>]*errors="\([0-9]*\)"[^>]*skipped="\([0-9]*\)"[^>]*failures="\([0-9]*\)".*/\1 \2 \3 \4/p' |
      awk '{ t += $1; f += $2 + $4; s += $3 } END { print t - f - s, f + 0, s + 0 }')
    set -- $numbers
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
  done
}

# name_failed MODULE…: which tests failed, each with the first line of its message, from the reports.
name_failed() {
  local module
  for module in "$@"; do
    cat "$here/$module"/target/surefire-reports/TEST-*.xml 2>/dev/null
  done | awk '
    /<testcase / { test = $0; sub(/.*<testcase name="/, "", test); sub(/" classname="/, "  in ", test); sub(/".*/, "", test) }
    /<(failure|error)[ >]/ {
      message = $0
      if (sub(/.*message="/, "", message)) sub(/".*/, "", message); else message = ""
      print "--- failed: " test (message == "" ? "" : ": " substr(message, 1, 300))
    }'
}

# seconds_surefire MODULE: how long its tests took.
seconds_surefire() {
  cat "$here/$1"/target/surefire-reports/TEST-*.xml 2>/dev/null |
    sed -n 's/.*<testsuite [^>]*time="\([0-9.]*\)".*/\1/p' | awk '{ t += $1 } END { printf "%d", t }'
}

# node_lane LANE FOLDER LIMIT SCRIPT: an npm script that runs node:test.
node_lane() {
  local lane=$1 folder=$2 limit=$3 script=$4 start=$SECONDS code=0 log="$logs/$1.log"
  (cd "$here/$folder" && logged "$lane" timeout "$limit" npm run --silent "$script") || code=$?
  number() { sed -n "s/^\(#\|ℹ\) $1 \([0-9]*\)$/\2/p" "$log" | tail -n 1 | grep . || echo 0; }
  local passed failed
  passed=$(number pass)
  failed=$(($(number fail) + $(number cancelled)))
  if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ] || [ "$passed" -eq 0 ]; then failed=$((failed + 1)); fi
  record "$lane" "$passed" "$failed" $(($(number skipped) + $(number todo))) $((SECONDS - start))
}

java_lanes() {
  local unit=(moodle-mcp-protocol moodle-mcp-bridge-api moodle-mcp-server-core moodle-mcp-portal moodle-mcp-testkit)
  local integration=(moodle-mcp-distribution examples/own-tools interop)
  local start=$SECONDS code=0
  logged java "$here/mvnw" -B -f "$here/pom.xml" verify -pl '!browser-extension' -fae \
    -Dsurefire.excluded-groups=recordings,fuzz || code=$?
  local seconds=$((SECONDS - start)) passed failed skipped
  [ "$code" -eq 0 ] || name_failed "${unit[@]}" "${integration[@]}" bench
  count_surefire bench
  # The build may not have come so far.
  [ "$passed" -gt 0 ] || failed=$((failed + 1))
  local all_failed=$failed
  record chaos "$passed" "$failed" "$skipped" "$(seconds_surefire bench)"
  count_surefire "${unit[@]}"
  all_failed=$((all_failed + failed))
  record unit "$passed" "$failed" "$skipped" "$seconds"
  count_surefire "${integration[@]}"
  all_failed=$((all_failed + failed))
  # Something else than a test failed: the compiler, the formatter, a rule of the build.
  if [ "$code" -ne 0 ] && [ "$all_failed" -eq 0 ] || [ "$passed" -eq 0 ]; then failed=$((failed + 1)); fi
  record integration "$passed" "$failed" "$skipped" "$seconds"
}

check_lane() {
  local start=$SECONDS
  if (cd "$here/browser-extension" && logged check npm run --silent check) &&
    (cd "$here/e2e" && logged check-e2e npm run --silent check) &&
    (cd "$here/bench" && logged check-bench npm run --silent check) &&
    (cd "$here/e2e/conformance" && logged check-conformance npm run --silent check) &&
    (cd "$here/e2e/clients" && logged check-clients npm run --silent check); then
    record check 1 0 0 $((SECONDS - start))
  else
    record check 0 1 0 $((SECONDS - start))
  fi
}

# The fuzzer takes one target for each process: two of them at a time. It leaves an input that it found a fault with beside
# the seeds in src/test/resources, where the unit lane reads it from then on.
fuzz_lane() {
  local start=$SECONDS code=0
  rm -rf "$here"/moodle-mcp-protocol/target/surefire-reports
  JAZZER_FUZZ=1 logged fuzz timeout 600 "$here/mvnw" -B -f "$here/pom.xml" surefire:test -pl moodle-mcp-protocol \
    -Dgroups=fuzz -Dsurefire.excluded-groups=none -DforkCount=2 -DreuseForks=false -DargLine=-Xmx1g || code=$?
  [ "$code" -eq 0 ] || name_failed moodle-mcp-protocol
  local passed failed skipped
  count_surefire moodle-mcp-protocol
  if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ] || [ "$passed" -eq 0 ]; then failed=$((failed + 1)); fi
  record fuzz "$passed" "$failed" "$skipped" $((SECONDS - start))
}

conformance_lane() {
  if has_node22 "$here/e2e/conformance"; then
    node_lane conformance e2e/conformance 180 test
    grep -E '^[a-z ]*(20[0-9-]+|authorization) (not scored )?[0-9]+/[0-9]+$' "$logs/conformance.log" | paste -sd , | sed 's/,/, /g; s/^/             /'
  else
    absent conformance "no Node 22 or newer, and npm has none for this computer"
  fi
}

clients_lane() {
  if has_node22 "$here/e2e/clients"; then
    node_lane clients e2e/clients 480 test
    # How long each client took.
    sed -n 's/^ *\(#\|ℹ\) \(.*: [0-9]* ms\); .*/             \2/p' "$logs/clients.log"
  else
    absent clients "no Node 22 or newer, and npm has none for this computer"
  fi
}

recordings_lanes() {
  local recordings="${MOODLE_MCP_RECORDINGS:-$here/../shared/moodle/recordings}" start=$SECONDS code=0
  if [ ! -f "$recordings/index.json" ]; then
    absent recordings "no recordings of real Moodle pages at MOODLE_MCP_RECORDINGS"
    return
  fi
  export MOODLE_MCP_RECORDINGS
  MOODLE_MCP_RECORDINGS=$(cd "$recordings" && pwd)
  rm -rf "$here"/moodle-mcp-testkit/target/surefire-reports
  # With the modules it stands on: a lone module would be given those that were installed on this computer once, if any.
  logged recordings "$here/mvnw" -B -f "$here/pom.xml" test -pl moodle-mcp-testkit -am -Dgroups=recordings \
    -Dsurefire.excluded-groups=none -Dspotless.check.skip || code=$?
  [ "$code" -eq 0 ] || name_failed moodle-mcp-testkit
  local passed failed skipped
  count_surefire moodle-mcp-testkit
  if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ] || [ "$passed" -eq 0 ]; then failed=$((failed + 1)); fi
  record recordings "$passed" "$failed" "$skipped" $((SECONDS - start))
  node_lane recordings-js browser-extension 120 test:recordings
}

browser_lanes() {
  prepare_e2e
  if want_program chromium chromium chromium-browser; then
    node_lane chromium e2e 720 test:chromium
    node_lane demo e2e 480 test:demo
  else
    absent chromium "no Chromium; install the package chromium"
    absent demo "no Chromium; install the package chromium"
  fi
  if want_program firefox-esr firefox-esr firefox; then
    node_lane firefox e2e 360 test:firefox
  else
    absent firefox "no Firefox; install the package firefox-esr"
  fi
}

if ! build_service; then
  record build 0 1 0 "$SECONDS"
else
  prepare_e2e
  prepare_conformance
  prepare_clients
  node_lane extension browser-extension 120 test
  node_lane bench bench 30 test
  check_lane
  java_lanes
  fuzz_lane
  conformance_lane
  clients_lane
  recordings_lanes
  browser_lanes
fi

echo
printf '%s\n' "${summary[@]}"
echo "$total_passed passed, $total_failed failed"
[ "$total_failed" -eq 0 ]
