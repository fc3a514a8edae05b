package jsondoc

import "strings"

// A version control system that cannot merge a file writes both versions of the lines in question into it:
//
//	<<<<<<< ours
//	||||||| base, where it is set so
//	=======
//	>>>>>>> theirs
//
// The first version is read, since both together are no JSON; the rest is passed over.
const (
	conflictStart  = "<<<<<<<"
	conflictBase   = "|||||||"
	conflictMiddle = "======="
	conflictStop   = ">>>>>>>"
)

// conflicts finds what of a text is passed over because of merge conflicts.
type conflicts struct {
	src    string
	noStop bool // no conflict ends behind the last place that was looked at
}

// skip returns the end of what is passed over when a mark stands at i, which must be the start of a line; else i.
func (c *conflicts) skip(i int) int {
	switch c.mark(i) {
	case "":
		return i
	case conflictBase, conflictMiddle:
		if stop := c.stop(i); stop > i {
			return lineEnd(c.src, stop)
		}
	}
	return lineEnd(c.src, i)
}

// mark returns the mark at i, or "".
func (c *conflicts) mark(i int) string {
	if i > 0 && c.src[i-1] != '\n' && c.src[i-1] != '\r' {
		return ""
	}
	for _, mark := range []string{conflictStart, conflictBase, conflictMiddle, conflictStop} {
		if rest, ok := strings.CutPrefix(c.src[i:], mark); ok && (rest == "" || rest[0] <= ' ') {
			return mark
		}
	}
	return ""
}

// stop returns where the mark that ends a conflict stands behind i, or i when there is none.
func (c *conflicts) stop(i int) int {
	for at := i; !c.noStop; {
		n := strings.Index(c.src[at:], conflictStop)
		if n < 0 {
			c.noStop = true
			break
		}
		if at += n; c.mark(at) == conflictStop {
			return at
		}
		at += len(conflictStop)
	}
	return i
}

// conflict passes over what a merge conflict puts at pos and reports each conflict once, at its first mark. There is no
// fix: only a person knows which side is meant.
func (p *parser) conflict() bool {
	start := p.pos
	end := p.conflicts.skip(start)
	if end == start {
		return false
	}
	mark := p.conflicts.mark(start)
	if mark == conflictStart || !p.inConflict {
		p.errorf(Conflict, start, start+len(mark), "unresolved merge conflict, keep one side and remove the marks")
	}
	p.inConflict = mark == conflictStart
	p.pos = end
	return true
}
