package lsp_test

import (
	"cmp"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"go.lsp.dev/protocol"

	"paconn-ls/lsp"
)

// published connectors by size, the smallest first; the connector of our own when there are none.
func bySize(b *testing.B) []string {
	dirs := corpus(b, 1<<20, 1<<30)
	if len(dirs) == 0 {
		dir := b.TempDir()
		pets(b, dir)
		return []string{dir}
	}
	size := func(dir string) int64 {
		info, err := os.Stat(filepath.Join(dir, "apiDefinition.swagger.json"))
		if err != nil {
			b.Fatal(err)
		}
		return info.Size()
	}
	slices.SortFunc(dirs, func(a, b string) int { return cmp.Compare(size(a), size(b)) })
	return dirs
}

// typing is a session in which somebody types into one file.
type typing struct {
	*editor
	path    string
	text    string
	line    uint32
	version int32
	heard   chan int32
}

func newTyping(b *testing.B, dir string, options func(lsp.Options) lsp.Options) *typing {
	path := filepath.Join(dir, "apiDefinition.swagger.json")
	y := &typing{path: path, text: read(b, path), version: 1, heard: make(chan int32, 1<<10)}
	y.editor = start(b, setup{caps: pushes, options: options, heard: func(p *protocol.PublishDiagnosticsParams) {
		if version, ok := p.Version.Get(); ok && p.URI.FsPath() == path {
			y.heard <- version
		}
	}})
	y.open(path, y.version, y.text)
	y.await()
	for i := range len(y.text) / 2 {
		if y.text[i] == '\n' {
			y.line++
		}
	}
	return y
}

// key presses one key, in the middle of the file: a blank comes, and goes the next time.
func (y *typing) key() {
	y.version++
	if y.version%2 == 0 {
		y.change(y.path, y.version, part(y.line, 0, y.line, 0, " "))
	} else {
		y.change(y.path, y.version, part(y.line, 0, y.line, 1, ""))
	}
}

func (y *typing) await() {
	for version := range y.heard {
		if version == y.version {
			return
		}
	}
}

// percentile reports the median and the 95th percentile of some durations.
func percentile(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
}

// BenchmarkKeyToDiagnostics measures from a key to the diagnostics of it, without the wait that typing is followed with.
func BenchmarkKeyToDiagnostics(b *testing.B) {
	dirs := bySize(b)
	for name, dir := range map[string]string{"median": dirs[len(dirs)/2], "largest": dirs[len(dirs)-1]} {
		b.Run(name, func(b *testing.B) {
			y := newTyping(b, dir, lsp.Hasty)
			defer y.close()
			var took []time.Duration
			for b.Loop() {
				start := time.Now()
				y.key()
				y.await()
				took = append(took, time.Since(start))
			}
			percentile(b, took)
		})
	}
}

// BenchmarkRequestWhileTyping measures requests on the largest file that follow a key directly, with the wait before a
// check that a person's typing has.
func BenchmarkRequestWhileTyping(b *testing.B) {
	dirs := bySize(b)
	for _, method := range []string{protocol.MethodTextDocumentHover, protocol.MethodTextDocumentDocumentSymbol} {
		b.Run(filepath.Base(method), func(b *testing.B) {
			y := newTyping(b, dirs[len(dirs)-1], nil)
			defer y.close()
			params := &protocol.HoverParams{TextDocumentPositionParams: protocol.TextDocumentPositionParams{
				TextDocument: identifier(y.path), Position: protocol.Position{Line: y.line + 1, Character: 20}}}
			var took []time.Duration
			for b.Loop() {
				y.key()
				start := time.Now()
				_, wait := y.begin(method, params)
				if r := <-wait; r.Err() != nil {
					b.Fatal(r.Err())
				}
				took = append(took, time.Since(start))
				y.drain()
			}
			percentile(b, took)
		})
	}
}

func (y *typing) drain() {
	for len(y.heard) > 0 {
		<-y.heard
	}
}

// BenchmarkMemory types into the largest file and reports the most memory that the heap held, which must not grow with
// the number of keys.
func BenchmarkMemory(b *testing.B) {
	dirs := bySize(b)
	y := newTyping(b, dirs[len(dirs)-1], lsp.Hasty)
	defer y.close()
	var peak uint64
	for b.Loop() {
		y.key()
		y.await()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak = max(peak, m.HeapInuse)
	}
	b.ReportMetric(float64(peak)/(1<<20), "peak-MB")
}
