package diagnostics

import (
	"strings"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/shape"
	"paconn-ls/internal/swagger"
)

const (
	notificationURL     = "x-ms-notification-url"
	notificationContent = "x-ms-notification-content"
)

// isOn reports whether a switch is on. A text "true" is of the wrong type, which another rule says.
func isOn(v jsondoc.Value) bool {
	return v.Exists() && v.Kind() != jsondoc.False && v.Kind() != jsondoc.Null
}

// urlHolders are the values, by id, that hold a schema with x-ms-notification-url in their text or refer to one that does.
var urlHolders = connector.NewMemo(func(f *connector.File) map[int]bool {
	holders, refs := map[int]bool{}, usageOf.Of(f)
	var queue []jsondoc.Value
	for v := range shape.Of(f).Objects("schema") {
		if isOn(v.Get(notificationURL)) {
			queue = append(queue, v)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for v := queue[0]; v.Exists() && !holders[v.ID()]; v = v.Parent() {
			holders[v.ID()] = true
			if part := refs.part(v); part.ID() == v.ID() {
				queue = append(queue, refs.users[v.ID()]...)
			}
		}
	}
	return holders
})

// hasNotificationURL reports whether the body of an operation has a property for the address to call back.
func hasNotificationURL(p *Pass, op *swagger.Operation) bool {
	body, ok := op.Body()
	return ok && urlHolders.Of(p.Connector.Definition())[body.Value.ID()]
}

// isWebhook reports whether an operation registers a webhook: the platform gives such a trigger the address to call back
// and reads what is posted to it by the notification content of the path.
func isWebhook(op *swagger.Operation) bool {
	switch op.Method {
	case "post", "put", "patch":
		return op.Value.Get("x-ms-trigger").Exists() && op.Item.Value.Get(notificationContent).Exists()
	}
	return false
}

// inNotification reports whether a value lies in a notification content, whose parameters the service fills in.
func inNotification(v jsondoc.Value) bool {
	for ; v.Exists(); v = v.Parent() {
		if v.Key() == notificationContent {
			return true
		}
	}
	return false
}

// dedented returns the text of a value as Insert takes it: lines broken by "\n" and indented by tabs, from none on.
func dedented(v jsondoc.Value) string {
	if !strings.ContainsAny(v.Raw(), "\r\n") {
		return v.Raw()
	}
	lines := strings.Split(strings.ReplaceAll(v.Raw(), "\r\n", "\n"), "\n")
	outer, step := v.Full().Start, v.Doc().Style().Indent
	src := v.Doc().Source()
	line := strings.LastIndexAny(src[:outer], "\r\n") + 1
	indent := src[line:outer]
	for i := 1; i < len(lines); i++ {
		rest := strings.TrimPrefix(lines[i], indent)
		depth := 0
		for step != "" && strings.HasPrefix(rest, step) {
			rest, depth = rest[len(step):], depth+1
		}
		lines[i] = strings.Repeat("\t", depth) + rest
	}
	return strings.Join(lines, "\n")
}

func upper(method string) string { return strings.ToUpper(method) }
