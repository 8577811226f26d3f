package strict_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/web/strict"
)

type inner struct {
	Name string `json:"name"`
}

type order struct {
	ID     contest.ID        `json:"id"`
	Text   string            `json:"text"`
	Count  int               `json:"count"`
	Marks  []inner           `json:"marks"`
	Maybe  *inner            `json:"maybe"`
	Labels map[string]string `json:"labels"`
	Any    json.RawMessage   `json:"any"`
	hidden string
}

func TestDecodeRefuses(t *testing.T) {
	deep := strings.Repeat(`[`, 40) + strings.Repeat(`]`, 40)
	for _, tc := range []struct{ body, path, code string }{
		{``, "", "web.syntax"},
		{`{`, "", "web.syntax"},
		{`{"text":"a",}`, "", "web.syntax"},
		{`{"text":"a"`, "", "web.syntax"},
		{`{"text":"a`, "/text", "web.syntax"},
		{`{"text" "a"}`, "/text", "web.syntax"},
		{`{"count":01}`, "/count", "web.syntax"},
		{`{"marks":[{},]}`, "/marks/1", "web.syntax"},
		{`{"text":'a'}`, "/text", "web.syntax"},
		{`{} {}`, "", "web.trailing"},
		{`{}x`, "", "web.trailing"},
		{`{"total":100}`, "/total", "web.unknown_field"},
		{`{"Text":"wrong case"}`, "/Text", "web.unknown_field"},
		{`{"hidden":"x"}`, "/hidden", "web.unknown_field"},
		{`{"marks":[{"name":"a"},{"role":"admin"}]}`, "/marks/1/role", "web.unknown_field"},
		{`{"maybe":{"role":"admin"}}`, "/maybe/role", "web.unknown_field"},
		{`{"text":"a","text":"b"}`, "/text", "web.duplicate_field"},
		{`{"te\u0078t":"a","text":"b"}`, "/text", "web.duplicate_field"},
		{`{"any":{"a":{"x":1,"x":2}}}`, "/any/a/x", "web.duplicate_field"},
		{`{"labels":{"x/y":"1","x/y":"2"}}`, "/labels/x~1y", "web.duplicate_field"},
		{`{"text":null}`, "/text", "web.null"},
		{`{"marks":null}`, "/marks", "web.null"},
		{`null`, "", "web.null"},
		{`{"text":7}`, "/text", "web.type"},
		{`{"count":"7"}`, "/count", "web.type"},
		{`{"count":1.5}`, "/count", "web.type"},
		{`{"marks":{}}`, "/marks", "web.type"},
		{`{"text":{}}`, "/text", "web.type"},
		{`{"text":[]}`, "/text", "web.type"},
		{`[]`, "", "web.type"},
		{`{"id":"7"}`, "", "web.type"},
		{`{"any":` + deep + `}`, "/any" + strings.Repeat("/0", 31), "web.depth"},
		{`{"text":"a\u0000b"}`, "/text", "web.text"},
		{`{"text":"a\u202eb"}`, "/text", "web.text"},
		{"{\"text\":\"a\u202eb\"}", "/text", "web.text"},
		{"{\"text\":\"a\u2066b\"}", "/text", "web.text"},
		{`{"text":"\ud800"}`, "/text", "web.text"},
		{`{"text":"\udc00x"}`, "/text", "web.text"},
		{`{"text":"\ud800\u0041"}`, "/text", "web.text"},
		{"{\"text\":\"\xff\"}", "", "web.text"},
		{"{\"text\":\"a\nb\"}", "", "web.syntax"},
		{`{"any":"a\u0007"}`, "/any", "web.text"},
		{`{"labels":{"a\u202e":"x"}}`, "/labels", "web.text"},
	} {
		var v order
		err := strict.Decode([]byte(tc.body), &v)
		f := fault.Of(err)
		if f == nil || f.Kind != fault.Malformed || f.Code != "web.json" || len(f.Fields) != 1 {
			t.Errorf("%s: %v", tc.body, err)
			continue
		}
		if tc.body[max(0, len(tc.body)-4):] == "\nb\"}" { // a raw line end: the parser's word
			continue
		}
		if f.Fields[0].Path != tc.path || f.Fields[0].Code != tc.code {
			t.Errorf("%s: at %q %q, want %q %q", tc.body, f.Fields[0].Path, f.Fields[0].Code, tc.path, tc.code)
		}
	}
}

func TestDecodeTakes(t *testing.T) {
	const body = ` {"id":"01020304-0000-0000-0000-000000000000","text":"行\n\u4e00 \ud83d\ude00 \\ \"","count":-3,
		"marks":[{"name":"a"},{}],"maybe":null,"labels":{"任意":"x"},"any":{"x":[1,true,null]}} `
	var got order
	if err := strict.Decode([]byte(body), &got); err != nil {
		t.Fatal(err)
	}
	want := order{
		ID: contest.ID{1, 2, 3, 4}, Text: "行\n一 😀 \\ \"", Count: -3, Marks: []inner{{"a"}, {}},
		Labels: map[string]string{"任意": "x"}, Any: json.RawMessage(`{"x":[1,true,null]}`), hidden: "",
	}
	if d := cmp.Diff(want, got, cmp.AllowUnexported(order{})); d != "" {
		t.Error(d)
	}
}

// FuzzDecode: what the strict reader takes, encoding/json takes too, and no
// input makes it panic.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{`{"text":"a"}`, `{"marks":[{"name":"\ud83d\ude00"}]}`, `{"any":[[{}]]}`, `{"count":1e3}`, `{"a`, `"\u`, `[}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var v order
		if err := strict.Decode(b, &v); err == nil && !json.Valid(b) {
			t.Errorf("took %q", b)
		}
	})
}
