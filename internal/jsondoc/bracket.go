package jsondoc

import (
	"fmt"
	"strings"

	"paconn-ls/internal/source"
)

// repair is an edit of one bracket that would make the brackets of a text agree with its indentation.
type repair struct {
	edit    source.Edit
	related int  // offset of the bracket at the other end, -1 when there is none
	void    bool // found to be wrong later on
}

// err is the mistake that a repair mends.
func (r repair) err(src string) Error {
	e := Error{Span: r.edit.Span, Fix: []source.Edit{r.edit}}
	if r.related >= 0 {
		e.Related = source.Span{Start: r.related, End: r.related + 1}
	}
	bracket := strings.Trim(r.edit.New, " ,:")
	switch {
	case r.edit.New == "":
		e.Code, e.FixText = ExtraBracket, "Remove the bracket"
		e.Message = fmt.Sprintf("unexpected %q, one bracket too many", src[r.edit.Span.Start:r.edit.Span.End])
	case r.edit.Span.Len() > 0:
		e.Code, e.FixText = WrongBracket, "Replace by "+bracket
		e.Message = fmt.Sprintf("expected %q, found %q", bracket, src[r.edit.Span.Start:r.edit.Span.End])
	case bracket == "}":
		e.Code, e.FixText, e.Message = MissingBracket, "Insert the bracket", `expected "}" to close the object`
	case bracket == "]":
		e.Code, e.FixText, e.Message = MissingBracket, "Insert the bracket", `expected "]" to close the array`
	default:
		e.Code, e.FixText, e.Message = MissingBracket, "Insert "+bracket, fmt.Sprintf("expected %q", strings.TrimSpace(r.edit.New))
	}
	return e
}

func empty(at int) source.Span { return source.Span{Start: at, End: at} }

func replacement(at int, by byte) source.Edit {
	return source.Edit{Span: source.Span{Start: at, End: at + 1}, New: string(by)}
}

func closerOf(open byte) byte {
	if open == '{' {
		return '}'
	}
	return ']'
}

func openerOf(close byte) byte {
	if close == '}' {
		return '{'
	}
	return '['
}

func openerChar(k Kind) byte {
	if k == Object {
		return '{'
	}
	return '['
}
