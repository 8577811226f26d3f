package schemesheet_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"jiangtai/scoring/scheme"
	"jiangtai/server/fault"
	"jiangtai/server/programme/programmeweb/schemesheet"
)

// schemes are all schemes of the tree: those of the demonstration's trades, the
// documentation's, and the engine's golden ones.
func schemes(t *testing.T) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, pattern := range []string{
		"../../../rehearsal/city/schemes/*.json", "../../../../docs/examples/*/schemes/*.json", "../../../../scoring/testdata/schemes/*.json",
	} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, f := range files {
			raw, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := scheme.Parse(raw); err == nil {
				out[f] = raw
			}
		}
	}
	return out
}

func plain(t *testing.T, raw []byte) string {
	t.Helper()
	s, err := scheme.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	out, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// Every scheme of the tree becomes a workbook and the same scheme again.
func TestRoundTrip(t *testing.T) {
	all := schemes(t)
	if len(all) < 12 {
		t.Fatalf("%d schemes", len(all))
	}
	for name, raw := range all {
		book, err := schemesheet.Write(t.Context(), raw)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		back, err := schemesheet.Read(t.Context(), book)
		if err != nil || len(back.Faults) > 0 {
			t.Errorf("%s: %v %v", name, back.Faults, err)
			continue
		}
		if d := cmp.Diff(plain(t, raw), plain(t, back.Text)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// full has every kind of aspect and every list.
const full = `{"format":"jiangtai.scheme/1","name":{"zh":"全","en":"All"},"identity":"coded","composition":"sum","pass":"60","provisional":"points",
"panels":[{"id":"p","name":{"zh":"组","en":"Panel"},"chairs":5,"policy":{"kind":"trimmed","high":1,"low":1,"least":3}},{"id":"g","name":{"zh":"现场"}}],
"rounding":{"criterion":{"places":3,"mode":"floor"},"total":{"places":2}},
"ranking":{"keys":[{"by":"component","id":"c"},{"by":"time","id":"tm","order":"ascending"}],"ties":"decision"},
"standards":{"tolerance":"200","sections":[{"id":"s1","name":{"zh":"安全"},"max":"5"}]},
"rankings":["group","county","unit"],"teams":{"take":"best","best":2,"size":3,"least":2,"round":{"places":1,"mode":"floor"},"keys":[{"by":"component","id":"c"},{"by":"time","id":"tm"}]},
"team_prizes":{"list":[{"id":"t1","name":{"zh":"团体一等奖"},"number":1},{"id":"t2","name":{"zh":"团体二等奖"},"share":"0.2"}],"of":"started","ties":"narrow","by":"unit"},
"prizes":{"by":"group","list":[{"id":"g1","name":{"zh":"一等奖"},"share":"0.1"},{"id":"g2","name":{"zh":"二等奖"},"share":"0.2"}],"of":"started","running":true,"least":5},
"advance":{"first":3,"ties":"widen","by":"group"},
"components":[{"id":"c","name":{"zh":"实操"},"factor":"1","criteria":[{"id":"m","name":{"zh":"模块"},"identity":"seat","subs":[{"id":"s","name":{"zh":"项","en":"Item"},"aspects":[
 {"id":"y","name":{"zh":"是否"},"kind":"yes_no","panel":"g","max":"2","section":"s1","help":{"zh":"看"}},
 {"id":"t","name":{"zh":"公差"},"kind":"tolerance","panel":"g","max":"2","nominal":"-1.5","tol":"0.02","unit":"mm","readings":{"count":3,"take":"mean"}},
 {"id":"l","name":{"zh":"极限"},"kind":"limits","panel":"g","max":"2","nominal":"18","low":"-0.021","high":"0","accepts":{"min":"0","max":"40"}},
 {"id":"gr","name":{"zh":"分档"},"kind":"graded","panel":"g","nominal":"10","bands":[{"tol":"0.02","mark":"2"},{"tol":"0.05","mark":"1"}]},
 {"id":"x","name":{"zh":"超差"},"kind":"excess","panel":"g","max":"15","nominal":"18","tol":"0.03","step":"0.01","per":"1","whole":true},
 {"id":"tb","name":{"zh":"咬边"},"kind":"table","panel":"g","inputs":[{"id":"d","name":{"zh":"深"},"unit":"mm"},{"id":"n","name":{"zh":"长"}}],
  "rows":[{"when":[{"le":"0"},{"le":"0"}],"mark":"20"},{"when":[{"gt":"0","le":"0.5"},{}],"mark":"14"}],"else":"0"},
 {"id":"co","name":{"zh":"次数"},"kind":"counted","panel":"g","max":"2","per":"0.5"},
 {"id":"po","name":{"zh":"打分"},"kind":"points","panel":"g","max":"10","step":"0.5","min":"1","attempts":{"count":2,"take":"best"}},
 {"id":"j","name":{"zh":"评价"},"kind":"judgement","panel":"p","max":"2","levels":[{"zh":"无"},{"zh":"低","en":"low"},{"zh":"合格"},{"zh":"优"}],"spread":"1"},
 {"id":"pa","name":{"zh":"各打"},"kind":"panel","panel":"p","max":"10","step":"0.5","policy":{"kind":"median"},"factor":"0.5"},
 {"id":"de","name":{"zh":"扣"},"kind":"deductions","panel":"g","max":"10","items":[{"id":"a","name":{"zh":"漏"},"amount":"1","cap":"3"},{"id":"b","name":{"zh":"乱"},"from":"0.5","to":"2","step":"0.5"}]},
 {"id":"gd","name":{"zh":"等级"},"kind":"grades","panel":"g","step":"0.1","grades":[{"id":"a","name":{"zh":"优"},"from":"9","to":"10"},{"id":"b","name":{"zh":"良"},"from":"8","to":"8.9"}]},
 {"id":"ga","name":{"zh":"裂纹"},"kind":"gate","panel":"g","voids":"criterion","required":false},
 {"id":"tm","name":{"zh":"用时"},"kind":"time","panel":"g","max":"10","mode":"linear","limit":"3600","best":"1800"},
 {"id":"pe","name":{"zh":"违规"},"kind":"penalty","panel":"g","level":"total","cap":"20","items":[{"id":"v","name":{"zh":"安全"},"voids":"entry"},{"id":"w","name":{"zh":"超时"},"amount":"2"}]},
 {"id":"ex","name":{"zh":"理论"},"kind":"external","max":"100","carried":"total"},
 {"id":"re","name":{"zh":"相对"},"kind":"relative","panel":"g","max":"10","better":"lower"}]}]}]},
 {"id":"tw","name":{"zh":"团队项目"},"of":"team","criteria":[{"id":"tk","name":{"zh":"协作"},"subs":[{"id":"ts","name":{"zh":"协作"},"aspects":[
 {"id":"ta","name":{"zh":"配合"},"kind":"points","panel":"g","max":"10"}]}]}]}]}`

func TestEveryKind(t *testing.T) {
	book, err := schemesheet.Write(t.Context(), []byte(full))
	if err != nil {
		t.Fatal(err)
	}
	back, err := schemesheet.Read(t.Context(), book)
	if err != nil || len(back.Faults) > 0 {
		t.Fatal(back.Faults, err)
	}
	if d := cmp.Diff(plain(t, []byte(full)), plain(t, back.Text)); d != "" {
		t.Error(d)
	}
	if back.Components != 2 || back.Criteria != 2 || back.Aspects != 18 || back.Panels != 2 {
		t.Errorf("%+v", back)
	}
}

// edited is the full scheme's book with cells set: sheet!cell, text.
func edited(t *testing.T, cells ...string) []byte {
	t.Helper()
	book, err := schemesheet.Write(t.Context(), []byte(full))
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i := 0; i < len(cells); i += 2 {
		sheet, cell, _ := strings.Cut(cells[i], "!")
		if cell == "" {
			err = f.DeleteSheet(sheet)
		} else {
			err = f.SetCellStr(sheet, cell, cells[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func told(list []fault.Field) string {
	var out []string
	for _, f := range list {
		out = append(out, f.Path+"="+f.Code)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// What is wrong is told at its cell: of the cells themselves, of references, and
// of what only the whole scheme shows.
func TestFaultsByCell(t *testing.T) {
	for name, c := range map[string]struct {
		cells []string
		want  string
	}{
		"a number":                       {[]string{"评分点!K2", "二"}, "评分点:2:K=scheme.not_a_decimal_string"},
		"a kind that there is not":       {[]string{"评分点!I2", "猜"}, "评分点:2:I=excel.choice"},
		"a panel that is not there":      {[]string{"评分点!J2", "q"}, "评分点:2:J=scheme.unknown_id"},
		"an id twice":                    {[]string{"评分点!F3", "y"}, "评分点:3:F=scheme.duplicate_id"},
		"an id form":                     {[]string{"模块!C2", "m 1"}, "模块:2:C=scheme.bad_id"},
		"a part that is not there":       {[]string{"模块!B2", "d"}, "模块:2:B=programme.sheet_unknown"},
		"a list of nothing":              {[]string{"明细!B2", "zz"}, "明细:2:B=programme.sheet_unknown"},
		"a condition":                    {[]string{"明细!P6", "about 3；任意"}, "明细:6:P=programme.sheet_condition"},
		"a condition where none belongs": {[]string{"明细!P2", "≥3"}, "明细:2:P=programme.sheet_not_here"},
		"an item twice":                  {[]string{"方案!B4", "名称"}, "方案:4:B=programme.sheet_twice"},
		"a word of the scheme":           {[]string{"方案!C3", "半公开"}, "方案:3:C=excel.choice"},
		"a whole number of the scheme":   {[]string{"方案!B3", "设奖最少人数", "方案!C3", "几个"}, "方案:3:C=excel.integer"},
		"another name of a heading":      {[]string{"评分点!D3", "别的"}, "评分点:3:D=programme.sheet_other_name"},
		"a formula":                      {[]string{"评分点!Z1", "没有的列"}, "评分点:1:Z=excel.header_unknown"},
		"a share":                        {[]string{"奖项!E2", "x"}, "奖项:2:E=scheme.not_a_decimal_string"},
		"a ranking":                      {[]string{"方案!B3", "另排名次", "方案!C3", "组别、年龄"}, "方案:3:C=excel.choice"},
		"a key of teams":                 {[]string{"破平!C4", "zz"}, "破平:4:C=scheme.unknown_id"},
		"a prize of teams":               {[]string{"奖项!B5", "t1"}, "奖项:5:B=scheme.duplicate_id"},
		"a stage twice":                  {[]string{"舍入!B3", "模块"}, "舍入:3:B=programme.sheet_twice"},
		"a sheet gone":                   {[]string{"裁判组", ""}, "裁判组=programme.sheet_missing"},
	} {
		got, err := schemesheet.Read(t.Context(), edited(t, c.cells...))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if all := told(got.Faults); !strings.Contains(" "+all+" ", " "+c.want+" ") || got.Text != nil {
			t.Errorf("%s: %s, want %s", name, all, c.want)
		}
	}
}

// A scheme with something that no cell keeps, an object without content, is
// refused and not bent.
func TestUnfit(t *testing.T) {
	empty := strings.Replace(full, `"accepts":{"min":"0","max":"40"}`, `"accepts":{}`, 1)
	if _, err := scheme.Parse([]byte(empty)); err != nil {
		t.Fatal(err)
	}
	_, err := schemesheet.Write(t.Context(), []byte(empty))
	if fault.Code(err) != "programme.sheet_unfit" {
		t.Error(err)
	}
	_, err = schemesheet.Read(t.Context(), []byte("no book"))
	if f := fault.Of(err); f == nil || f.Kind != fault.Unsupported {
		t.Error(err)
	}
}

// The template itself is a book without a scheme: what is missing is told sheet
// by sheet.
func TestTemplate(t *testing.T) {
	book, err := schemesheet.Template()
	if err != nil {
		t.Fatal(err)
	}
	got, err := schemesheet.Read(t.Context(), book)
	if err != nil {
		t.Fatal(err)
	}
	for _, sheet := range []string{"方案", "裁判组", "部分", "模块", "评分点"} {
		if !strings.Contains(told(got.Faults), sheet+":1=excel.empty") {
			t.Errorf("%s is empty and nobody says so: %s", sheet, told(got.Faults))
		}
	}
}
