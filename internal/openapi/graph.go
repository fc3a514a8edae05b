package openapi

import "paconn-ls/internal/jsondoc"

// graph holds which definitions require which.
type graph struct {
	targets map[int]jsondoc.Value // of references, by the id of their strings
	edges   map[int][]Step        // by the id of a definition
	done    map[int]bool          // definitions whose circle is found
	budget  int                   // how many more steps may be looked at
}

// circle returns the shortest circle of required steps through the definition, told from its definition that stands
// first. ok is false when there is none, or when it crosses one that was returned before.
func (g *graph) circle(start jsondoc.Value) (c Circle, ok bool) {
	steps := g.shortest(start)
	if steps == nil {
		return Circle{}, false
	}
	first := 0
	for i, s := range steps {
		if g.done[s.Definition.ID()] {
			return Circle{}, false
		}
		if s.Definition.ID() < steps[first].Definition.ID() {
			first = i
		}
	}
	if g.done == nil {
		g.done = map[int]bool{}
	}
	for _, s := range steps {
		g.done[s.Definition.ID()] = true
	}
	return Circle{append(append([]Step{}, steps[first:]...), steps[:first]...)}, true
}

// shortest searches the required steps breadth first for the way from start back to start.
func (g *graph) shortest(start jsondoc.Value) []Step {
	if g.done[start.ID()] {
		return nil
	}
	came := map[int]Step{} // the step that led to a definition first
	for queue := []jsondoc.Value{start}; len(queue) > 0; queue = queue[1:] {
		for _, step := range g.steps(queue[0]) {
			if g.budget--; g.budget < 0 {
				return nil
			}
			target := g.targets[step.Ref.ID()]
			if _, seen := came[target.ID()]; seen {
				continue
			}
			came[target.ID()] = step
			if target == start {
				return way(came, start)
			}
			queue = append(queue, target)
		}
	}
	return nil
}

func way(came map[int]Step, start jsondoc.Value) []Step {
	var back []Step
	for at := start; ; {
		step := came[at.ID()]
		back = append(back, step)
		if at = step.Definition; at == start {
			break
		}
	}
	for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
		back[i], back[j] = back[j], back[i]
	}
	return back
}

// steps returns the references that a value of the definition cannot do without.
func (g *graph) steps(definition jsondoc.Value) []Step {
	if steps, ok := g.edges[definition.ID()]; ok {
		return steps
	}
	var steps []Step
	require(definition, nil, func(ref jsondoc.Value) { steps = append(steps, Step{definition, ref}) })
	g.edges[definition.ID()] = steps
	return steps
}

// require yields the references that a value of a schema, parameter or response cannot do without. names are the
// properties that the schemas around it require.
func require(v jsondoc.Value, names map[string]bool, yield func(ref jsondoc.Value)) {
	if ref := v.Get("$ref"); ref.IsString() {
		yield(ref)
		return
	}
	if !v.IsObject() || v.Get("x-nullable").IsTrue() {
		return
	}
	if list := v.Get("required"); list.IsArray() && list.Len() > 0 {
		names = with(names, list)
	}
	require(v.Get("schema"), nil, yield)
	for part := range v.Get("allOf").Children() {
		require(part, names, yield)
	}
	for p := range v.Get("properties").Children() {
		if names[p.Key()] {
			require(p, nil, yield)
		}
	}
	if n, ok := v.Get("minItems").Number(); ok && n >= 1 {
		require(v.Get("items"), nil, yield)
	}
}

func with(names map[string]bool, list jsondoc.Value) map[string]bool {
	all := make(map[string]bool, len(names)+list.Len())
	for name := range names {
		all[name] = true
	}
	for name := range list.Children() {
		all[name.Text()] = true
	}
	return all
}
