package webtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"jiangtai/server/fault"
)

// Answer is what came back.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Text finds a value in a JSON answer by keys and, in lists, places: "" in what is
// no JSON and past a list's end, <nil> where a key is missing.
func (a Answer) Text(keys ...string) string {
	var v any
	if json.Unmarshal(a.Body, &v) != nil {
		return ""
	}
	for _, k := range keys {
		switch at := v.(type) {
		case map[string]any:
			v = at[k]
		case []any:
			i, err := strconv.Atoi(k)
			if err != nil || i >= len(at) {
				return ""
			}
			v = at[i]
		}
	}
	return fmt.Sprint(v)
}

// Places are the faults of an answer as place=code: the fields of a problem, or
// the faults of a preview.
func (a Answer) Places() string {
	var v struct{ Fields, Faults []fault.Field }
	_ = json.Unmarshal(a.Body, &v) // what is no JSON has none
	var out []string
	for _, f := range append(v.Fields, v.Faults...) {
		out = append(out, f.Path+"="+f.Code)
	}
	return strings.Join(out, " ")
}
