#!/usr/bin/env bash
# terminal.sh NEOVIM [FOLDER]: the plugin on a real terminal, as a person sees it: tmux types, and what is on the screen is
# compared. With a folder, pictures of the screens are written into it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
nvim=$1 pictures=${2:-}
work=$(mktemp -d)
socket=paconn-ls-$$
end() {
	tmux -L "$socket" kill-server 2>/dev/null || true
	[ -z "${sandbox:-}" ] || kill "$sandbox" 2>/dev/null || true
	rm -rf "$work"
}
trap end EXIT

mkdir -p "$work"/{home,config,data,state,cache,paconn}
export HOME=$work/home XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache
export PATH=$root/bin:$PATH PACONN_NVIM=$root/editors/nvim PACONN_CONFIG_DIR=$work/paconn PACONN_TOKEN_CACHE=file PACONN_CLOUD=sandbox LC_ALL=C.UTF-8
unset TMUX VIMRUNTIME NVIM
cp -r "$root/testdata/connectors/broken" "$root/testdata/connectors/pets" "$work/home/"
rm "$work/home/pets/settings.json"
paconn-ls sandbox --auto-approve >/dev/null 2>&1 &
sandbox=$!

cat >"$work/init.lua" <<'END'
dofile(vim.env.PACONN_NVIM .. '/test/init.lua')
vim.o.termguicolors, vim.o.number, vim.o.laststatus = true, true, 2
vim.diagnostic.config({ virtual_text = { current_line = false }, virtual_lines = { current_line = true } })
vim.ui.open = function() return { wait = function() return { code = 0 } end } end
END
cat >"$work/tmux.conf" <<'END'
set -g default-terminal tmux-256color
set -as terminal-features ',*:RGB:usstyle'
set -g status off
set -s escape-time 0
END
tmux -L "$socket" -f "$work/tmux.conf" new-session -d -x "142" -y 34 -c "$work/home" \
	-e COLORTERM=truecolor "'$nvim' --clean -u '$work/init.lua' broken/apiDefinition.swagger.json"

screen() { tmux -L "$socket" capture-pane -p; }

# see TEXT: waits until a text is on the screen.
see() {
	for _ in $(seq 400); do
		screen | grep -qF -- "$1" && return
		sleep 0.05
	done
	echo "FAILED on a terminal: there is no \"$1\" on the screen:"
	screen
	exit 1
}

type() { tmux -L "$socket" send-keys "$@"; }

# picture NAME TITLE: keeps the screen.
picture() {
	[ -n "$pictures" ] || return 0
	sleep 0.3 # until the screen is at rest
	tmux -L "$socket" capture-pane -e -p >"$work/capture"
	"$nvim" --clean -l "$here/picture.lua" "$2" <"$work/capture" >"$pictures/$1.svg"
}

see 'expected true or false'
type '/Invoise' Enter zz
see 'leads nowhere'
picture nvim-diagnostics 'Mistakes of a connector in Neovim'
type ':cd pets | edit apiDefinition.swagger.json' Enter
see '"Pets"'
type ':Paconn login' Enter
see 'Open the page'
picture nvim-login 'Signing in with a code in Neovim'
type 1 Enter
see 'signed in as'
type Enter ':Paconn create environment=33333333-dddd-4eee-8fff-444444444444' Enter
see 'created Pets'
type Enter Enter ':%s/"version": "1[^"]*"/"version": "2.0.0"/ | write' Enter ':Paconn update' Enter
see 'Send the update'
picture nvim-update 'What an update would change, in Neovim'
type 1 Enter
see 'updated Pets'
echo "ok on a real terminal: mistakes, sign-in, create, update"
