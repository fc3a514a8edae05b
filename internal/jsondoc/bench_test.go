package jsondoc_test

import (
	"os"
	"path/filepath"
	"testing"

	"paconn-ls/internal/jsondoc"
)

func BenchmarkParseLargest(b *testing.B) {
	data, err := os.ReadFile(filepath.FromSlash("../../../shared/corpus/certified-connectors/Encodian/apiDefinition.swagger.json"))
	if err != nil {
		b.Skip("the corpus of real connectors is not here")
	}
	src := string(data)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		jsondoc.Parse(src)
	}
}
