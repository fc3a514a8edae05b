package diagnostics

import (
	"bytes"
	"image/png"
	"strings"
	"unicode/utf8"

	"paconn-ls/internal/connector"
)

// picture is what the bytes of an icon say of it.
type picture struct {
	Format        string // "PNG" or another format in words; "" when it is none that is known
	Broken        bool   // it starts like a PNG but its size cannot be read
	Width, Height int    // of a PNG that is not broken
}

var pictures = connector.NewMemo(func(f *connector.File) picture {
	content := f.Content.String()
	if !strings.HasPrefix(content, "\x89PNG\r\n\x1a\n") {
		return picture{Format: formatOf(content)}
	}
	config, err := png.DecodeConfig(bytes.NewReader([]byte(content[:min(len(content), headerSize)])))
	if err != nil {
		return picture{Format: "PNG", Broken: true}
	}
	return picture{Format: "PNG", Width: config.Width, Height: config.Height}
})

// headerSize is how much of a PNG is read for its size, which stands at its beginning.
const headerSize = 64 << 10

// formatOf tells the format of a picture by how it begins.
func formatOf(content string) string {
	head := content[:min(len(content), 512)]
	switch {
	case head == "":
		return "an empty file"
	case strings.HasPrefix(head, "\xff\xd8\xff"):
		return "a JPEG"
	case strings.HasPrefix(head, "GIF8"):
		return "a GIF"
	case strings.HasPrefix(head, "BM"):
		return "a BMP"
	case strings.HasPrefix(head, "RIFF") && strings.Contains(head[:min(len(head), 16)], "WEBP"):
		return "a WebP"
	case strings.HasPrefix(head, "\x00\x00\x01\x00"):
		return "an ICO"
	case strings.Contains(head, "<svg"):
		return "an SVG"
	case utf8.ValidString(head) && !strings.Contains(head, "\x00"):
		return "text"
	}
	return ""
}

// icon returns the icon and what its bytes say; ok is false when there is none that can be read.
func (p *Pass) icon() (f *connector.File, pic picture, ok bool) {
	f = p.Connector.Icon()
	if f == nil || f.Err != nil {
		return nil, picture{}, false
	}
	return f, pictures.Of(f), true
}
