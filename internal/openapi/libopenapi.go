package openapi

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"

	"github.com/pb33f/libopenapi/datamodel"
	"github.com/pb33f/libopenapi/index"

	"paconn-ls/internal/jsondoc"
)

// turn lets one definition at a time into libopenapi, which starts hundreds of goroutines and holds fifteen times the
// size of the text.
var turn sync.Mutex

// circular returns the definitions on the circles that libopenapi finds, in the order of the text.
func circular(doc *jsondoc.Doc) []jsondoc.Value {
	var out []jsondoc.Value
	for _, c := range ask(doc.Source()) {
		for _, ref := range c.Journey[min(max(c.LoopIndex, 0), len(c.Journey)):] {
			if ref == nil {
				continue
			}
			pointer, ok := jsondoc.FragmentPointer(ref.Definition)
			if v := doc.Root().Resolve(pointer); ok && v.IsObject() {
				out = append(out, v)
			}
		}
	}
	slices.SortFunc(out, func(a, b jsondoc.Value) int { return cmp.Compare(a.ID(), b.ID()) })
	return slices.Compact(out)
}

// ask returns the circles that libopenapi finds in a text. A panic of its is taken for silence.
func ask(src string) (found []*index.CircularReferenceResult) {
	turn.Lock()
	defer turn.Unlock()
	defer func() {
		if recover() != nil {
			found = nil
		}
	}()
	info, err := datamodel.ExtractSpecInfoWithConfig([]byte(src), &datamodel.DocumentConfiguration{SkipJSONConversion: true})
	if err != nil {
		return nil
	}
	config := index.CreateClosedAPIIndexConfig()
	config.Logger = slog.New(slog.DiscardHandler) // the default writes to standard output, which is the protocol's
	config.SpecInfo = info
	config.SkipExternalRefResolution = true
	config.ExcludeExtensionRefs = true
	config.AvoidCircularReferenceCheck = true // it is made below, over all at once
	config.SkipMetadataCollection = true
	rolodex := index.NewRolodex(config)
	defer rolodex.Release()
	rolodex.SetRootNode(info.RootNode)
	_ = rolodex.IndexTheRolodex(context.Background()) // its errors are among those caught
	rolodex.CheckForCircularReferences()
	if root := rolodex.GetRootIndex(); root != nil {
		found = append(found, root.GetCircularReferences()...)
	}
	for _, err := range rolodex.GetCaughtErrors() {
		var resolving *index.ResolvingError
		if errors.As(err, &resolving) && resolving.CircularReference != nil {
			found = append(found, resolving.CircularReference)
		}
	}
	return found
}
