# Debian packages: installing them, and fetching some without installing. Sourced after common.sh.
# /etc/apt is never written: a suite that the machine lacks is added for one command only.

# aptSources: 'URI SUITE' for each of the machine's apt sources, before the first apt-get update too.
aptSources() {
  apt-get indextargets --no-release-info --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages'
}

# suiteUri SUITE: the address this machine's apt uses for SUITE, or that of its sibling archive.
# (No reader of a pipe stops early here: under pipefail the writer's SIGPIPE would count.)
suiteUri() {
  local uri
  uri=$(aptSources | awk -v suite="$1" '$2 == suite && !n++ {print $1}')
  if [ -z "$uri" ]; then
    uri=$(aptSources | awk '$1 ~ /\/debian(\.list)?\/?$/ && !n++ {print $1}')
    uri=$(firstMirror "$uri")
    [ "${1%-security}" = "$1" ] || uri=$(sed -E 's,/debian/?$,/debian-security/,' <<<"$uri")
  fi
  firstMirror "$uri"
}

# firstMirror URI: the first address of a mirror list; any other URI as it is.
firstMirror() {
  case $1 in
    mirror+file:*) awk 'NF && !/^#/ && !n++ {print $1}' "$(sed -E 's,^mirror\+file:,,; s,/$,,' <<<"$1")" ;;
    *) echo "$1" ;;
  esac
}

# sourceStanza TYPE SUITE: an apt source entry for SUITE on the machine's own mirror.
sourceStanza() {
  local uri keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  uri=$(suiteUri "$2")
  [ -n "$uri" ] || return 1
  printf 'Types: %s\nURIs: %s\nSuites: %s\nComponents: main\n' "$1" "$uri" "$2"
  [ ! -e $keyring ] || printf 'Signed-By: %s\n' $keyring
}

# privateApt FOLDER TYPE SUITE: make FOLDER an apt state of its own that knows only SUITE, update it,
# and set APT_CONFIG in this shell. Needs no root. Call it in a subshell.
privateApt() {
  local dir=$1
  mkdir -p "$dir"/{lists/partial,cache/archives/partial,sources.list.d,empty.d}
  sourceStanza "$2" "$3" >"$dir/sources.list.d/suite.sources" || return 1
  : >"$dir/status"
  cat >"$dir/apt.conf" <<END
Dir::State "$dir";
Dir::State::lists "$dir/lists";
Dir::State::status "$dir/status";
Dir::Cache "$dir/cache";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$dir/sources.list.d";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "$dir/empty.d";
APT::Sandbox::User "root";
APT::Default-Release "";
Acquire::Check-Valid-Until "false";
Acquire::Languages "none";
Acquire::Retries "2";
END
  export APT_CONFIG=$dir/apt.conf
  apt-get -qq -o APT::Update::Error-Mode=any update
}

# neededPackages: the names in packages.txt.
neededPackages() { sed 's/#.*//' "$scriptDir/packages.txt" | xargs -n1; }

# missingPackages: those of them that are not installed.
missingPackages() {
  local installed
  installed=$(dpkg-query -W -f '${db:Status-Abbrev}\t${Package}\n' 2>/dev/null | awk '/^ii/ {print $2}')
  neededPackages | grep -vxF -f <(echo "$installed") || true
}

# showProgress: turn apt's status lines (APT::Status-Fd) into one moving line, or a line per 10 %.
showProgress() {
  local kind item percent text last=-1
  while IFS=: read -r kind item percent text; do
    case $kind in dlstatus) text="download: $text" ;; pmstatus) ;; *) continue ;; esac
    percent=${percent%%.*}
    if [ -t 1 ]; then
      printf '\r\033[K  %3d%% %.70s' "$percent" "$text"
    elif [ "$((percent / 10))" != "$last" ]; then
      printf '  %3d%% %s\n' "$percent" "$text"
      last=$((percent / 10))
    fi
  done
  [ ! -t 1 ] || printf '\r\033[K'
}

# aptInstall OPTIONS... -- PACKAGES...: update and install as root; the log is in build/setup.log.
aptInstall() {
  local options=()
  while [ "$1" != -- ]; do options+=("$1"); shift; done
  shift
  : >"$setupLog"
  # A source of the machine's that cannot be reached need not matter here: installing decides.
  aptLogged "${options[@]}" update || true
  retry aptLogged "${options[@]}" -y --no-install-recommends install "$@"
}

setupLog=$sourceDir/build/setup.log

# aptLogged ARGS...: apt-get ARGS as root, with progress. A root shell redirects, as sudo passes on
# no other descriptor than the first three.
aptLogged() {
  local asRoot=()
  [ "$(id -u)" = 0 ] || asRoot=(sudo)
  "${asRoot[@]}" env DEBIAN_FRONTEND=noninteractive PYC_LOG="$setupLog" \
    sh -c 'exec apt-get -q -o Acquire::Retries=2 -o APT::Status-Fd=3 "$@" \
      3>&1 >>"$PYC_LOG" 2>&1 </dev/null' apt-get "$@" | showProgress
}

# withSecuritySuite: apt options under which the release's security suite, which carries LLVM 22 for
# Debian 12, is known beside the machine's own sources. Prints them one a line; may print nothing.
withSecuritySuite() {
  local codename parts=$sourceDir/build/deps/apt-install
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")
  ! aptSources | grep " $codename-security$" >/dev/null || return 0
  rm -rf "$parts"
  mkdir -p "$parts"
  cp /etc/apt/sources.list.d/*.{list,sources} "$parts"/ 2>/dev/null || true
  sourceStanza deb "$codename-security" >"$parts/security.sources" || return 0
  printf '%s\n' -o "Dir::Etc::sourceparts=$parts"
}

# installPackages: bring what packages.txt names; says what to do where it cannot.
installPackages() {
  local missing options
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    checkToolsWithoutApt
    return
  fi
  mapfile -t missing < <(missingPackages)
  [ "${#missing[@]}" -gt 0 ] || return 0
  mapfile -t options < <(withSecuritySuite)
  mayBecomeRoot ||
    die "${#missing[@]} Debian packages are missing, and installing them needs root." \
      "As root, run this and then ./x again:" \
      "apt-get update && apt-get install --no-install-recommends ${missing[*]}" \
      "(LLVM 22 is in the suite bookworm-security; it has to be among the machine's apt sources.)"
  say "Installing ${#missing[@]} Debian packages (log: build/setup.log)"
  aptInstall "${options[@]}" -- "${missing[@]}" || explainFailedInstall
}

mayBecomeRoot() {
  [ "$(id -u)" = 0 ] && return 0
  # sudo may ask for a password where there is a terminal to ask at.
  command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }
}

explainFailedInstall() {
  grep '^E: ' "$setupLog" | sort -u | head -5 >&2
  if grep -q -E 'Failed to fetch|Could not resolve|Could not connect|Temporary failure' "$setupLog"; then
    die "the Debian mirror could not be reached." \
      "Check the network and apt's sources, then run ./x setup again: it goes on where it stopped."
  fi
  die "installing the Debian packages failed; apt's messages are in build/setup.log." \
    "The packages are those of compiler/scripts/packages.txt, for Debian 12."
}

checkToolsWithoutApt() {
  local tool
  for tool in clang-22 clang++-22 ld.lld-22 mlir-tblgen-22 cmake ninja python3; do
    command -v "$tool" >/dev/null || die "this machine is not a Debian one, and has no $tool." \
      "pyc is built on Debian 12; elsewhere, install what these Debian packages hold:" \
      "$(neededPackages | tr '\n' ' ')"
  done
  warn "not a Debian machine: going on with the tools found"
}
