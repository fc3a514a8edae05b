#!/usr/bin/env bash
# startup.sh NEOVIM: what the plugin adds to the start of a Neovim when no connector is open, in milliseconds: the median
# of what it takes to read plugin/paconn_ls.lua, as --startuptime tells. The aim is less than two; a busy machine is no
# failure. What Neovim takes
# for its own language client, which any server needs, is told beside it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
nvim=$1
export PACONN_NVIM=${PACONN_NVIM:-$(cd "$here/.." && pwd)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work XDG_STATE_HOME=$work XDG_CACHE_HOME=$work

median() { sort -n | awk '{ t[NR] = $1 } END { printf "%.3f", t[int((NR + 1) / 2)] }'; }
echo '{"name": "x"}' >"$work/package.json"
for i in $(seq 21); do
	"$nvim" --headless --clean -u "$here/init.lua" --startuptime "$work/times.$i" "$work/package.json" +qall </dev/null >/dev/null 2>&1
done
# A line of --startuptime: clock, self+sourced, self, and what. Of each start the sum of all that is ours.
for f in "$work"/times.*; do
	awk '/sourcing .*\/(plugin|lsp)\/paconn_ls\.lua|require\(.paconn_ls/ { n++; sum += $3 } END { if (n) print sum }' "$f"
done >"$work/own"
[ "$(wc -l <"$work/own")" -eq 21 ] || { echo "the plugin is not in the times of every start"; exit 1; }
own=$(median <"$work/own")
client=$(awk "/require\\('vim.lsp'\\)/ { print \$2 + 0 }" "$work"/times.* | median)
echo "the plugin adds $own ms to the start with a plain JSON file (Neovim's own language client, which any server needs: ${client:-0} ms)"
