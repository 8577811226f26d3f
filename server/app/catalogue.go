package app

import (
	"encoding/json"
	"sync"

	"jiangtai/schemas"
)

// words is one entry of errors.json.
type words struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

var catalogue = sync.OnceValue(func() map[string]words {
	out := map[string]words{}
	raw, err := schemas.Files.ReadFile("errors.json")
	if err != nil {
		return out
	}
	// A catalogue that does not parse fails its own test; a terminal then
	// still gets the codes.
	_ = json.Unmarshal(raw, &out)
	return out
})

// sentence is the catalogue's text for a code, in both languages, or the code.
func sentence(code string) string {
	w, ok := catalogue()[code]
	if !ok {
		return code
	}
	return w.Zh + " / " + w.En + " [" + code + "]"
}
