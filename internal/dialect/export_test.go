package dialect

import "slices"

// Tables is every object as written, before they are filed by name.
func Tables() []Object { return slices.Concat(tables...) }
