package jsondoc

import "paconn-ls/internal/source"

// Code tells the kinds of mistakes apart.
type Code uint8

// The mistakes a text can hold as JSON.
const (
	TrailingComma Code = iota
	MissingComma
	ExtraComma
	MissingColon
	ExtraColon
	MissingValue
	MissingKey
	MissingQuote
	ExtraQuote
	BareQuote
	MissingBracket
	ExtraBracket
	WrongBracket
	Comment
	SingleQuote
	BadLiteral
	BadNumber
	BadEscape
	ControlCharacter
	BadEncoding
	BadSpace
	TextAfterEnd
	Conflict
	TooDeep
	Empty
)

// Error is one mistake. Span is where a person would put the caret to mend it; it is empty where something is missing.
type Error struct {
	Code    Code
	Span    source.Span
	Message string        // lower case, what is wrong and what would be right
	Fix     []source.Edit // what mends it, when that is certain; nil otherwise
	FixText string        // what the fix does, in the imperative
	Related source.Span   // the other end, for a bracket: what it was opened with; zero when there is none
}
