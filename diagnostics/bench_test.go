package diagnostics_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"paconn-ls/commands"
	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
)

// BenchmarkCheck runs every live rule over the largest and the median real connector, parsed afresh each time, as after
// a keystroke.
func BenchmarkCheck(b *testing.B) {
	for name, dir := range map[string]string{"largest": "certified-connectors/Encodian", "median": "certified-connectors/Asite (Canada)"} {
		b.Run(name, func(b *testing.B) {
			c := connector.Assemble(filepath.Join(corpus(b), filepath.FromSlash(dir)), commands.Disk{})
			benchmarkCheck(b, c, c.Definition().Content.String())
		})
	}
}

func benchmarkCheck(b *testing.B, c *connector.Connector, src string) {
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		f := connector.NewFile(c.Definition().Path, connector.Definition, src)
		diagnostics.Check(context.Background(), c.With(f), diagnostics.Options{})
	}
}

// BenchmarkScaling checks definitions of 1, 2, 4 and 8 MB, made of copies of the sound connector's paths: the time for
// a byte should stay the same.
func BenchmarkScaling(b *testing.B) {
	c := assemble(pets(b))
	for _, mb := range []int{1, 2, 4, 8} {
		b.Run(fmt.Sprintf("%dMB", mb), func(b *testing.B) { benchmarkCheck(b, c, grown(c, mb<<20)) })
	}
}

// grown returns the connector's definition with its paths repeated under other names until it has size bytes.
func grown(c *connector.Connector, size int) string {
	src := c.Definition().Content.String()
	paths := c.Definition().Root().Get("paths")
	body := strings.TrimSpace(paths.Raw()[1 : paths.Span().Len()-1])
	var out strings.Builder
	for i := 0; out.Len() < size-len(src); i++ {
		copied := strings.NewReplacer(`"/`, fmt.Sprintf(`"/v%d/`, i), `"operationId": "`, fmt.Sprintf(`"operationId": "V%d`, i)).Replace(body)
		copied = strings.ReplaceAll(copied, fmt.Sprintf(`"#/v%d/`, i), `"#/`)
		out.WriteString(",\n    " + copied)
	}
	end := paths.Span().End - 1
	return src[:end] + out.String() + src[end:]
}
