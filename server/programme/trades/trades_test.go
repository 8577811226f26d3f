package trades_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"jiangtai/schemas"
	"jiangtai/server/fault"
	"jiangtai/server/programme/outline"
	"jiangtai/server/programme/trades"
)

func files(t *testing.T) fs.FS {
	t.Helper()
	f, err := fs.Sub(schemas.Trades, "trades")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func catalogue(t *testing.T) *trades.Catalogue {
	t.Helper()
	c, err := trades.Read(files(t))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestFind(t *testing.T) {
	c := catalogue(t)
	for _, row := range []struct{ q, first string }{
		{"焊工", "焊工"},
		{"hangong", "焊工"},
		{"6-18-02-04", "焊工"},
		{"  WELDER ", "焊工"},
		{"skcg", "数控车工"},
		{"６－３１－０１－０３", "电工"},
		{"cha yishi", "茶艺师"},
		{"qizhongzhuangxie", "起重装卸机械操作工"},
		{"叉车", "叉车司机"},
		{"起重 fork", "叉车司机"},
		{"yuyingyuan", "育婴员"},
		{"", "内科护士"},
		{"no such trade", ""},
	} {
		list, total := c.List(row.q, false, 500, 0)
		if len(list) != total || (row.first == "") != (total == 0) || total > 0 && list[0].Name != row.first {
			t.Errorf("%q: %d found, %+v, want %s first", row.q, total, list, row.first)
		}
	}
}

func TestPages(t *testing.T) {
	c := catalogue(t)
	all, total := c.List("", true, 500, 0)
	if len(all) != total || total < 24 {
		t.Fatalf("%d of %d", len(all), total)
	}
	for _, one := range all {
		if one.Scheme == "" {
			t.Errorf("%s has no template", one.Name)
		}
	}
	part, n := c.List("", true, 5, 3)
	if n != total || len(part) != 5 || part[0].Name != all[3].Name {
		t.Errorf("%d of %d: %+v", len(part), n, part)
	}
	if part, n = c.List("", true, 5, total); len(part) != 0 || n != total {
		t.Errorf("%d of %d behind the end", len(part), n)
	}
}

// TestTemplates: the engine compiles every template, and every one speaks both
// languages throughout.
func TestTemplates(t *testing.T) {
	c := catalogue(t)
	all, _ := c.List("", true, 500, 0)
	for _, one := range all {
		text, err := c.Template(one.Scheme)
		if err != nil {
			t.Fatal(err)
		}
		if _, fields := outline.Read(text, ""); fields != nil {
			t.Errorf("%s: %v", one.Scheme, fields)
		}
		var tree any
		if err := json.Unmarshal(text, &tree); err != nil {
			t.Fatal(err)
		}
		bilingual(t, one.Scheme, tree)
	}
	for _, id := range []string{"", "trades", "../errors", "no-such"} {
		if _, err := c.Template(id); !errors.Is(err, fault.New(fault.Missing, "programme.template_missing")) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestNoCatalogue(t *testing.T) {
	var none *trades.Catalogue
	if list, total := none.List("", false, 50, 0); list != nil || total != 0 {
		t.Errorf("%v, %d", list, total)
	}
	if _, err := none.Template("welder"); err == nil {
		t.Error("a template of no catalogue")
	}
}

func bilingual(t *testing.T, at string, v any) {
	t.Helper()
	switch v := v.(type) {
	case map[string]any:
		if zh, en := v["zh"], v["en"]; zh != nil && (en == nil || en == "" || en == zh) {
			t.Errorf("%s: %v has no English", at, zh)
		}
		for k, sub := range v {
			bilingual(t, at+"/"+k, sub)
		}
	case []any:
		for i, sub := range v {
			bilingual(t, fmt.Sprintf("%s/%d", at, i), sub)
		}
	}
}

// TestTemplatesUseTheLanguage: each word of the scheme language is used by a
// template, so that a host finds it where a trade has a use for it.
func TestTemplatesUseTheLanguage(t *testing.T) {
	c := catalogue(t)
	all, _ := c.List("", true, 500, 0)
	var texts strings.Builder
	for _, one := range all {
		text, _ := c.Template(one.Scheme)
		texts.WriteString(strings.Join(strings.Fields(string(text)), ""))
	}
	for field, words := range map[string]string{
		"kind": "yes_no tolerance limits graded excess table counted points judgement panel deductions grades gate time penalty external relative " +
			"mean median sum trimmed middle chief",
		"identity": "open seat coded", "composition": "sum", "voids": "aspect criterion component entry",
		"level": "component total", "take": "max mean range best middle", "better": "lower higher",
		"by": "each component criterion aspect time best firsts", "order": "ascending", "ties": "decision shared widen narrow decide",
		"mode": "bands linear tiebreak seconds half_up half_even floor ceiling", "provisional": "points", "of": "ranked started",
	} {
		for _, w := range strings.Fields(words) {
			if !strings.Contains(texts.String(), `"`+field+`":"`+w+`"`) {
				t.Errorf("no template uses %s %s", field, w)
			}
		}
	}
	for _, field := range []string{
		"weight", "factor", "pass", "standards", "section", "readings", "attempts", "inputs", "accepts", "spread", "policy", "least", "whole",
		"cap", "help", "advance", "line", "first", "running", "share", "number", "chairs", "low", "high", "else", "target", "levels", "below_pass",
	} {
		if !strings.Contains(texts.String(), `"`+field+`":`) {
			t.Errorf("no template uses %s", field)
		}
	}
}

// TestShapes holds the catalogue and the templates against their JSON Schemas.
func TestShapes(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	for _, name := range []string{"trades.schema.json", "scheme.json"} {
		raw, err := schemas.Files.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(raw)
		if err != nil {
			t.Fatal(err)
		}
		if err := compiler.AddResource(name, doc); err != nil {
			t.Fatal(err)
		}
	}
	names, err := fs.Glob(files(t), "*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		shape := "scheme.json"
		if name == "trades.json" {
			shape = "trades.schema.json"
		}
		raw, err := files(t).Open(name)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(raw)
		if err != nil {
			t.Fatal(err)
		}
		if err := compiler.MustCompile(shape).Validate(doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFaultyCatalogues(t *testing.T) {
	for _, row := range []struct {
		name  string
		files fstest.MapFS
		says  string
	}{
		{"nothing there", fstest.MapFS{}, "trades.json"},
		{"no JSON", fstest.MapFS{"trades.json": {Data: []byte("{")}}, "catalogue of trades"},
		{"no name", fstest.MapFS{"trades.json": {Data: []byte(`{"trades":[{"code":"1"}]}`)}}, "trade 1"},
		{"a name twice", fstest.MapFS{"trades.json": {Data: []byte(`{"trades":[{"name":"焊工"},{"name":"焊工"}]}`)}}, "trade 2"},
		{"a template that is not there", fstest.MapFS{"trades.json": {Data: []byte(`{"trades":[{"name":"焊工","scheme":"welder"}]}`)}}, "template of 焊工"},
	} {
		if _, err := trades.Read(row.files); err == nil || !strings.Contains(err.Error(), row.says) {
			t.Errorf("%s: %v", row.name, err)
		}
	}
}
