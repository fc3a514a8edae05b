# What a contributor runs. Everything works on a clean clone with Go, Node and git; tools are built into .cache.

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null)
PLATFORMS = linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64
GOTESTFLAGS ?=

export CGO_ENABLED ?= 0

.PHONY: build dist test bench demo generate lint fmt clean nvim nvim-pictures nvim-startup nvim-test

build: ## the program, for this machine: bin/paconn-ls
	go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/ ./cmd/paconn-ls

dist: ## the program for every platform: dist/
	@for p in $(PLATFORMS); do \
		os=$${p%/*} arch=$${p#*/} ext=; [ $$os = windows ] && ext=.exe; \
		echo "building $$os/$$arch"; \
		GOOS=$$os GOARCH=$$arch go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" \
			-o dist/paconn-ls_$${os}_$$arch$$ext ./cmd/paconn-ls || exit 1; \
	done

# What tries every case only without the race detector, which takes ten times as long, and a sample of them with it.
EXHAUSTIVE = ./diagnostics ./internal/jsondoc

test: build client blobs vscode-unit ## all tests, under the race detector where there is a C compiler for it
	go vet ./...
	go test $(GOTESTFLAGS) $(EXHAUSTIVE)
	@if command -v "$$(go env CC)" >/dev/null; then \
		echo 'go test -race $(GOTESTFLAGS) ./...'; CGO_ENABLED=1 go test -race $(GOTESTFLAGS) ./...; \
	else \
		echo 'no C compiler here: the race detector is SKIPPED'; go test $(GOTESTFLAGS) ./...; \
	fi
	editors/nvim/test/run.sh
	@$(MAKE) --no-print-directory vscode-test

nvim: build ## the program, and the plugin linked to where this user's Neovim finds it
	mkdir -p "$(NVIM_PACK)"
	ln -sfn "$(CURDIR)/editors/nvim" "$(NVIM_PACK)/paconn-ls"
	@if command -v nvim >/dev/null; then nvim --headless --clean -c 'helptags editors/nvim/doc' -c qall; else \
		echo 'no program nvim here; in Neovim, :helptags ALL makes :help paconn-ls known'; fi
	@command -v paconn-ls >/dev/null || echo 'paconn-ls is in no folder of PATH yet; it is $(CURDIR)/bin/paconn-ls'

NVIM_PACK = $(or $(XDG_DATA_HOME),$(HOME)/.local/share)/nvim/site/pack/paconn/start

nvim-pictures: build ## the pictures of docs/editors.md, as a terminal shows them; wants tmux and the Neovim of nvim-test
	editors/nvim/test/terminal.sh .cache/editors/nvim-forky/nvim docs/assets

nvim-startup: ## what the plugin adds to the start of Neovim, measured with many starts
	for suite in trixie forky; do editors/nvim/test/startup.sh .cache/editors/nvim-$$suite/nvim 101 || exit 1; done

nvim-test: build ## the plugin of Neovim in real Neovims, which are installed into .cache the first time
	editors/nvim/test/run.sh

bench: ## how long checking takes
	go test -run '^$$' -bench . -benchtime 1s ./...

demo: build ## a broken connector is mended over the real protocol, then created, updated and downloaded on the sandbox
	@go run ./internal/demo -program bin/paconn-ls

generate: ## docs/rules.md and other files that follow from the code
	go generate ./...

lint: ## go vet and more; builds the linter the first time, which takes some minutes
	cd tools && go build -o ../.cache/bin/golangci-lint github.com/golangci/golangci-lint/v2/cmd/golangci-lint
	.cache/bin/golangci-lint run ./...

fmt:
	gofmt -w $$(git ls-files '*.go')

clean:
	rm -rf bin dist .cache $(CLIENT)/node_modules $(BLOBS)/node_modules $(VSCODE)/node_modules $(VSCODE)/out

# The language client of VS Code, with which the server is tested.
CLIENT = cmd/paconn-ls/testdata/client

.PHONY: client
client:
	@[ -d $(CLIENT)/node_modules ] || npm ci --prefix $(CLIENT) --ignore-scripts --no-audit --no-fund || \
		echo '*** No npm, or it failed: the test with the language client of VS Code is SKIPPED ***'

# Azurite, the blob store with which uploads are tested: 186 MB.
BLOBS = cmd/paconn-ls/testdata/azurite

.PHONY: blobs
blobs:
	@[ -f $(BLOBS)/node_modules/azurite/dist/src/blob/main.js ] || npm ci --prefix $(BLOBS) --ignore-scripts --no-audit --no-fund || \
		echo '*** No npm, or it failed: the test with the blob store Azurite is SKIPPED ***'

# The extension of VS Code.
VSCODE = editors/vscode

.PHONY: vscode vscode-deps vscode-unit vscode-vsix vscode-package
vscode-deps: $(VSCODE)/node_modules/.package-lock.json

$(VSCODE)/node_modules/.package-lock.json: $(VSCODE)/package-lock.json
	npm ci --prefix $(VSCODE) --ignore-scripts --no-audit --no-fund

vscode-unit: ## types, style, unit tests and bundle of the extension
	@if ! command -v npm >/dev/null || ! $(MAKE) --no-print-directory vscode-deps; then \
		echo '*** No npm, or it failed: the tests of the extension of VS Code are SKIPPED ***'; \
	else npm test --prefix $(VSCODE); fi

vscode-vsix: vscode-deps ## the extension with this machine's program inside: editors/vscode/paconn-ls.vsix
	npm run --prefix $(VSCODE) package:this

vscode-package: vscode-deps ## the extension for every platform: editors/vscode/paconn-ls-*.vsix
	npm run --prefix $(VSCODE) package

vscode: vscode-vsix ## the extension, installed where VS Code's program code is found
	@if command -v code >/dev/null; then code --install-extension $(VSCODE)/paconn-ls.vsix --force; else \
		echo 'no program code here; in VS Code: Extensions, "Install from VSIX...", $(VSCODE)/paconn-ls.vsix'; fi

# VS Code, the real one, in a browser: .cache/editors (620 MB).
.PHONY: vscode-test vscode-pictures
vscode-test: ## the extension of VS Code in the real editor; says what it skips and why
	@if command -v node >/dev/null; then node editors/vscode/test/run.mjs; else \
		echo '*** No node: the tests of the extension in VS Code are SKIPPED ***'; [ "$(PACONN_EDITORS_REQUIRED)" != 1 ]; fi

vscode-pictures: vscode-test ## the pictures of docs/editors.md, as the tests saw them
	node editors/vscode/test/pictures.mjs
