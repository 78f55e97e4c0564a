#!/usr/bin/env bash
# Everything that must hold before a change goes in: build, format, tests.
# Options go to the tests: ./test.sh --filter-class '*ReceiveReferral*'
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

say() { printf '\n== %s\n' "$*"; }

end() { # passed failed skipped: the last line, and what it means
  [ "$3" -eq 0 ] || printf '\n%s skipped: they say why above\n' "$3"
  printf '\n%s passed, %s failed\n' "$1" "$2"
  [ "$2" -eq 0 ] && [ "$1" -gt 0 ]
  exit
}

# What the tests start themselves: never a server of the system, so none may be started by its installation.
install_what_is_missing() {
  local missing=()
  [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || missing+=(rabbitmq-server)
  compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
  command -v chromium >/dev/null || missing+=(chromium)
  command -v qpdf >/dev/null || missing+=(qpdf)
  command -v pdftotext >/dev/null || missing+=(poppler-utils)
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing ${missing[*]}"
  local sudo='' ours=''
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    ours=yes
    printf '#!/bin/sh\nexit 101\n' | $sudo tee /usr/sbin/policy-rc.d >/dev/null
    $sudo chmod 755 /usr/sbin/policy-rc.d
  fi
  local done=0
  { $sudo apt-get -qq update &&
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends "${missing[@]}" >/dev/null; } || done=$?
  [ -z "$ours" ] || $sudo rm -f /usr/sbin/policy-rc.d
  return $done
}

count() { # name: the number behind it in the summary of dotnet test
  sed -nE "s/^ *$1: *([0-9]+).*/\1/p" TestResults/tests.log | tail -1 | grep . || echo 0
}

install_what_is_missing || { echo 'A package could not be installed.'; end 0 1 0; }
rm -rf TestResults
mkdir -p TestResults

say build
dotnet restore -v quiet -clp:'ErrorsOnly;NoSummary' || end 0 1 0
dotnet build --no-restore -v quiet -clp:'ErrorsOnly;NoSummary' || end 0 1 0

gates=0
say format
dotnet format --verify-no-changes --no-restore --verbosity quiet || { echo 'Run: dotnet format'; gates=$((gates + 1)); }

say tests
# 8: a project in which no test ran, such as with a filter; the sum is judged below
dotnet test --solution VGIntegration.sln --no-build --no-restore --max-parallel-test-modules 2 --ignore-exit-code 8 "$@" 2>&1 |
  tee TestResults/tests.log && tests=0 || tests=$?

passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
grep -E '^failed ' TestResults/tests.log || true # again, near the end, where one looks
[ "$tests" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1 # a test process that died has no summary of its own
end "$passed" $((failed + gates)) "$skipped"
