package commands_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"paconn-ls/commands"
)

// many makes a folder of n copies of the broken connector.
func many(t *testing.T, n int) string {
	t.Helper()
	root := t.TempDir()
	for i := range n {
		dir := filepath.Join(root, string(rune('a'+i%26)), strings.Repeat("x", i/26+1))
		if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "testdata", "connectors", "broken"))); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestCheckDoesNotDependOnTiming(t *testing.T) {
	root := many(t, 60)
	var want commands.CheckResult
	for i := range 4 {
		var steps []int
		got, err := commands.Check(context.Background(), commands.CheckArgs{
			Paths: []string{root}, Progress: func(done, total int) { steps = append(steps, done, total) },
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(steps) != 120 || steps[118] != 60 || steps[119] != 60 {
			t.Fatalf("progress was told as %v", steps)
		}
		if i == 0 {
			want = got
		} else if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("another run gives another result:\n%s", diff)
		}
	}
	paths := []string{}
	for _, p := range want.Problems {
		paths = append(paths, filepath.Dir(p.Path))
	}
	if want.Connectors != 60 || len(paths) == 0 || !slices.IsSorted(paths) {
		t.Errorf("%d connectors, %d problems, sorted: %v", want.Connectors, len(paths), slices.IsSorted(paths))
	}
}

func TestCheckStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := commands.Check(ctx, commands.CheckArgs{Paths: []string{many(t, 2)}}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled check returns %v", err)
	}
}

func TestWriteFileLeavesNoPart(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "apiProperties.json")
	if err := commands.WriteFile(path, "{}"); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "taken"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "taken", "x"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := commands.WriteFile(filepath.Join(dir, "taken"), "{}"); err == nil {
		t.Error("a folder was replaced by a file")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("the folder holds %v, %v: something was left behind", entries, err)
	}
}
