package parcel

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// contestFields are the keys of contest.json; required ones are true.
var contestFields = map[string]bool{
	"code": true, "name": true, "name_en": false, "kind": true, "organiser": false,
	"starts_on": false, "ends_on": false, "visible": false,
}

var errShape = errors.New("contest.json is one flat object of texts")

// readContest reads contest.json: one flat object, no key unknown or twice.
func readContest(data []byte, faults *Faults) Contest {
	const file = "contest.json"
	c := Contest{Visible: true}
	data, ok := text(file, data, faults)
	if !ok {
		return c
	}
	seen := map[string]bool{}
	err := flat(data, func(key string, value any) {
		at := file + "#/" + key
		_, known := contestFields[key]
		switch {
		case !known:
			faults.Add(file, "package.key_unknown", key)
		case seen[key]:
			faults.Add(at, "package.key_duplicate", key)
		default:
			c.set(key, value, faults)
		}
		seen[key] = true
	})
	if err != nil {
		faults.Add(file, "package.json_broken", "")
		return c
	}
	for _, key := range []string{"code", "name", "kind"} {
		if !seen[key] {
			faults.Add(file+"#/"+key, "package.empty", key)
		}
	}
	return c
}

// set puts one value in its place.
func (c *Contest) set(key string, value any, faults *Faults) {
	at := "contest.json#/" + key
	if key == "visible" {
		v, ok := value.(bool)
		if !ok {
			faults.Add(at, "package.wrong_type", "true, false")
		}
		c.Visible = v
		return
	}
	s, ok := value.(string)
	if !ok {
		faults.Add(at, "package.wrong_type", "text")
		return
	}
	s = trim(s)
	if code := unfitCell(s); code != "" {
		faults.Add(at, code, "")
		return
	}
	if contestFields[key] && s == "" {
		faults.Add(at, "package.empty", key)
	}
	switch key {
	case "code":
		c.Code = s
	case "name":
		c.Name = s
	case "name_en":
		c.NameEn = s
	case "kind":
		c.Kind = s
	case "organiser":
		c.Organiser = s
	case "starts_on":
		c.StartsOn = s
	case "ends_on":
		c.EndsOn = s
	}
}

// flat walks one JSON object whose values are no objects or lists. The walk is
// by tokens because decoding into a struct would swallow a key that is there
// twice.
func flat(data []byte, each func(key string, value any)) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errShape
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		value, err := d.Token()
		if err != nil {
			return err
		}
		if _, nested := value.(json.Delim); nested {
			return errShape
		}
		each(key.(string), value)
	}
	if _, err := d.Token(); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errShape
	}
	return nil
}
