# Sourced by ./moodle-mcp and ./mvnw: sets JAVA_HOME to a JDK of at least 21, or explains what is missing and ends.

# The feature release of the JDK in a folder, read from its release file; 0 when there is none.
jdk_release() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || { echo 0; return; }
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" | head -n 1 | grep . || echo 0
}

find_jdk() {
  needed=21
  best= best_release=0 seen=
  for home in "${MOODLE_MCP_JAVA_HOME:-}" "${JAVA_HOME:-}"; do
    [ -n "$home" ] || continue
    if [ "$(jdk_release "$home")" -ge "$needed" ]; then
      export JAVA_HOME="$home"
      return
    fi
  done
  java_on_path=$(command -v javac 2>/dev/null) && java_on_path=$(readlink -f "$java_on_path" 2>/dev/null)
  for home in "${java_on_path%/bin/javac}" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    release=$(jdk_release "$home")
    [ "$release" -gt 0 ] && seen="$seen $release"
    if [ "$release" -gt "$best_release" ]; then
      best=$home best_release=$release
    fi
  done
  if [ "$best_release" -lt "$needed" ]; then
    echo "moodle-mcp: no JDK $needed or newer was found (found:${seen:- none})." >&2
    echo "Install one, on Debian 13 for example with: apt-get install openjdk-25-jdk-headless;" >&2
    echo "or set MOODLE_MCP_JAVA_HOME to the folder of one." >&2
    exit 78
  fi
  export JAVA_HOME="$best"
}
