package strict

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"

	"jiangtai/server/fault"
)

// Decode reads body, one JSON value, into what v points to. Faults: Malformed web.json
// with the JSON pointer of the place.
func Decode(body []byte, v any) error {
	if err := scanJSON(body, shapeOf(reflect.TypeOf(v).Elem())); err != nil {
		return err
	}
	err := json.Unmarshal(body, v)
	if err == nil {
		return nil
	}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		path := "/" + strings.ReplaceAll(wrong.Field, ".", "/")
		return malformed(strings.TrimSuffix(path, "/"), "web.type", wrong.Value)
	}
	// A type of ours (an id, a date) did not like its text.
	return fault.Wrap(err, fault.Malformed, "web.json", fault.At("", "web.type", ""))
}

func malformed(path, code, hint string) *fault.Error {
	return fault.New(fault.Malformed, "web.json", fault.At(path, code, hint))
}
