#!/usr/bin/env bash
# terminal.sh NEOVIM [FOLDER]: the plugin on a real terminal, as a person sees it: tmux types, and what is on the screen is
# compared. With a folder, pictures of the screens are written into it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
nvim=$(realpath "$1") pictures=${2:+$(realpath "$2")}
work=$(mktemp -d)
socket=paconn-ls-$$
end() {
	tmux -L "$socket" kill-server 2>/dev/null || true
	[ -z "${sandbox:-}" ] || kill "$sandbox" 2>/dev/null || true
	rm -rf "$work"
}
trap end EXIT

mkdir -p "$work"/{home/bin,config,data,state,cache,paconn}
cp "$root/bin/paconn-ls" "$work/home/bin/"
export HOME=$work/home XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache
export PATH=$work/home/bin:$PATH PACONN_NVIM=$root/editors/nvim PACONN_CONFIG_DIR=$work/paconn PACONN_TOKEN_CACHE=file PACONN_CLOUD=sandbox LC_ALL=C.UTF-8
unset TMUX VIMRUNTIME NVIM
cp -r "$root/testdata/connectors/broken" "$root/testdata/connectors/pets" "$work/home/"
rm "$work/home/pets/settings.json"
paconn-ls sandbox --auto-approve >/dev/null 2>&1 &
sandbox=$!

# A connector whose connections sign in with OAuth 2.0, so that a secret is asked for.
cp -r "$work/home/pets" "$work/home/oauth"
cat >"$work/home/oauth/apiProperties.json" <<'END'
{"properties": {"iconBrandColor": "#2B579A", "capabilities": [], "connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
  "identityProvider": "oauth2", "clientId": "client", "scopes": ["read"], "redirectMode": "Global",
  "redirectUrl": "https://global.consent.azure-apim.net/redirect", "properties": {"IsFirstParty": "False"},
  "customParameters": {"authorizationUrl": {"value": "https://shop.example/authorize"},
    "tokenUrl": {"value": "https://shop.example/token"}, "refreshUrl": {"value": "https://shop.example/token"}}}}}}}
END

# What Neovim 0.10 has no keys for gets those of 0.11.
cat >"$work/init.lua" <<'END'
dofile(vim.env.PACONN_NVIM .. '/test/init.lua')
vim.o.termguicolors, vim.o.number, vim.o.laststatus = true, true, 2
vim.g.netrw_banner = 0
vim.o.shada, vim.o.shadafile = "!,'100,<50,s10,h", vim.env.HOME .. '/kept.shada'
vim.diagnostic.config({ virtual_text = { current_line = false }, virtual_lines = { current_line = true } })
vim.ui.open = function() return { wait = function() return { code = 0 } end } end
if vim.fn.has('nvim-0.11') == 0 then
  vim.keymap.set('n', 'gra', vim.lsp.buf.code_action)
  vim.keymap.set('n', 'gO', vim.lsp.buf.document_symbol)
end
END
cat >"$work/tmux.conf" <<'END'
set -g default-terminal tmux-256color
set -as terminal-features ',*:RGB:usstyle'
set -g status off
set -s escape-time 0
END
tmux -L "$socket" -f "$work/tmux.conf" new-session -d -x 138 -y 28 -c "$work/home" \
	-e COLORTERM=truecolor "'$nvim' --clean -u '$work/init.lua' broken/apiDefinition.swagger.json"

screen() { tmux -L "$socket" capture-pane -p; }

fail() {
	echo "FAILED on a terminal: $1"
	screen 2>/dev/null || true
	exit 1
}

# see TEXT: waits until a text is on the screen; gone TEXT: until it is not.
see() {
	for _ in $(seq 400); do
		! screen | grep -qF -- "$1" || return 0
		sleep 0.05
	done
	fail "there is no \"$1\" on the screen:"
}
gone() {
	for _ in $(seq 400); do
		screen | grep -qF -- "$1" || return 0
		sleep 0.05
	done
	fail "\"$1\" stays on the screen:"
}

type() { tmux -L "$socket" send-keys "$@"; }

# run COMMAND: types a command of Neovim, also where a message waits for Enter.
run() { type Escape Escape ":$1" Enter; }

# picture NAME TITLE: keeps the screen.
picture() {
	[ -n "$pictures" ] || return 0
	sleep 0.3 # until the screen is at rest
	tmux -L "$socket" capture-pane -e -p >"$work/capture"
	"$nvim" --clean -l "$here/picture.lua" "$2" <"$work/capture" >"$pictures/$1.svg"
}

see '"swagger"'
type '/Invoise' Enter zz
see 'leads nowhere'
picture nvim-diagnostics 'Mistakes of a connector in Neovim'
type gra
see 'Change to #/definitions/Invoice'
picture nvim-quick-fix 'The fixes of a mistake in Neovim'
type 1 Enter
gone 'leads nowhere'
type u
see 'leads nowhere'
type '/x-ms-visibility' Enter K
see 'important'
picture nvim-hover 'What a key of a definition means, in Neovim'
type jj gO
see 'GET ListInvoices'
picture nvim-outline 'The operations of a connector, in Neovim'
run lclose
run 'Paconn check'
see 'errors and'
picture nvim-check 'All mistakes of a folder in the quickfix list of Neovim'
run cclose
run 'checkhealth paconn_ls'
see 'it runs, for'
picture nvim-health 'What :checkhealth says of the set-up'
run bwipeout

run 'cd pets | edit apiDefinition.swagger.json'
see '"Pets"'
run 'Paconn login'
see 'Open the page'
picture nvim-login 'Signing in with a code in Neovim'
type 1 Enter
see 'signed in as'
type Escape Escape ':Paconn create environment=' Tab
see 'environment=55555555'
picture nvim-completion 'The environments, completed on the command line of Neovim'
type C-c
gone 'environment=55555555' # what is typed before the interrupt is worked off is lost
run 'Paconn create environment=33333333-dddd-4eee-8fff-444444444444'
see 'created Pets'
run '%s/"version": "1[^"]*"/"version": "2.0.0"/ | write'
run 'Paconn update'
see 'Send the update'
picture nvim-update 'What an update would change, in Neovim'
type 1 Enter
see 'updated Pets'
run '%s/"operationId": "GetPet"/"operationId": "ListPets"/ | write'
run 'Paconn validate'
see 'the service refuses the definition'
picture nvim-validate 'What the service says of a definition, at its place in Neovim'
run 'undo | write'

run 'cd .. | edit .'
run 'Paconn download'
see 'nvironment'
type 1 Enter
see '1: Orders'
picture nvim-download 'The connectors of an environment to choose from, in Neovim'
type 1 Enter
see 'Folder to download into'
type Enter
see 'downloaded shared_'

create='Paconn create noCheck environment=33333333-dddd-4eee-8fff-444444444444'
run 'edit oauth/apiDefinition.swagger.json'
run "$create"
see 'client secret of the connector'
type C-c
see 'create was cancelled'
run "$create"
see 'client secret of the connector'
type S3cretTyped
see '***********'
type Enter
see 'redirect URL'
run "call writefile(split(execute('messages | history all | registers'), '\n'), \$HOME .. '/said')"
run 'qall!'
for _ in $(seq 200); do [ -s "$work/home/kept.shada" ] && break || sleep 0.05; done
grep -qF 'redirect URL' "$work/home/said" || fail 'the messages are not there'
grep -qaF 'Paconn create' "$work/home/kept.shada" || fail 'nothing was kept of the session'
! grep -raqF S3cretTyped "$work/home" "$work/state" "$work/cache" || fail "the secret is in $(grep -ralF S3cretTyped "$work")"
echo "ok on a real terminal: mistakes, fix, hover, outline, check, health, sign-in, completion, create, update, validate, download, secret"
