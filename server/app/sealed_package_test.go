package app_test

import (
	"fmt"
	"strconv"
	"testing"
)

// What must not be seen before the unsealing: names and units that stand nowhere
// else, in characters and in pinyin.
const (
	canaryName = "曾鸑鷟"
	canaryUnit = "翡翠谷联合厂"
)

var canaries = []string{canaryName, canaryUnit, "鸑", "翡翠", "yuezhuo", "feicui"}

// sealedScheme has one module that is marked by work code.
const sealedScheme = `{"format":"jiangtai.scheme/1","name":{"zh":"烹饪"},
 "panels":[{"id":"j","name":{"zh":"评分"},"chairs":3}],"total":"100","rounding":{"total":{"places":2}},
 "components":[{"id":"p","name":{"zh":"作品"},"weight":"1","max":"100","criteria":[
  {"id":"w","name":{"zh":"味道"},"identity":"coded","subs":[{"id":"s","name":{"zh":"菜"},"aspects":[
   {"id":"taste","name":{"zh":"味道"},"kind":"panel","panel":"j","max":"100","step":"1"}]}]}]}]}`

// workCode is a valid work code: three digits and their number modulo 23.
func workCode(n int) string {
	return fmt.Sprintf("%03d", n) + string("ABCDEFGHJKLMNPRSTUVWXYZ"[n%23])
}

// sealedPackage is a contest of one coded event; holds says which entry has the
// i-th work code.
func sealedPackage(t testing.TB, code string, holds []int) map[string]string {
	t.Helper()
	tb := tables{
		"events":  {{"code", "trade", "chain", "scheme"}, {"dish", "中式烹调师", "light", "dish"}},
		"entries": {{"event", "entry_no", "work_code", "name", "unit"}},
		"judges":  {{"event", "panel", "judge", "chief"}, {"dish", "j", "江一", "true"}, {"dish", "j", "江二", ""}, {"dish", "j", "江三", ""}},
		"units":   {{"code", "name"}},
	}
	codes := make([]string, len(holds))
	for i, e := range holds {
		codes[e] = workCode(101 + 37*i)
	}
	for i, c := range codes {
		unit := "u" + strconv.Itoa(i)
		tb["units"] = append(tb["units"], []string{unit, canaryUnit + strconv.Itoa(i)})
		tb["entries"] = append(tb["entries"], []string{"dish", entryNo(i + 1), c, canaryName + strconv.Itoa(i), unit})
	}
	return tb.files(t, fmt.Sprintf(`{"code":%q,"name":"厨艺","kind":"real"}`, code), map[string][]byte{"dish": []byte(sealedScheme)})
}

// sealedFair imports such a contest and opens its event; it gives the work codes
// in their order.
func sealedFair(t *testing.T, code string, holds []int) (*fair, []string) {
	t.Helper()
	f := common(t).importFair(sealedPackage(t, code, holds))
	f.mustAct("dish", "open")
	codes := make([]string, len(holds))
	for i := range holds {
		codes[i] = workCode(101 + 37*i)
	}
	return f, codes
}
