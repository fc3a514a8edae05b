#!/usr/bin/env bash
# Tests the plugin in real Neovims: Debian's 0.7.2, 0.10.4 and the newest that Debian has, or else the one in PATH. Each
# works in a folder of its own, with a sandbox of the service of its own. run.sh [SPEC…]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
cache=${PACONN_EDITORS_CACHE:-$root/.cache/editors}
program=$root/bin/paconn-ls
[ -x "$program" ] || { echo "there is no bin/paconn-ls; run: make build"; exit 1; }

mkdir -p "$cache"
work=$(mktemp -d)
sandbox=
end() {
	[ -z "$sandbox" ] || kill "$sandbox" 2>/dev/null || true
	rm -rf "$work"
}
trap end EXIT

export PATH=$root/bin:$PATH PACONN_NVIM=$root/editors/nvim PACONN_SAMPLES=$root/testdata/connectors
export PACONN_TOKEN_CACHE=file PACONN_RETRY_DELAY=1ms PACONN_CLOUD=sandbox
unset VIMRUNTIME NVIM XDG_CONFIG_DIRS XDG_DATA_DIRS

# in_neovim NEOVIM ARGUMENT…: runs an editor that knows nothing of this user.
in_neovim() {
	local nvim=$1
	shift
	timeout 180 "$nvim" --headless --clean -u "$here/init.lua" "$@" </dev/null
}

# spec NAME NEOVIM FILE: one run in a fresh folder.
spec() {
	local name=$1 nvim=$2 file=$3
	local dir=$work/$name-$(basename "$file" .lua)
	mkdir -p "$dir"/{home,config,data,state,cache,run,files,paconn}
	export HOME=$dir/home XDG_CONFIG_HOME=$dir/config XDG_DATA_HOME=$dir/data XDG_STATE_HOME=$dir/state XDG_CACHE_HOME=$dir/cache
	export XDG_RUNTIME_DIR=$dir/run PACONN_CONFIG_DIR=$dir/paconn PACONN_WORK=$dir/files
	if [[ $file == *service* ]]; then
		local approve=--auto-approve
		[[ $file != *cancel* ]] || approve=
		# shellcheck disable=SC2086 # nothing, or one word
		"$program" sandbox $approve >"$dir/sandbox" 2>&1 &
		sandbox=$!
		for _ in $(seq 200); do [ -f "$PACONN_CONFIG_DIR/sandbox.json" ] && break; sleep 0.05; done
	fi
	echo "== Neovim $name: $(basename "$file")"
	local code=0
	in_neovim "$nvim" -S "$file" 2>"$dir/messages" || code=$?
	if [ -n "$sandbox" ]; then
		kill "$sandbox" && wait "$sandbox" 2>/dev/null || true
		sandbox=
	fi
	if [ $code -ne 0 ]; then
		echo "FAILED in Neovim $name: $(basename "$file") (exit code $code)"
		cat "$dir/messages"
		tail -n 20 "$dir"/state/nvim/lsp.log 2>/dev/null || true
		exit 1
	fi
}

specs=("$@")
[ ${#specs[@]} -gt 0 ] || specs=("$here"/*_spec.lua)
unset PACONN_TENANT_ID PACONN_CLIENT_ID PACONN_CLIENT_SECRET PACONN_SECRET PACONN_TRUST_HOSTS

# on_terminal NEOVIM: what only a terminal shows.
on_terminal() {
	if command -v tmux >/dev/null || from_debian tmux; then
		"$here/terminal.sh" "$1"
	else
		echo "*** No tmux, and only root can install it, on Debian: the test on a real terminal is SKIPPED ***"
		return "${PACONN_EDITORS_REQUIRED:-0}"
	fi
}

# from_debian PACKAGE: installs it for the whole machine, where that can be done.
from_debian() {
	[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
	echo "installing Debian's $1"
	DEBIAN_FRONTEND=noninteractive sh -c 'apt-get -qq update && apt-get -qq install -y --no-install-recommends "$0" >/dev/null' "$1"
}

# neovim NAME: where a Neovim is, installed when that can be done.
neovim() {
	"$here/install.sh" "$1" "$cache/nvim-$1" >&2 && echo "$cache/nvim-$1/nvim"
}

ran=0
if old=$(neovim bookworm); then
	echo "== Neovim $("$old" --version | head -n1)"
	HOME=$work in_neovim "$old" -S "$here/old_spec.vim" 2>"$work/messages" || { cat "$work/messages"; exit 1; }
else
	echo "*** Neovim 0.7 cannot be had here: the test of the message below 0.10 is SKIPPED ***"
fi
for suite in ${PACONN_NVIM_SUITES:-trixie forky}; do
	if found=$(neovim "$suite"); then
		for s in "${specs[@]}"; do spec "$suite" "$found" "$s"; done
		"$here/startup.sh" "$found"
		on_terminal "$found"
		ran=$((ran + 1))
	else
		echo "*** The Neovim of Debian's $suite cannot be had here: SKIPPED ***"
	fi
done
if [ $ran -eq 0 ]; then
	found=$(command -v nvim) || { echo "*** No Neovim at all: the tests of the plugin are SKIPPED ***"; exit "${PACONN_EDITORS_REQUIRED:-0}"; }
	for s in "${specs[@]}"; do spec own "$found" "$s"; done
	"$here/startup.sh" "$found"
	on_terminal "$found"
	ran=1
fi
echo "Neovim: all well in $ran versions"
