#!/usr/bin/env bash
# Makes the Debian package, installs it, uses it as a new user would, and takes it away again. Needs a release build, and
# rights to install.
set -euo pipefail
cd "$(dirname "$0")/../.."
as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)
package=$(.ci/deb)
dpkg-deb --info "$package"
dpkg-deb --contents "$package"

"${as_root[@]}" dpkg --install "$package"
home=$(mktemp -d)
trap '"${as_root[@]}" dpkg --purge cutscore; rm -rf "$home"' EXIT
program=/usr/bin/cutscore
# Elsewhere, so that nothing of the repository is at hand.
cd "$home"
export HOME=$home
unset XDG_DATA_HOME XDG_CONFIG_HOME
"$program" --version | tee version.txt
version=$(dpkg-query --show --showformat='${Version}' cutscore)
grep -qE "^cutscore $version \(commit [0-9a-f]{10}( with changes)?, SQLite 3\.[0-9.]+\)$" version.txt
"$program" deck show clf-c02 > deck.txt
grep -q "CLF-C02" deck.txt
deck=/usr/share/doc/cutscore/examples/six-lines.yaml
"$program" deck check "$deck"
printf 'a\na\n' | "$program" drill "$deck" --plain > drill.txt
grep -q "^2 answers" drill.txt
[ -s .local/share/cutscore/cutscore.db ]
for file in copyright changelog.gz crates README.md; do [ -s "/usr/share/doc/cutscore/$file" ]; done
gzip --test /usr/share/doc/cutscore/changelog.gz

# A page for each command, which man reads without a complaint where it is installed.
for page in cutscore cutscore-exam cutscore-deck-check; do
    gunzip < "/usr/share/man/man1/$page.1.gz" > "$page.1"
    grep -q '^\.SH OPTIONS' "$page.1"
    if command -v groff > /dev/null; then [ -z "$(groff -man -Tutf8 -ww "$page.1" 2>&1 > /dev/null)" ]; fi
done
# Pressing Tab after `cutscore dr` offers the drill.
bash -euc '
    source /usr/share/bash-completion/completions/cutscore
    COMP_WORDS=(cutscore dr) COMP_CWORD=1
    _cutscore cutscore dr cutscore
    [ "${COMPREPLY[*]}" = drill ]'
for file in fish/vendor_completions.d/cutscore.fish zsh/vendor-completions/_cutscore; do
    grep -q drill "/usr/share/$file"
done

echo "test result: ok. 1 passed; 0 failed; tests/full/deb.sh"
