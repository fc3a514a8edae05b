package diagnostics

import (
	"iter"
	"strings"

	"paconn-ls/internal/jsondoc"
)

// parameterLists yields the objects that hold connection parameters: connectionParameters, and parameters of every set.
func (p *Pass) parameterLists() iter.Seq[jsondoc.Value] {
	return func(yield func(jsondoc.Value) bool) {
		if v := p.Properties.Get("connectionParameters"); v.IsObject() && !yield(v) {
			return
		}
		for set := range p.parameterSets() {
			if v := set.Get("parameters"); v.IsObject() && !yield(v) {
				return
			}
		}
	}
}

// parameterSets yields the ways to sign in that connectionParameterSets offers.
func (p *Pass) parameterSets() iter.Seq[jsondoc.Value] {
	return p.Properties.Get("connectionParameterSets").Get("values").Children()
}

// connectionParameters yields every connection parameter, those of sets included.
func (p *Pass) connectionParameters() iter.Seq[jsondoc.Value] {
	return func(yield func(jsondoc.Value) bool) {
		for list := range p.parameterLists() {
			for v := range list.Children() {
				if !yield(v) {
					return
				}
			}
		}
	}
}

// isOAuth reports whether a connection parameter is a sign-in with OAuth, in any case: another rule reports the case.
func isOAuth(parameter jsondoc.Value) bool {
	return strings.EqualFold(parameter.Get("type").Text(), "oauthSetting")
}

// isTyped reports whether the user types the connection parameter as text.
func isTyped(parameter jsondoc.Value) bool {
	t := parameter.Get("type").Text()
	return t == "string" || t == "securestring"
}

// oauthSettings yields the OAuth settings of all connection parameters.
func (p *Pass) oauthSettings() iter.Seq[jsondoc.Value] {
	return func(yield func(jsondoc.Value) bool) {
		for v := range p.connectionParameters() {
			if s := v.Get("oAuthSettings"); s.IsObject() && !yield(s) {
				return
			}
		}
	}
}

// whole reports whether the brackets of a file are sound: where they are not, names that seem to be missing may only
// have ended up elsewhere in the tree, and rules that look names up keep silent.
func (p *Pass) whole(v jsondoc.Value) bool {
	if !v.Exists() {
		return false
	}
	for _, e := range v.Doc().Errors() {
		switch e.Code {
		case jsondoc.MissingBracket, jsondoc.ExtraBracket, jsondoc.WrongBracket, jsondoc.TextAfterEnd, jsondoc.TooDeep, jsondoc.Empty:
			return false
		}
	}
	return true
}

// knowsOperations reports whether the operations of the definition are all known.
func (p *Pass) knowsOperations() bool {
	return len(p.Definition.Operations) > 0 && p.whole(p.Definition.Root)
}
