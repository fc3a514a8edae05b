package diagnostics

import (
	"iter"
	"strings"

	"paconn-ls/internal/dialect"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/spelling"
)

// Keys of the parameters of a policy.
const (
	policyOperations = "x-ms-apimTemplate-operationName"
	policySection    = "x-ms-apimTemplate-policySection"
	policyParameter  = "x-ms-apimTemplateParameter."
)

// policy is an element of policyTemplateInstances.
type policy struct {
	Value      jsondoc.Value
	ID         jsondoc.Value // templateId
	Parameters jsondoc.Value
	Template   *dialect.Object // what the parameters of the template may be; nil for an unknown one
}

// name returns the template's name as the documentation spells it.
func (q policy) name() string { return strings.ToLower(q.ID.Text()) }

// policies yields the policies of apiProperties.json.
func (p *Pass) policies() iter.Seq[policy] {
	return func(yield func(policy) bool) {
		for v := range p.Properties.Get("policyTemplateInstances").Children() {
			if !v.IsObject() {
				continue
			}
			q := policy{Value: v, ID: v.Get("templateId"), Parameters: v.Get("parameters")}
			q.Template = dialect.Lookup(templatePrefix + q.name() + templateSuffix)
			if !yield(q) {
				return
			}
		}
	}
}

// The dialect calls the parameters of a template "policy NAME parameters".
const templatePrefix, templateSuffix = "policy ", " parameters"

// isTemplate reports whether an object of the dialect is the parameters of a policy template. Rules of their own report
// what is wrong there, because they can say it in terms of policies.
func isTemplate(o *dialect.Object) bool {
	return o != nil && strings.HasPrefix(o.Name, templatePrefix) && strings.HasSuffix(o.Name, templateSuffix) && o.Name != "policy parameters"
}

// templates returns the names of the templates that are known.
func templates() []string {
	var names []string
	for _, c := range dialect.Lookup("policy instance").Key("templateId").Enum {
		names = append(names, c.Value)
	}
	return names
}

// shortParameter is a key without what all parameters of policies begin with.
func shortParameter(key string) string {
	return strings.TrimPrefix(strings.TrimPrefix(key, policyParameter), "x-ms-apimTemplate-")
}

// parameterNear returns the keys of a template that a key was probably meant to be: the prefix left out, another case, or
// a misspelling.
func parameterNear(key string, template *dialect.Object) []string {
	var short, full []string
	for i := range template.Keys {
		name := template.Keys[i].Name
		if strings.EqualFold(name, key) || strings.EqualFold(shortParameter(name), key) {
			return []string{name}
		}
		full, short = append(full, name), append(short, shortParameter(name))
	}
	// The long prefix would make everything look near, so only what follows it is compared.
	var out []string
	for _, n := range spelling.Nearest(shortOfAny(key), short) {
		for i := range short {
			if short[i] == n {
				out = append(out, full[i])
			}
		}
	}
	return out
}

// shortOfAny is what follows the last dot or the last hyphen of a key, however the part before is spelt.
func shortOfAny(key string) string {
	if i := strings.LastIndexByte(key, '.'); i >= 0 {
		return key[i+1:]
	}
	if strings.HasPrefix(strings.ToLower(key), "x-ms") {
		return key[strings.LastIndexByte(key, '-')+1:]
	}
	return key
}
