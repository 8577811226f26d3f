package trades

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"jiangtai/server/fault"
	"jiangtai/server/programme/pinyin"
)

// Trade is a 工种: an occupation of the national classification, or a work type
// of one.
type Trade struct {
	Code    string `json:"code"` // 职业编码, "" where the edition has none
	Name    string `json:"name"`
	NameEn  string `json:"name_en"`
	Of      string `json:"of,omitempty"` // a work type: the occupation that the code is of
	Group   string `json:"group"`
	GroupEn string `json:"group_en"`
	Levels  []int  `json:"levels"`           // usual skill levels, 5 to 1; none: titles instead
	Scheme  string `json:"scheme,omitempty"` // its template; "" without one
	Note    string `json:"note,omitempty"`
}

// Catalogue is the trades with their templates; a nil one is empty. Everybody who
// is signed in may read all of it: nothing in it is of a contest.
type Catalogue struct {
	trades    []Trade
	keys      []string // by trade: what is searched
	templates map[string][]byte
}

// Read reads the catalogue from trades.json and the templates beside it.
func Read(files fs.FS) (*Catalogue, error) {
	text, err := fs.ReadFile(files, "trades.json")
	if err != nil {
		return nil, fmt.Errorf("catalogue of trades: %w", err)
	}
	var in struct{ Trades []Trade }
	if err := json.Unmarshal(text, &in); err != nil {
		return nil, fmt.Errorf("catalogue of trades: %w", err)
	}
	c := &Catalogue{trades: in.Trades, templates: map[string][]byte{}}
	seen := map[string]bool{}
	for i := range c.trades {
		t := &c.trades[i]
		if t.Name == "" || seen[t.Name] {
			return nil, fmt.Errorf("catalogue of trades: trade %d has the name %q of another, or none", i+1, t.Name)
		}
		seen[t.Name] = true
		c.keys = append(c.keys, key(t))
		if t.Scheme == "" || c.templates[t.Scheme] != nil {
			continue
		}
		if c.templates[t.Scheme], err = fs.ReadFile(files, t.Scheme+".json"); err != nil {
			return nil, fmt.Errorf("template of %s: %w", t.Name, err)
		}
	}
	return c, nil
}

func key(t *Trade) string {
	return pinyin.Fold(strings.Join([]string{t.Name, t.Of, t.Code, pinyin.Text(t.Name), t.NameEn, t.Group, t.GroupEn}, " "))
}

// List gives the trades that have all words of q, in the order of the
// catalogue, and how many there are. With templates only those that have one.
func (c *Catalogue) List(q string, templates bool, limit, offset int) (list []Trade, total int) {
	if c == nil {
		return nil, 0
	}
	words := strings.Fields(pinyin.Fold(q))
	for i := range c.trades {
		if templates && c.trades[i].Scheme == "" || !has(c.keys[i], words) {
			continue
		}
		if total >= offset && len(list) < limit {
			list = append(list, c.trades[i])
		}
		total++
	}
	return list, total
}

func has(key string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(key, w) {
			return false
		}
	}
	return true
}

// Template gives a template's text, byte for byte; the caller does not change it.
// Missing programme.template_missing for an id that there is not.
func (c *Catalogue) Template(id string) ([]byte, error) {
	if c != nil && c.templates[id] != nil {
		return c.templates[id], nil
	}
	return nil, fault.New(fault.Missing, "programme.template_missing")
}
