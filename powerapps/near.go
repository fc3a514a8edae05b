package powerapps

import (
	"fmt"
	"strings"

	"paconn-ls/internal/spelling"
)

// orNear returns `, did you mean "x"?` for the nearest of some names, or, when none is near, which there are.
func orNear(name string, names []string) string {
	near := spelling.Nearest(name, names)
	if len(near) == 0 {
		return ": there are " + strings.Join(names, ", ")
	}
	return fmt.Sprintf(", did you mean %q?", near[0])
}
