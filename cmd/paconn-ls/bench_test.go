//go:build unix

package main

import (
	"cmp"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// built is the program as people get it; the test binary, which the tests run, starts more slowly and is larger.
func built(b *testing.B) string {
	b.Helper()
	program := filepath.Join(b.TempDir(), "paconn-ls")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return program
}

// peak returns the most memory that a finished process had, in megabytes.
func peak(cmd *exec.Cmd) float64 {
	size := float64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		return size / (1 << 20) // there it is in bytes
	}
	return size / (1 << 10)
}

// published returns the folder of published connectors and their definitions by size, the smallest first; connectors of
// our own when there are none.
func published(b *testing.B) (folder string, definitions []string) {
	b.Helper()
	for _, folder = range []string{filepath.Join("..", "..", "..", "shared", "corpus"), filepath.Join("..", "..", "testdata")} {
		definitions, _ = filepath.Glob(filepath.Join(folder, "*", "*", "apiDefinition.swagger.json"))
		if len(definitions) > 0 {
			break
		}
	}
	size := map[string]int64{}
	for _, d := range definitions {
		info, err := os.Stat(d)
		if err != nil {
			b.Fatal(err)
		}
		size[d] = info.Size()
	}
	slices.SortFunc(definitions, func(a, b string) int { return cmp.Compare(size[a], size[b]) })
	return folder, definitions
}

// BenchmarkInitialize measures from the start of the process to the answer to initialize.
func BenchmarkInitialize(b *testing.B) {
	program := built(b)
	var took []time.Duration
	for b.Loop() {
		begin := time.Now()
		p := startProgram(b, program)
		p.call(1, "initialize", map[string]any{"processId": nil, "rootUri": nil, "capabilities": map[string]any{}})
		took = append(took, time.Since(begin))
		p.send(map[string]any{"method": "exit"})
		p.end()
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
}

// BenchmarkCheck checks every published connector in a process of its own.
func BenchmarkCheck(b *testing.B) {
	program := built(b)
	folder, _ := published(b)
	most := 0.0
	for b.Loop() {
		cmd := exec.CommandContext(context.Background(), program, "check", "--format", "json", folder)
		_, err := cmd.Output()
		if exit := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != codeProblems) {
			b.Fatal(err)
		}
		most = max(most, peak(cmd))
	}
	b.ReportMetric(most, "peak-MB")
}

// BenchmarkServeMemory opens the largest connector, types a thousand times into it, and reports the most memory that the
// process had.
func BenchmarkServeMemory(b *testing.B) {
	program := built(b)
	_, definitions := published(b)
	path, err := filepath.Abs(definitions[len(definitions)-1])
	if err != nil {
		b.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	most := 0.0
	for b.Loop() {
		p := startProgram(b, program)
		p.call(1, "initialize", map[string]any{"processId": nil, "rootUri": fileURI(filepath.Dir(path)), "capabilities": map[string]any{}})
		p.send(map[string]any{"method": "initialized", "params": map[string]any{}})
		doc := map[string]any{"uri": fileURI(path), "languageId": "json", "version": 1, "text": string(text)}
		p.send(map[string]any{"method": "textDocument/didOpen", "params": map[string]any{"textDocument": doc}})
		for n := range 1000 {
			at := map[string]any{"line": strings.Count(string(text), "\n") / 2, "character": 0}
			p.send(map[string]any{"method": "textDocument/didChange", "params": map[string]any{
				"textDocument":   map[string]any{"uri": fileURI(path), "version": n + 2},
				"contentChanges": []any{map[string]any{"range": map[string]any{"start": at, "end": at}, "text": " "}}}})
			if n%10 == 0 { // a symbol request now and then, so that the tree is wanted between the checks
				p.call(n+2, "textDocument/documentSymbol", map[string]any{"textDocument": map[string]any{"uri": fileURI(path)}})
			}
		}
		p.call(2000, "shutdown", nil)
		p.send(map[string]any{"method": "exit"})
		p.end()
		most = max(most, peak(p.cmd))
	}
	b.ReportMetric(most, "peak-MB")
}
