//go:build !race

package jsondoc_test

// forms is in how many forms of real files mistakes are made: as they are, with CRLF and tabs, minified.
const forms = 3
