package strict

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strings"
	"sync"
)

// shape is what a Go type wants to see in JSON: the keys of objects and where
// null may stand. nil is "anything".
type shape struct {
	fields   map[string]*shape // an object with these keys only; nil: no struct
	elem     *shape            // of an array or of a map's values
	nullable bool
	scalar   bool
}

var (
	shapesMu sync.Mutex // guards shapes
	shapes   = map[reflect.Type]*shape{}

	unmarshaler     = reflect.TypeFor[json.Unmarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
)

func shapeOf(t reflect.Type) *shape {
	shapesMu.Lock()
	defer shapesMu.Unlock()
	return buildShape(t)
}

func buildShape(t reflect.Type) *shape {
	if s, ok := shapes[t]; ok {
		return s
	}
	s := &shape{}
	shapes[t] = s // before its parts: types may be recursive
	switch {
	case reflect.PointerTo(t).Implements(unmarshaler):
		shapes[t] = nil
		return nil
	case reflect.PointerTo(t).Implements(textUnmarshaler):
		s.scalar = true
	case t.Kind() == reflect.Pointer:
		if inner := buildShape(t.Elem()); inner != nil {
			*s = *inner
			s.nullable = true
		} else {
			shapes[t] = nil
			return nil
		}
	case t.Kind() == reflect.Interface:
		shapes[t] = nil
		return nil
	case t.Kind() == reflect.Struct:
		s.fields = map[string]*shape{}
		addFields(s.fields, t)
	case t.Kind() == reflect.Slice, t.Kind() == reflect.Array, t.Kind() == reflect.Map:
		s.elem = buildShape(t.Elem())
	default:
		s.scalar = true
	}
	return s
}

func addFields(into map[string]*shape, t reflect.Type) {
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "-" || !f.IsExported() && !f.Anonymous:
		case f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct:
			addFields(into, f.Type)
		case name == "":
			into[f.Name] = buildShape(f.Type)
		default:
			into[name] = buildShape(f.Type)
		}
	}
}
