// Package csharp reads the C# of a connector's script as far as a linter needs: its tokens, and what is wrong with its
// brackets, strings and comments. It knows no grammar beyond that.
package csharp

import "paconn-ls/internal/source"

// Kind is the kind of a token.
type Kind uint8

// The kinds. Number covers what begins with a digit; Literal a string or character.
const (
	Word Kind = iota
	Number
	Literal
	Mark // a bracket or an operator's character
)

// Token is a word, number, literal or mark. Comments, blanks and preprocessor lines are no tokens.
type Token struct {
	Kind Kind
	Span source.Span
	Text string // as written; for a Literal that is a constant string, what it stands for
	// Constant says of a Literal that Text is its value: a string without holes.
	Constant bool
}

// Is reports whether the token is that mark or word.
func (t Token) Is(text string) bool { return (t.Kind == Mark || t.Kind == Word) && t.Text == text }

// Error is a mistake that no compiler would take.
type Error struct {
	Span    source.Span
	Message string
	Related source.Span // the bracket that a wrong one was to close; zero when there is none
}

// File is what is known of a script.
type File struct {
	Tokens []Token
	// Error is the first mistake, nil when there is none. What comes after it may follow from it.
	Error *Error
	// Partial says that the tokens end before the text does.
	Partial bool
}
