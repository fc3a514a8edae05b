//go:build race

package diagnostics_test

// every tells which part of a long list of cases is tried: under the race detector, which takes ten times as long and has
// nothing to find in what runs alone, one in six.
const every = 6
