package swagger

import "paconn-ls/internal/jsondoc"

// Parameter is one parameter of an operation or path item.
type Parameter struct {
	Entry jsondoc.Value // the element of the list: the parameter itself, or the reference to it
	Value jsondoc.Value // the parameter with references followed; absent when they lead nowhere
	Name  string
	In    string
}

// Required reports whether a call must give the parameter.
func (p Parameter) Required() bool { return p.Value.Get("required").IsTrue() }

func (d *Document) parameterList(list jsondoc.Value) []Parameter {
	if !list.IsArray() {
		return nil
	}
	var out []Parameter
	for entry := range list.Children() {
		v := d.Deref(entry)
		out = append(out, Parameter{Entry: entry, Value: v, Name: v.Get("name").Text(), In: v.Get("in").Text()})
	}
	return out
}

// merge puts an operation's parameters over those of its path.
func (d *Document) merge(common, own []Parameter) []Parameter {
	if len(common) == 0 {
		return own
	}
	if len(own) == 0 {
		return common
	}
	type place struct{ name, in string }
	taken := make(map[place]bool, len(own))
	for _, p := range own {
		taken[place{p.Name, p.In}] = true
	}
	out := own[:len(own):len(own)]
	for _, p := range common {
		if !taken[place{p.Name, p.In}] {
			out = append(out, p)
		}
	}
	return out
}

// Parameters returns the operation's parameters: its own, then those of its path that it does not override.
func (o *Operation) Parameters() []Parameter { return o.parameters }

// Own returns the parameters in the operation's own list.
func (o *Operation) Own() []Parameter {
	n := 0
	list := o.Value.Get("parameters")
	for n < len(o.parameters) && o.parameters[n].Entry.Inside(list) {
		n++
	}
	return o.parameters[:n]
}

// Parameters returns the parameters that the path item gives to all its operations.
func (i *PathItem) Parameters() []Parameter { return i.parameters }

// Parameter returns the operation's parameter of that name; ok is false when there is none.
func (o *Operation) Parameter(name string) (p Parameter, ok bool) {
	for _, p := range o.parameters {
		if p.Name == name {
			return p, true
		}
	}
	return Parameter{}, false
}

// Body returns the operation's body parameter; ok is false when there is none.
func (o *Operation) Body() (p Parameter, ok bool) {
	for _, p := range o.parameters {
		if p.In == "body" {
			return p, true
		}
	}
	return Parameter{}, false
}
