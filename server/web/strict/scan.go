package strict

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

const maxDepth = 32

// scanner walks JSON once, before encoding/json does, and refuses what that
// lets pass. It trusts nothing about syntax: where it cannot read on it says so.
type scanner struct {
	b    []byte
	i    int
	path []string
}

func scanJSON(b []byte, want *shape) error {
	s := &scanner{b: b}
	if !utf8.Valid(b) {
		return malformed("", "web.text", "UTF-8")
	}
	if err := s.value(want); err != nil {
		return err
	}
	if s.space(); s.i < len(s.b) {
		return malformed("", "web.trailing", strconv.Itoa(s.i))
	}
	return nil
}

func (s *scanner) pointer() string {
	var out strings.Builder
	for _, p := range s.path {
		out.WriteByte('/')
		out.WriteString(strings.NewReplacer("~", "~0", "/", "~1").Replace(p))
	}
	return out.String()
}

func (s *scanner) bad(code, hint string) error { return malformed(s.pointer(), code, hint) }

func (s *scanner) syntax() error { return s.bad("web.syntax", strconv.Itoa(s.i)) }

func (s *scanner) space() {
	for s.i < len(s.b) {
		switch s.b[s.i] {
		case ' ', '\t', '\n', '\r':
			s.i++
		default:
			return
		}
	}
}

// next skips space and gives the byte there, 0 at the end.
func (s *scanner) next() byte {
	s.space()
	if s.i == len(s.b) {
		return 0
	}
	return s.b[s.i]
}

func (s *scanner) value(want *shape) error {
	switch c := s.next(); {
	case c == '{':
		if want != nil && want.scalar {
			return s.bad("web.type", "object")
		}
		return s.object(want)
	case c == '[':
		if want != nil && (want.scalar || want.fields != nil) {
			return s.bad("web.type", "array")
		}
		return s.array(want)
	case c == '"':
		_, err := s.text()
		return err
	case c == 'n':
		if want != nil && !want.nullable {
			return s.bad("web.null", "")
		}
		return s.literal()
	default:
		return s.literal()
	}
}

func (s *scanner) object(want *shape) error {
	if len(s.path) >= maxDepth {
		return s.bad("web.depth", strconv.Itoa(maxDepth))
	}
	s.i++
	seen := map[string]bool{}
	for first := true; ; first = false {
		switch c := s.next(); {
		case c == '}' && first:
			s.i++
			return nil
		case c != '"':
			return s.syntax()
		}
		if err := s.member(want, seen); err != nil {
			return err
		}
		if done, err := s.closes('}'); done || err != nil {
			return err
		}
	}
}

func (s *scanner) member(want *shape, seen map[string]bool) error {
	key, err := s.text()
	if err != nil {
		return err
	}
	s.path = append(s.path, key)
	if seen[key] {
		return s.bad("web.duplicate_field", "")
	}
	seen[key] = true
	var inner *shape
	if want != nil {
		inner = want.elem
		if want.fields != nil {
			var known bool
			if inner, known = want.fields[key]; !known {
				return s.bad("web.unknown_field", "")
			}
		}
	}
	if s.next() != ':' {
		return s.syntax()
	}
	s.i++
	if err := s.value(inner); err != nil {
		return err
	}
	s.path = s.path[:len(s.path)-1]
	return nil
}

func (s *scanner) array(want *shape) error {
	if len(s.path) >= maxDepth {
		return s.bad("web.depth", strconv.Itoa(maxDepth))
	}
	s.i++
	var inner *shape
	if want != nil {
		inner = want.elem
	}
	if s.next() == ']' {
		s.i++
		return nil
	}
	for n := 0; ; n++ {
		s.path = append(s.path, strconv.Itoa(n))
		if err := s.value(inner); err != nil {
			return err
		}
		s.path = s.path[:len(s.path)-1]
		if done, err := s.closes(']'); done || err != nil {
			return err
		}
	}
}

// closes reads the end of an object or array, or the comma before the next.
func (s *scanner) closes(end byte) (bool, error) {
	switch s.next() {
	case end:
		s.i++
		return true, nil
	case ',':
		s.i++
		return false, nil
	}
	return false, s.syntax()
}

func (s *scanner) literal() error {
	from := s.i
	for s.i < len(s.b) && !strings.ContainsRune(",]} \t\r\n", rune(s.b[s.i])) {
		s.i++
	}
	if from == s.i || !json.Valid(s.b[from:s.i]) {
		s.i = from
		return s.syntax()
	}
	return nil
}

// text reads a string and looks at what it says, escapes resolved.
func (s *scanner) text() (string, error) {
	from := s.i
	plain := true
	for s.i++; s.i < len(s.b) && s.b[s.i] != '"'; s.i++ {
		if s.b[s.i] == '\\' {
			plain = false
			s.i++
		}
	}
	if s.i >= len(s.b) {
		return "", s.syntax()
	}
	s.i++
	raw := s.b[from:s.i]
	var out string
	if plain {
		out = string(raw[1 : len(raw)-1])
	} else if hasLoneSurrogate(raw) {
		return "", s.bad("web.text", "surrogate")
	} else if err := json.Unmarshal(raw, &out); err != nil {
		return "", s.syntax()
	}
	if !isPlainText(out) {
		return "", s.bad("web.text", "control")
	}
	return out, nil
}

// hasLoneSurrogate: encoding/json would quietly put U+FFFD in its place.
func hasLoneSurrogate(raw []byte) bool {
	for i := 0; i < len(raw)-1; i++ {
		if raw[i] != '\\' {
			continue
		}
		i++
		if raw[i] != 'u' || i+5 > len(raw) {
			continue
		}
		v, _ := strconv.ParseUint(string(raw[i+1:i+5]), 16, 32)
		i += 4
		switch {
		case v >= 0xDC00 && v < 0xE000:
			return true
		case v >= 0xD800 && v < 0xDC00:
			if i+7 > len(raw) || raw[i+1] != '\\' || raw[i+2] != 'u' {
				return true
			}
			low, _ := strconv.ParseUint(string(raw[i+3:i+7]), 16, 32)
			if low < 0xDC00 || low >= 0xE000 {
				return true
			}
			i += 6
		}
	}
	return false
}

// isPlainText refuses control characters but line ends and tabs, and the
// characters with the property Bidi_Control: they make a text read as another.
func isPlainText(s string) bool {
	for _, r := range s {
		switch {
		case r < 0x20 && r != '\n' && r != '\t' && r != '\r', r >= 0x7F && r < 0xA0:
			return false
		case r == 0x061C, r == 0x200E, r == 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return false
		}
	}
	return true
}
