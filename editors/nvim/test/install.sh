#!/usr/bin/env bash
# install.sh SUITE FOLDER: puts the Neovim of a suite of Debian into a folder, with all that it needs, and changes
# nothing else on the machine. FOLDER/nvim starts it. Any user may run it; it wants apt, dpkg-deb and some 50 MB.
set -euo pipefail
suite=$1 folder=$2
packages=${3:-neovim}
[ ! -e "$folder/done" ] || exit 0

# The machine's own source of Debian's packages, whatever mirror that is.
uri=$(apt-get indextargets --format '$(REPO_URI) $(LABEL) $(ORIGIN)' 'Created-By: Packages' 2>/dev/null | awk '$2 == "Debian" {print $1; exit}')
uri=${uri:-$(grep -rhoE '^URIs: *\S+/debian/?$' /etc/apt/sources.list.d 2>/dev/null | awk '{print $2; exit}')}
[ -n "$uri" ] || { echo "this machine knows no source of Debian's packages"; exit 1; }

mkdir -p "$(dirname "$folder")"
work=$(mktemp -d "$folder.XXXXXX")
trap 'rm -rf "$work"' EXIT

# fetch SUITE INTO PACKAGE…: unpacks packages and what they depend on, as if nothing were installed.
fetch() {
	local suite=$1 into=$2
	shift 2
	local apt=$work/apt-$suite
	mkdir -p "$apt"/{lists/partial,cache/archives/partial,state,none} "$into"
	: >"$apt/status"
	echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $suite main" >"$apt/sources.list"
	# The machine's own settings (a proxy), without what they run on a machine's own lists and caches.
	apt-config dump | grep -v Invoke >"$apt/apt.conf"
	echo "Dir::Etc::parts \"$apt/none\"; Dir::Etc::main \"$apt/none/main\";" >>"$apt/apt.conf"
	local -x APT_CONFIG=$apt/apt.conf
	local options=(-qq -o "Dir::Etc::sourcelist=$apt/sources.list" -o "Dir::Etc::sourceparts=$apt/none" -o "Dir::Etc::preferencesparts=$apt/none"
		-o "Dir::State=$apt/state" -o "Dir::State::lists=$apt/lists" -o "Dir::State::status=$apt/status" -o "Dir::Cache=$apt/cache"
		-o APT::Install-Recommends=false -o Acquire::Languages=none -o APT::Sandbox::User="$(id -un)" -o Debug::NoLocking=true
		-o Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false -o Acquire::Retries=3)
	apt-get "${options[@]}" update
	apt-get "${options[@]}" --download-only --yes install "$@" >/dev/null
	local p
	for p in "$apt"/cache/archives/*.deb; do
		dpkg-deb -x "$p" "$into"
	done
}

# shellcheck disable=SC2086 # a list of names
fetch "$suite" "$work/root" $packages
patchelf=$(command -v patchelf || true)
if [ -z "$patchelf" ]; then
	own=$(. /etc/os-release && echo "${VERSION_CODENAME:-$suite}")
	fetch "$own" "$work/tools" patchelf
	patchelf=$work/tools/usr/bin/patchelf
fi

# The programs look for their libraries in the folder, by the loader that belongs to them. Neovim starts itself again
# for its terminal, so that an environment variable or a start through the loader would not do.
mv "$work/root" "$work/made"
rm -rf "$folder" && mv "$work/made" "$folder"
loader=$(find "$folder" -name 'ld-linux*.so.*' | head -n1)
libraries=$(find "$folder" -name '*.so*' -path '*/lib/*' -printf '%h\n' | grep -E '/lib/[^/]*linux-gnu[^/]*$' | sort -u | paste -sd:)
for program in "$folder"/usr/bin/nvim "$folder"/usr/lib/hx/hx; do
	[ -f "$program" ] && [ ! -L "$program" ] || continue
	"$patchelf" --set-interpreter "$loader" --force-rpath --set-rpath "$libraries" "$program"
done
cat >"$folder/nvim" <<END
#!/bin/sh
VIMRUNTIME=$folder/usr/share/nvim/runtime exec $folder/usr/bin/nvim "\$@"
END
chmod +x "$folder/nvim"
touch "$folder/done"
