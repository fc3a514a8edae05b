package diagnostics

import (
	"slices"
	"strings"

	"paconn-ls/internal/dialect"
)

// plainParameters are what the dialect calls the parameters outside the body.
var plainParameters = []string{"query parameter", "path parameter", "header parameter", "form parameter"}

// ruledElsewhere reports whether a rule of its own speaks of a key in such an object, so that the rules of shape need
// not.
func ruledElsewhere(name string, parent *dialect.Object) bool {
	switch name {
	case selectedItem:
		return strings.HasSuffix(parent.Name, " reference")
	case notificationContent:
		return parent.Name == "operation"
	case notificationURL:
		return slices.Contains(plainParameters, parent.Name)
	}
	return parent.Name == "body parameter" && slices.Contains(inSchemaOnly, name)
}
