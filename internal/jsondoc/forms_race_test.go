//go:build race

package jsondoc_test

// forms is in how many forms of real files mistakes are made: as they are only, under the race detector, which takes ten
// times as long and has nothing to find in what runs alone.
const forms = 1
