package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"

	"github.com/alecthomas/kong"

	"jiangtai/server/web"
)

// fileSettings are the settings of a configuration file: one JSON object
// whose keys are the names of the flags.
type fileSettings map[string]any

// loadFile reads a configuration file for kong.
func loadFile(r io.Reader) (kong.Resolver, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("configuration file: %w", err)
	}
	// As strict as bodies of requests: of a key that stands twice, or of a second
	// object, one would be ignored in silence.
	if err := web.DecodeBytes(raw, &map[string]json.RawMessage{}); err != nil {
		return nil, fmt.Errorf("configuration file: %w", err)
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	settings := fileSettings{}
	if err := dec.Decode(&settings); err != nil {
		return nil, fmt.Errorf("configuration file: %w", err)
	}
	return settings, nil
}

// Validate refuses keys that no flag has, all at once.
func (s fileSettings) Validate(app *kong.Application) error {
	known := map[string]bool{}
	_ = kong.Visit(app, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok {
			known[flag.Name] = true
		}
		return next(nil)
	})
	var unknown []string
	for key := range s {
		if !known[key] {
			unknown = append(unknown, key)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	sort.Strings(unknown)
	return fmt.Errorf("configuration file: unknown keys: %s", strings.Join(unknown, ", "))
}

// Resolve gives the file's value unless the environment has one: kong would
// let the file win over the environment.
func (s fileSettings) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, env := range flag.Envs {
		if _, set := os.LookupEnv(env); set {
			return nil, nil
		}
	}
	v, ok := s[flag.Name]
	if !ok {
		return nil, nil
	}
	if n, isNumber := v.(json.Number); isNumber {
		return n.String(), nil
	}
	return v, nil
}

// environmentNames are the variables that flags read.
func environmentNames(app *kong.Application) map[string]bool {
	known := map[string]bool{}
	_ = kong.Visit(app, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok {
			for _, e := range flag.Envs {
				known[e] = true
			}
		}
		return next(nil)
	})
	return known
}
