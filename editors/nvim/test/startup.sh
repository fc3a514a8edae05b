#!/usr/bin/env bash
# startup.sh NEOVIM [STARTS]: what the plugin adds to the start of a Neovim that opens a plain JSON file, in milliseconds.
# It tells and asserts nothing: a busy machine is no failure. The aim is less than two.
#   read      what Neovim takes to read the plugin's own files, as --startuptime tells: the plugin's share
#   start     until Neovim has started: with nothing, with another server of the same kind enabled, and with the plugin.
#             Enabling any server loads Neovim's own language client, so that the second is what ours is compared with.
# All are medians; the kinds of starts take turns, so that what else runs on the machine hits them alike.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
nvim=$1 starts=${2:-21}
export PACONN_NVIM=${PACONN_NVIM:-$(cd "$here/.." && pwd)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work XDG_STATE_HOME=$work XDG_CACHE_HOME=$work
unset VIMRUNTIME NVIM

echo '{"name": "x"}' >"$work/package.json"
echo 'vim.opt.swapfile = false' >"$work/nothing.lua"
cat >"$work/other.lua" <<'END'
vim.opt.swapfile = false
if vim.fn.has('nvim-0.11') == 1 then
  vim.lsp.config('other', { cmd = { 'true' }, filetypes = { 'json' }, root_dir = function() end })
  vim.lsp.enable('other')
else
  vim.api.nvim_create_autocmd('FileType', { pattern = 'json', callback = function() end })
end
END
cp "$here/init.lua" "$work/plugin.lua"

for i in $(seq "$starts"); do
	for kind in nothing other plugin; do
		"$nvim" --headless --clean -u "$work/$kind.lua" --startuptime "$work/$kind.$i" "$work/package.json" +qall </dev/null >/dev/null 2>&1
	done
done

median() { sort -n | awk '{ t[NR] = $1 } END { printf "%.2f", t[int((NR + 1) / 2)] }'; }
started() { awk '/NVIM STARTED/ { t = $1 } FNR == 1 && NR > 1 && t { print t } END { print t }' "$work/$1".[0-9]* | median; }

# A line of --startuptime: clock, self and sourced, self, and what. Of each start the sum of all that is ours.
for f in "$work"/plugin.[0-9]*; do
	awk '/sourcing .*\/(plugin|lsp)\/paconn_ls\.lua|require\(.paconn_ls/ { n++; sum += $3 } END { if (n) print sum }' "$f"
done >"$work/own"
[ "$(wc -l <"$work/own")" -eq "$starts" ] || { echo "the plugin is not in the times of every start"; exit 1; }
version=$("$nvim" --version | awk 'NR == 1 { print $2 }')
echo "start-up of Neovim $version, medians of $starts: reading the plugin $(median <"$work/own") ms;" \
	"started after $(started nothing) ms with nothing, $(started other) with another server, $(started plugin) with the plugin"
