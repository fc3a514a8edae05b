package diagnostics

import (
	"fmt"

	"paconn-ls/internal/source"
)

var rangeInverted = &Rule{
	Name: "range-inverted", Severity: Error,
	Upstream: []string{"MinimumShouldBeLessThanOrEqualToMaximum", "MinItemsShouldBeLessThanOrEqualToMaxItems",
		"MinLengthShouldBeLessThanOrEqualToMaxLength", "MinPropertiesShouldBeLessThanOrEqualToMaxProperties"},
	Check: func(p *Pass) {
		for _, v := range keywordsOf(p).ranges {
			for _, pair := range rangePairs {
				least, greatest := v.Get(pair[0]), v.Get(pair[1])
				min, ok := least.Number()
				max, also := greatest.Number()
				if !ok || !also || min <= max {
					continue
				}
				last, other := greatest, least // the one that was typed later is taken for the wrong one
				if least.ID() > greatest.ID() {
					last, other = least, greatest
				}
				swap := append(least.Replace(greatest.Raw()), greatest.Replace(least.Raw())...)
				p.Report(last, fmt.Sprintf("%q is %s, more than %q with %s: no value fits", pair[0], least.Raw(), pair[1], greatest.Raw()),
					p.Because(other, "the other end"), Suggest("Swap them", sortEdits(swap)...))
			}
		}
	},
}

var rangePairs = [][2]string{{"minimum", "maximum"}, {"minLength", "maxLength"}, {"minItems", "maxItems"}, {"minProperties", "maxProperties"}}

// sortEdits puts two edits in the order of the text.
func sortEdits(edits []source.Edit) []source.Edit {
	if len(edits) == 2 && edits[0].Span.Start > edits[1].Span.Start {
		edits[0], edits[1] = edits[1], edits[0]
	}
	return edits
}
