package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
)

var duplicateKey = &Rule{
	Name: "duplicate-key", Severity: Warning, Syntax: true,
	Check: func(p *Pass) {
		for _, f := range p.Connector.Files() {
			if !f.Role.IsJSON() {
				continue
			}
			doc := f.Doc()
			for id := range doc.Len() {
				if v := doc.Node(id); v.IsObject() {
					checkDuplicates(p, v)
				}
			}
		}
	},
}

// checkDuplicates reports every member whose key a later member has too: the later one wins, so the earlier is lost.
func checkDuplicates(p *Pass, object jsondoc.Value) {
	n := object.Len()
	if n < 2 {
		return
	}
	last := map[string]jsondoc.Value{}
	if n <= 12 && !hasDuplicates(object) {
		return
	}
	for m := range object.Children() {
		key := m.Key()
		if earlier, ok := last[key]; ok && !m.Broken() {
			p.ReportKey(m, fmt.Sprintf("duplicate key %q, the one before is ignored", key),
				p.Because(earlier, "the key stands here already"), Suggest("Remove the earlier one", earlier.Remove()...))
		}
		last[key] = m
	}
}

// hasDuplicates compares every key of a small object with every other, which is cheaper than a map.
func hasDuplicates(object jsondoc.Value) bool {
	var keys [12]string
	n := 0
	for m := range object.Children() {
		key := m.Key()
		for _, k := range keys[:n] {
			if k == key {
				return true
			}
		}
		keys[n] = key
		n++
	}
	return false
}
