// Package dialect says what the JSON files of a custom connector may hold: every key of apiDefinition.swagger.json,
// apiProperties.json and settings.json, with its type, its values, where it is allowed and one line of help.
//
// It is the one source of that knowledge: the diagnostics for unknown keys, wrong types and wrong values, hover,
// completion and the generated JSON schemas all read these tables. The package is data and look-ups only; it knows
// nothing of text, spans or files.
package dialect

// Kinds is a set of JSON kinds.
type Kinds uint8

// The JSON kinds. Number includes Integer: a key that takes any number says Number.
const (
	Null Kinds = 1 << iota
	Bool
	Integer
	Number
	String
	Array
	Mapping // a JSON object
)

// Any is every JSON kind.
const Any = Null | Bool | Integer | Number | String | Array | Mapping

// Level says how bad it is when a place does not hold what the dialect says.
type Level uint8

const (
	// Strict: the service refuses it or the connector cannot work.
	Strict Level = iota
	// Lenient: real, working connectors have it, but it does harm or has no effect.
	Lenient
	// Tolerated: accepted everywhere; worth a word of information at most.
	Tolerated
	// Ignored: nothing is said.
	Ignored
)

// Choice is one value of a set, with a line of help for hover and completion.
type Choice struct {
	Value string
	Help  string
}

// Value says what may stand at one place.
type Value struct {
	Kinds  Kinds    // the JSON kinds allowed; 0 means any
	Enum   []Choice // the known values, when the value is a string
	Open   bool     // Enum lists what is known, other values are legal too: used by completion and hover only
	Fold   bool     // Enum is compared without regard to case
	Object string   // name of the Object that describes it, when it is an object
	Items  *Value   // what each element is, when it is an array
	Level  Level    // how bad a wrong kind or a value outside Enum is

	object *Object // Object, resolved by link
}

// Mapping returns the description of the object at this place, or nil when nothing is known of it.
func (v *Value) Mapping() *Object {
	if v == nil {
		return nil
	}
	return v.object
}

// Key is one named member of an object.
type Key struct {
	Name string
	Value
	Required   bool
	Missing    Level    // how bad it is when a required key is missing
	Misspelt   []string // spellings seen in real files that mean this key but are not it
	Deprecated string   // what to use instead, when the key should not be used any more
	NoEffect   string   // why the platform ignores the key here, when it does
	Help       string   // one line of Markdown: what the key is for
	Link       string   // a page that says more
}

// Object describes a JSON object: its known keys, and what becomes of others.
type Object struct {
	Name       string    // noun for messages: "operation", "body parameter"
	Help       string    // one line: what such an object is
	Keys       []Key     // the known keys
	Names      *Value    // what members hold whose names the maker chooses (paths, definitions, properties); nil: there are none. Known keys, and x- keys where Extensions holds, come first
	NamesHelp  string    // one line for hover on such a name
	Extensions bool      // "x-…" keys outside "x-ms-" are legal here
	Unknown    Level     // how bad a plain unknown key is
	FoldKeys   bool      // keys are matched without regard to case by the service
	Variants   []Variant // more exact descriptions, chosen by a member's value; the first that matches wins

	index map[string]int
}

// Variant replaces an Object by a more exact one when a member has a value.
type Variant struct {
	Key    string // the member that decides
	Value  string // the string it must have; "*" for any value of any kind
	Fold   bool   // Value is compared without regard to case
	Object string // name of the more exact Object
}
