package scheme

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MaxBytes is the largest scheme that Parse reads.
const MaxBytes = 4 << 20

// Parse reads a scheme strictly and checks it. The error is Faults.
func Parse(data []byte) (*Scheme, error) {
	c := &collector{}
	if len(data) > MaxBytes {
		c.add("", "scheme.too_large", strconv.Itoa(MaxBytes))
		return nil, c.err()
	}
	if !utf8.Valid(data) {
		c.add("", "scheme.not_utf8", "")
		return nil, c.err()
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	root, err := readTree(c, data)
	if err != nil {
		c.add("", "scheme.not_json", err.Error())
		return nil, c.err()
	}
	s := &Scheme{}
	fill(c, root, reflect.ValueOf(s).Elem(), "")
	if s.Format != Format && !has(c.faults, "/format") {
		c.add("/format", "scheme.unknown_format", s.Format)
	}
	if len(c.faults) == 0 {
		check(c, s)
	}
	if err := c.err(); err != nil {
		return nil, err
	}
	return s, nil
}

// Check is what Parse does after reading: everything that must hold of a
// scheme made in code. The error is Faults.
func Check(s *Scheme) error {
	c := &collector{}
	check(c, s)
	return c.err()
}

func has(f Faults, path string) bool {
	for _, x := range f {
		if x.Path == path {
			return true
		}
	}
	return false
}

// object keeps its keys in order, so that faults come in the file's order.
type object struct {
	keys   []string
	values map[string]any
}

const maxDepth = 24

func readTree(c *collector, data []byte) (any, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	v, err := readValue(c, dec, "", 0)
	if err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("text after the end")
	}
	return v, nil
}

func readValue(c *collector, dec *json.Decoder, path string, depth int) (any, error) {
	if depth > maxDepth {
		return nil, errors.New("nested too deeply")
	}
	t, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('{'):
		return readObject(c, dec, path, depth)
	case json.Delim('['):
		return readArray(c, dec, path, depth)
	}
	return t, nil
}

func readArray(c *collector, dec *json.Decoder, path string, depth int) (any, error) {
	list := []any{}
	for dec.More() {
		v, err := readValue(c, dec, path+"/"+strconv.Itoa(len(list)), depth+1)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	_, err := dec.Token()
	return list, err
}

func readObject(c *collector, dec *json.Decoder, path string, depth int) (any, error) {
	o := object{values: map[string]any{}}
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return nil, err
		}
		key, at := t.(string), path+"/"+escape(t.(string))
		v, err := readValue(c, dec, at, depth+1)
		if err != nil {
			return nil, err
		}
		if _, twice := o.values[key]; twice {
			c.add(at, "scheme.duplicate_field", key)
		} else {
			o.keys = append(o.keys, key)
		}
		o.values[key] = v
	}
	_, err := dec.Token()
	return o, err
}

var pointer = strings.NewReplacer("~", "~0", "/", "~1")

func escape(key string) string { return pointer.Replace(key) }

var numType = reflect.TypeFor[Num]()

// fill puts the tree into the structs; what does not fit is a fault and stays
// zero.
func fill(c *collector, v any, into reflect.Value, path string) {
	if into.Type() == numType {
		fillNum(c, v, into, path)
		return
	}
	switch into.Kind() {
	case reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		fill(c, v, into.Elem(), path)
	case reflect.Struct:
		fillStruct(c, v, into, path)
	case reflect.Slice:
		list, ok := v.([]any)
		if !ok {
			c.add(path, "scheme.wrong_type", "array")
			return
		}
		into.Set(reflect.MakeSlice(into.Type(), len(list), len(list)))
		for i, x := range list {
			fill(c, x, into.Index(i), path+"/"+strconv.Itoa(i))
		}
	case reflect.String:
		s, ok := v.(string)
		if !ok {
			c.add(path, "scheme.wrong_type", "string")
			return
		}
		if s == "" && !mayBeEmpty(path) {
			c.add(path, "scheme.missing", "")
		}
		into.SetString(s)
	case reflect.Bool:
		b, ok := v.(bool)
		if !ok {
			c.add(path, "scheme.wrong_type", "true or false")
			return
		}
		into.SetBool(b)
	case reflect.Int:
		fillInt(c, v, into, path)
	default:
		panic(fmt.Sprintf("scheme: no reader for %s", into.Type()))
	}
}

// mayBeEmpty says where "" is a text; elsewhere a word that is not meant is left
// out. An empty Chinese name is told by check, with the absent ones.
func mayBeEmpty(path string) bool {
	return strings.HasSuffix(path, "/en") || strings.HasSuffix(path, "/unit") || strings.HasSuffix(path, "/zh")
}

func fillNum(c *collector, v any, into reflect.Value, path string) {
	s, ok := v.(string)
	if !ok {
		c.add(path, "scheme.not_a_decimal_string", fmt.Sprint(v))
		return
	}
	if err := into.Addr().Interface().(*Num).UnmarshalText([]byte(s)); err != nil {
		c.add(path, "scheme.not_a_decimal_string", s)
	}
}

func fillInt(c *collector, v any, into reflect.Value, path string) {
	n, ok := v.(json.Number)
	i, err := strconv.Atoi(n.String())
	if !ok || err != nil || i < 0 || i > 1000 {
		c.add(path, "scheme.wrong_type", "whole number from 0 to 1000")
		return
	}
	into.SetInt(int64(i))
}

func fillStruct(c *collector, v any, into reflect.Value, path string) {
	o, ok := v.(object)
	if !ok {
		c.add(path, "scheme.wrong_type", "object")
		return
	}
	fields := map[string]reflect.Value{}
	for i := range into.NumField() {
		name, _, _ := strings.Cut(into.Type().Field(i).Tag.Get("json"), ",")
		fields[name] = into.Field(i)
	}
	for _, key := range o.keys {
		at := path + "/" + escape(key)
		if f, known := fields[key]; known {
			fill(c, o.values[key], f, at)
		} else {
			c.add(at, "scheme.unknown_field", key)
		}
	}
}
