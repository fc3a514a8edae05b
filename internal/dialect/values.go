package dialect

// Pages that keys link to: the connector documentation, and the specification of Swagger 2.0.
const (
	learn = "https://learn.microsoft.com/connectors/custom-connectors/"
	spec  = "https://swagger.io/specification/v2/"
)

// Values that many keys have.
var (
	text     = Value{Kinds: String}
	flag     = Value{Kinds: Bool}
	integer  = Value{Kinds: Integer}
	number   = Value{Kinds: Number}
	anything = Value{Kinds: Any}
	texts    = list(text)
)

// object is a JSON object that the Object of that name describes.
func object(name string) Value { return Value{Kinds: Mapping, Object: name} }

// list is an array of such values.
func list(items Value) Value { return Value{Kinds: Array, Items: &items} }

// choice is a string out of a closed set.
func choice(choices ...Choice) Value { return Value{Kinds: String, Enum: choices} }

// open makes a set of values one that others may join.
func (v Value) open() Value { v.Open = true; return v }

// fold makes a set of values match without regard to case.
func (v Value) fold() Value { v.Fold = true; return v }

// lenient makes a wrong value, or a wrong element of an array, one that working connectors have.
func (v Value) lenient() Value {
	v.Level = Lenient
	if v.Items != nil {
		v.Items = new(v.Items.lenient())
	}
	return v
}

// or lets other kinds stand there too.
func (v Value) or(kinds Kinds) Value { v.Kinds |= kinds; return v }

// at gives the page to every key that names none itself.
func at(page string, keys ...Key) []Key {
	for i := range keys {
		if keys[i].Link == "" {
			keys[i].Link = page
		}
	}
	return keys
}

// idle is a key that real files hold at a place where nothing reads it.
func idle(name, help, why string) Key {
	return Key{Name: name, Value: Value{Kinds: Any, Level: Ignored}, NoEffect: why, Help: help}
}

// need makes a key required, and says how bad it is when it is missing.
func need(k Key, missing Level) Key {
	k.Required, k.Missing = true, missing
	return k
}
