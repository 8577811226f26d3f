package scoring_test

import (
	"testing"

	"jiangtai/scoring"
)

// bench is a small scheme: one measured module, one judged by a panel.
const bench = `{"format":"jiangtai.scheme/1","name":{"zh":"钳工"},
 "panels":[{"id":"floor","name":{"zh":"现场"}},{"id":"judges","name":{"zh":"评分"},"policy":{"kind":"trimmed","high":1,"low":1}}],
 "total":"100","rounding":{"component":{"places":2},"total":{"places":2}},
 "ranking":{"keys":[{"by":"component","id":"practical"}]},
 "components":[
  {"id":"theory","name":{"zh":"理论"},"weight":"0.3","max":"100","criteria":[
   {"id":"paper","name":{"zh":"笔试"},"subs":[{"id":"p","name":{"zh":"笔试"},"aspects":[
    {"id":"score","name":{"zh":"成绩"},"kind":"points","panel":"floor","max":"100","step":"0.5"}]}]}]},
  {"id":"practical","name":{"zh":"实操"},"weight":"0.7","max":"100","criteria":[
   {"id":"work","name":{"zh":"制作"},"subs":[{"id":"w","name":{"zh":"工件"},"aspects":[
    {"id":"piece","name":{"zh":"工件"},"kind":"panel","panel":"judges","max":"100","step":"0.25"}]}]}]}]}`

func benchDesk(t testing.TB, entries int) *desk {
	d := newDesk(t, compile(t, bench), seating{{"floor", 1}, {"judges", 3}}, entries)
	d.act(scoring.Open, "")
	return d
}

func (d *desk) whole(entry int, theory string, judges ...string) {
	d.t.Helper()
	d.mark(entry, "score", 1, theory)
	for i, v := range judges {
		d.mark(entry, "piece", i+2, v)
	}
}

func TestPublishedRoundingIsExact(t *testing.T) {
	d := benchDesk(t, 2)
	d.whole(1, "73.5", "86.25", "86.25", "86.25")
	d.total(1, "82.43")
	d.whole(2, "61", "60", "59.75", "60")
	d.total(2, "60.30")
}

func TestRealTieIsBrokenByPractical(t *testing.T) {
	d := benchDesk(t, 3)
	d.whole(1, "92", "87", "87", "87")
	d.whole(2, "85", "90", "90", "90")
	if r := d.row(scoring.Public, 2); r.Rank != 1 || r.Total != "88.50" {
		t.Fatalf("%+v", r)
	}
	if r := d.row(scoring.Public, 1); r.Rank != 2 || r.Total != "88.50" {
		t.Fatalf("%+v", r)
	}
	if r := d.row(scoring.Public, 3); r.Rank != 0 || r.Pos != 3 || r.Done != 0 || r.Need != 4 {
		t.Fatalf("%+v", r)
	}
}
