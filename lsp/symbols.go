package lsp

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
	"paconn-ls/internal/swagger"
)

// symbol is a named part of a file.
type symbol struct {
	name, detail    string
	kind            protocol.SymbolKind
	full, selection source.Span
	children        []symbol
}

// documentSymbol answers with the parts of a file: a tree, or a list for a client that knows no trees.
func (s *server) documentSymbol(_ context.Context, snap *snapshot, p *protocol.DocumentSymbolParams) (protocol.DocumentSymbolResult, error) {
	_, f, ok := snap.file(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	symbols := symbolsOf(f)
	if s.client.hierarchy {
		return protocol.DocumentSymbolSlice(s.tree(f, symbols)), nil
	}
	return protocol.SymbolInformationSlice(s.list(f, symbols, "", nil)), nil
}

func (s *server) tree(f *connector.File, symbols []symbol) []protocol.DocumentSymbol {
	out := make([]protocol.DocumentSymbol, len(symbols))
	for i, sym := range symbols {
		out[i] = protocol.DocumentSymbol{
			Name: sym.name, Kind: sym.kind, Range: s.span(f.Content, sym.full), SelectionRange: s.span(f.Content, sym.selection)}
		if sym.detail != "" {
			out[i].Detail = ptr(sym.detail)
		}
		if sym.children != nil {
			out[i].Children = s.tree(f, sym.children)
		}
	}
	return out
}

func (s *server) list(f *connector.File, symbols []symbol, container string, out []protocol.SymbolInformation) []protocol.SymbolInformation {
	for _, sym := range symbols {
		info := protocol.SymbolInformation{
			BaseSymbolInformation: protocol.BaseSymbolInformation{Name: sym.name, Kind: sym.kind},
			Location:              protocol.Location{URI: uriOf(f.Path), Range: s.span(f.Content, sym.full)},
		}
		if container != "" {
			info.ContainerName = ptr(container)
		}
		out = s.list(f, sym.children, sym.name, append(out, info))
	}
	return out
}

// symbolsOf returns the parts of a file that a person would look for.
func symbolsOf(f *connector.File) []symbol {
	switch f.Role {
	case connector.Definition:
		return definitionSymbols(swagger.Of(f))
	case connector.Properties:
		return propertiesSymbols(f.Root().Get("properties"))
	case connector.Settings, connector.Config:
		return members(f.Root(), protocol.SymbolKindProperty)
	}
	return nil
}

func newSymbol(v jsondoc.Value, name, detail string, kind protocol.SymbolKind, children []symbol) symbol {
	if strings.TrimSpace(name) == "" {
		name = `""` // clients refuse a symbol without a name
	}
	return symbol{name: name, detail: detail, kind: kind, full: v.Full(), selection: v.Name(), children: children}
}

func definitionSymbols(doc *swagger.Document) []symbol {
	var out []symbol
	for section := range doc.Root.Children() {
		key := section.Key()
		switch key {
		case "paths":
			out = append(out, newSymbol(section, key, "", protocol.SymbolKindNamespace, pathSymbols(doc)))
		case "definitions":
			out = append(out, newSymbol(section, key, "", protocol.SymbolKindNamespace, members(section, protocol.SymbolKindClass)))
		case "parameters":
			out = append(out, newSymbol(section, key, "", protocol.SymbolKindNamespace, members(section, protocol.SymbolKindVariable)))
		case "responses":
			out = append(out, newSymbol(section, key, "", protocol.SymbolKindNamespace, members(section, protocol.SymbolKindObject)))
		case "securityDefinitions":
			out = append(out, newSymbol(section, key, "", protocol.SymbolKindNamespace, members(section, protocol.SymbolKindKey)))
		case "info":
			out = append(out, newSymbol(section, key, section.Get("title").Text(), protocol.SymbolKindModule, nil))
		}
	}
	return out
}

func pathSymbols(doc *swagger.Document) []symbol {
	var out []symbol
	for _, item := range doc.Paths {
		var operations []symbol
		for _, op := range item.Operations {
			name := strings.ToUpper(op.Method)
			if op.ID != "" {
				name += " " + op.ID
			}
			kind := protocol.SymbolKindMethod
			if op.Value.Get("x-ms-trigger").Exists() {
				kind = protocol.SymbolKindEvent
			}
			operations = append(operations, newSymbol(op.Value, name, op.Value.Get("summary").Text(), kind, nil))
		}
		out = append(out, newSymbol(item.Value, item.Path, "", protocol.SymbolKindInterface, operations))
	}
	return out
}

// members makes a symbol of every member of an object, with its title or type for a detail.
func members(object jsondoc.Value, kind protocol.SymbolKind) []symbol {
	if !object.IsObject() {
		return nil
	}
	var out []symbol
	for m := range object.Children() {
		detail := m.Get("type").Text()
		if t := title(m); t != "" {
			detail = strings.TrimPrefix(t, " · ")
		}
		if s, ok := m.Str(); ok {
			detail = s
		}
		out = append(out, newSymbol(m, m.Key(), detail, kind, nil))
	}
	return out
}

func propertiesSymbols(properties jsondoc.Value) []symbol {
	var out []symbol
	for section := range properties.Children() {
		var children []symbol
		switch key := section.Key(); key {
		case "connectionParameters":
			children = members(section, protocol.SymbolKindKey)
		case "connectionParameterSets":
			children = named(section.Get("values"), "name", protocol.SymbolKindKey)
		case "policyTemplateInstances":
			children = named(section, "templateId", protocol.SymbolKindFunction)
		default:
			continue
		}
		out = append(out, newSymbol(section, section.Key(), "", protocol.SymbolKindNamespace, children))
	}
	return out
}

// named makes a symbol of every object in an array, by one of its members.
func named(array jsondoc.Value, key string, kind protocol.SymbolKind) []symbol {
	if !array.IsArray() {
		return nil
	}
	var out []symbol
	for element := range array.Children() {
		detail := element.Get("title").Text()
		if detail == "" {
			detail = element.Path("uiDefinition", "displayName").Text()
		}
		sym := newSymbol(element, element.Get(key).Text(), detail, kind, nil)
		if name := element.Get(key); name.Exists() {
			sym.selection = name.Span()
		}
		out = append(out, sym)
	}
	return out
}
