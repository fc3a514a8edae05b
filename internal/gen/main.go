// Command gen writes what in docs/ and editors/ follows from the code: go generate ./... runs it, and a test fails when it should be run.
package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

//go:generate go run .

// root is the repository, seen from this package's folder.
const root = "../.."

func main() {
	files, err := generate()
	if err == nil {
		err = write(files)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// generate returns the generated files by their names in the repository.
func generate() (map[string]string, error) {
	rules, err := rulesPage()
	if err != nil {
		return nil, err
	}
	picture, err := checkPicture()
	if err != nil {
		return nil, err
	}
	manifest, err := manifest()
	if err != nil {
		return nil, err
	}
	schema, err := schema()
	if err != nil {
		return nil, err
	}
	return map[string]string{
		"docs/rules.md": rules, "docs/assets/check.svg": picture, "editors/nvim/lua/paconn_ls/verbs.lua": nvimVerbs(),
		manifestName: manifest, schemaName: schema,
	}, nil
}

func write(files map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(files[name]), 0o644); err != nil {
			return err
		}
	}
	return nil
}
