//go:build !race

package diagnostics_test

// every tells which part of a long list of cases is tried: all of them.
const every = 1
