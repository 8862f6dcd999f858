#!/usr/bin/env bash
# Kills the program and fails the system below it: at each write and sync, with a full disk, at a power cut. Needs strace and
# other tools of the system, which it installs, and may mount a memory disk in a view of its own.
#
#   tests/slow/faults.sh [--full]
set -euo pipefail
cd "$(dirname "$0")/../.."
[ "${1:-}" != --full ] || export CUTSCORE_FULL=yes

as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)
declare -A package=([strace]=strace [unshare]=util-linux [prlimit]=util-linux [setpriv]=util-linux [mount]=mount [tmux]=tmux [faketime]=faketime)
missing=()
for tool in "${!package[@]}"; do command -v "$tool" > /dev/null || missing+=("${package[$tool]}"); done
[ -d /usr/share/zoneinfo/America ] || missing+=(tzdata)
if [ ${#missing[@]} -gt 0 ]; then
    "${as_root[@]}" apt-get update -q
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -q -y --no-install-recommends "${missing[@]}"
fi

# What the machine does not allow is told, and is a failure: nothing is passed over.
own_view=(unshare --mount)
[ "$(id -u)" = 0 ] || own_view=(unshare --map-root-user --mount)
if ! strace -o /dev/null true; then
    echo "NOT TRIED: strace does not work here (no ptrace?), so faults 1 to 4 and 9 cannot be brought about"
    exit 1
fi
if ! "${own_view[@]}" mount -t tmpfs -o size=256k none /mnt; then
    echo "NOT TRIED: nothing can be mounted here, so the full disk of fault 3 cannot be had"
    exit 1
fi

# A memory disk where there is one: the tests write durably all the time.
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm
"${own_view[@]}" cargo test --quiet --test faults -- --nocapture
