package diagnostics

import (
	"iter"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/csharp"
)

// sources are the scripts as far as they are read.
var sources = connector.NewMemo(func(f *connector.File) *csharp.File {
	if f.Content.Len() > megabyte {
		return &csharp.File{Partial: true}
	}
	return csharp.Parse(f.Content.String())
})

// script returns the script and its tokens; ok is false when there is none, or when its brackets or strings are broken, so
// that nothing can be said of what it declares.
func (p *Pass) script() (f *connector.File, tokens []csharp.Token, ok bool) {
	f = p.Connector.Script()
	if f == nil || f.Err != nil {
		return nil, nil, false
	}
	s := sources.Of(f)
	return f, s.Tokens, s.Error == nil && !s.Partial
}

// class is a class that a script declares.
type class struct {
	name  csharp.Token
	bases map[string]bool // every word between the colon and the body
}

// classes yields the classes of a script.
func classes(tokens []csharp.Token) iter.Seq[class] {
	return func(yield func(class) bool) {
		for i := 0; i+1 < len(tokens); i++ {
			if !tokens[i].Is("class") || tokens[i+1].Kind != csharp.Word {
				continue
			}
			c := class{name: tokens[i+1], bases: map[string]bool{}}
			if c.name.Is("where") || i > 0 && (tokens[i-1].Is(":") || tokens[i-1].Is(",")) {
				continue // a constraint: where T : class
			}
			colon := false
			for i += 2; i < len(tokens) && !tokens[i].Is("{") && !tokens[i].Is(";") && !tokens[i].Is("where"); i++ {
				if colon && tokens[i].Kind == csharp.Word {
					c.bases[tokens[i].Text] = true
				}
				colon = colon || tokens[i].Is(":")
			}
			if !yield(c) {
				return
			}
		}
	}
}

// scriptClass is what the platform looks for.
const scriptClass, scriptBase = "Script", "ScriptBase"

// mainClass returns the class that the platform would run; ok is false when there is none.
func mainClass(tokens []csharp.Token) (c class, ok bool) {
	for c := range classes(tokens) {
		if c.name.Text == scriptClass && c.bases[scriptBase] {
			return c, true
		}
	}
	return class{}, false
}
