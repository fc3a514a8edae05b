package main

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "paconn-ls/"

// directions says which packages of ours each package may import; a name that ends in a slash means all below. What is
// not listed may import none. docs/architecture.md draws the same.
var directions = map[string][]string{
	"cmd/paconn-ls":      {"lsp", "commands", "diagnostics", "powerapps/", "internal/report", "internal/source"},
	"lsp":                {"commands", "diagnostics", "internal/"},
	"commands":           {"diagnostics", "powerapps", "internal/"},
	"powerapps":          {"internal/spelling"},
	"powerapps/sandbox":  {"powerapps", "diagnostics", "internal/"},
	"diagnostics":        {"internal/connector", "internal/swagger", "internal/shape", "internal/dialect", "internal/openapi", "internal/csharp", "internal/jsondoc", "internal/source", "internal/spelling"},
	"internal/report":    {"diagnostics", "internal/connector", "internal/source"},
	"internal/openapi":   {"internal/connector", "internal/swagger", "internal/jsondoc", "internal/source"},
	"internal/swagger":   {"internal/connector", "internal/jsondoc", "internal/source"},
	"internal/shape":     {"internal/connector", "internal/dialect", "internal/jsondoc", "internal/source"},
	"internal/connector": {"internal/immutable", "internal/jsondoc", "internal/source"},
	"internal/jsondoc":   {"internal/source"},
	"internal/csharp":    {"internal/source"},
	"internal/demo":      {"commands", "diagnostics", "internal/"},
	"internal/gen":       {"commands", "diagnostics", "internal/"},
	"internal/rulepage":  {"internal/connector", "internal/jsondoc", "internal/source"},
}

// importers says which package alone may import what others made.
var importers = map[string]string{
	"go.lsp.dev/":              "lsp",
	"github.com/pb33f/":        "internal/openapi",
	"github.com/AzureAD/":      "powerapps",
	"github.com/Azure/":        "powerapps",
	"github.com/zalando/":      "powerapps",
	"github.com/gofrs/":        "powerapps",
	"software.sslmate.com/":    "powerapps",
	"github.com/spf13/cobra":   "cmd/paconn-ls",
	"github.com/rogpeppe/":     "",
	"github.com/google/go-cmp": "",
}

// world is what a package that does no IO does not import.
var world = []string{"os", "os/exec", "os/signal", "net", "net/http", "syscall", "path/filepath.Walk", "io/ioutil", "log", "log/slog"}

// pure reports the packages that do no IO. The generator and the demonstration are programs.
func pure(name string) bool {
	return name == "diagnostics" || strings.HasPrefix(name, "internal/") && name != "internal/gen" && name != "internal/demo"
}

type listed struct {
	ImportPath string
	Imports    []string
	Standard   bool
}

func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Imports,Standard", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var list []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); d.More(); {
		var p listed
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	return list
}

func TestImportDirections(t *testing.T) {
	ours := 0
	for _, p := range packages(t) {
		name, ok := strings.CutPrefix(p.ImportPath, module)
		if !ok {
			continue
		}
		ours++
		for _, imported := range p.Imports {
			if why := forbidden(name, imported); why != "" {
				t.Errorf("%s imports %s: %s", name, imported, why)
			}
		}
	}
	if ours < 8 {
		t.Errorf("go list told of %d packages of ours only", ours)
	}
}

// forbidden says why one package may not import another; "" when it may.
func forbidden(name, imported string) string {
	if own, ok := strings.CutPrefix(imported, module); ok {
		for _, d := range directions[name] {
			if d == own || strings.HasSuffix(d, "/") && strings.HasPrefix(own, d) {
				return ""
			}
		}
		return "that is against the direction of imports"
	}
	for prefix, importer := range importers {
		if strings.HasPrefix(imported, prefix) && name != importer {
			return "only " + importer + " may"
		}
	}
	if name == "internal/openapi" && imported == "log/slog" {
		return "" // to silence a library whose logger writes to standard output
	}
	if pure(name) && slices.Contains(world, imported) {
		return "the package does no IO"
	}
	return ""
}

// TestForbidden holds the check itself to what it promises.
func TestForbidden(t *testing.T) {
	for _, c := range []struct {
		name, imported string
		allowed        bool
	}{
		{"lsp", "go.lsp.dev/protocol", true},
		{"cmd/paconn-ls", "go.lsp.dev/protocol", false},
		{"diagnostics", "os", false},
		{"commands", "os", true},
		{"internal/source", "paconn-ls/internal/jsondoc", false},
		{"internal/shape", "paconn-ls/internal/swagger", false},
		{"internal/dialect", "paconn-ls/internal/source", false},
		{"lsp", "paconn-ls/internal/shape", true},
		{"internal/swagger", "github.com/pb33f/libopenapi", false},
		{"internal/openapi", "log/slog", true},
		{"internal/swagger", "log/slog", false},
	} {
		if got := forbidden(c.name, c.imported) == ""; got != c.allowed {
			t.Errorf("%s may import %s: %v, want %v", c.name, c.imported, got, c.allowed)
		}
	}
}
