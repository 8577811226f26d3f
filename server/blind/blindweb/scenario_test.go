package blindweb_test

import (
	"strings"
	"testing"
	"time"

	"jiangtai/server/blind"
	"jiangtai/server/blind/blindtest"
	"jiangtai/server/fault"
)

const second = `"second":{"user":"watcher","password":"right"}`

// The rows of PROMISES on draws and codes (B), by HTTP, along a draw by hand.
func TestADayByHand(t *testing.T) {
	s := newSite(t)
	s.want(401, "", s.send("", "GET", cook+"/coding", ""))
	s.want(404, "blind.missing", s.send("keyer", "GET", cook+"/coding", ""))
	s.want(409, "blind.no_witness", s.send("coder", "POST", cook+"/draws", `{"layer":"code","method":"hand","witness":" "}`)) // B7
	s.want(403, "blind.not_drawing", s.send("coder", "POST", cook+"/draws/code/pairs", `{"from":"001","label":"007X"}`))      // B7
	s.want(200, "", s.send("coder", "POST", cook+"/draws", `{"layer":"code","method":"hand","witness":"见证人"}`))
	s.want(409, "blind.already_drawn", s.send("other", "POST", cook+"/draws", `{"layer":"code","method":"once","witness":"见证人"}`)) // B1
	a := s.want(200, "", s.send("host", "POST", cook+"/check-in", `{"arrivals":[{"entry_no":"001","state":"present"},{"entry_no":"002","state":"present"},{"entry_no":"003","state":"absent"}]}`))
	if a.text("entries", "0", "name") != "选手1" || a.text("named") != "true" || a.cache != "no-store" {
		t.Errorf("%s", a.body)
	}
	s.want(422, "blind.unknown_state", s.send("host", "POST", cook+"/check-in", `{"arrivals":[{"entry_no":"001","state":"asleep"}]}`))
	s.want(400, "web.json", s.send("host", "POST", cook+"/check-in", `{"arrivals":[{"entry_no":"001","state":"present","name":"x"}]}`))
	a = s.want(200, "", s.send("coder", "POST", cook+"/draws/code/pairs", `{"from":"001","label":"007x"}`))
	if strings.Contains(string(a.body), "007X") || strings.Contains(string(a.body), "选手") || a.text("entries", "0", "drawn") != "true" {
		t.Errorf("the coding judge's desk: %s", a.body)
	}
	s.want(409, "blind.label_taken", s.send("coder", "POST", cook+"/draws/code/pairs", `{"from":"002","label":"007X"}`)) // B7, B9
	for _, who := range []string{"office", "host", "other", "chief", "watcher", "keyer", "root"} {                       // B3
		for _, what := range []string{"pairs", "labels"} {
			s.want(404, "blind.missing", s.send(who, "GET", cook+"/draws/code/"+what, ""))
		}
	}
	s.want(403, "blind.two_persons", s.send("coder", "POST", cook+"/draws/code/strikes", `{"from":"001","reason":"看错","second":{"user":"coder","password":"right"}}`))
	s.want(401, "", s.send("coder", "POST", cook+"/draws/code/strikes", `{"from":"001","reason":"看错","second":{"user":"watcher","password":"wrong"}}`))
	s.want(200, "", s.send("coder", "POST", cook+"/draws/code/strikes", `{"from":"001","reason":"看错",`+second+`}`))
	s.want(200, "", s.send("coder", "POST", cook+"/draws/code/pairs", `{"from":"001","label":"008X"}`))
	s.want(422, "blind.check_in_open", s.send("coder", "POST", cook+"/draws/code/closing", `{}`))
	a = s.want(200, "", s.send("host", "POST", cook+"/check-in/closing", `{"late_minutes":0}`))
	if a.text("check_in", "late_minutes") != "0" {
		t.Errorf("%s", a.body)
	}
	s.Pass(time.Second)
	s.want(422, "blind.too_late", s.send("host", "POST", cook+"/check-in", `{"arrivals":[{"entry_no":"003","state":"late"}]}`))
	s.want(200, "", s.send("host", "POST", cook+"/check-in/reopening", `{"reason":"大巴晚点",`+second+`}`))
	s.want(200, "", s.send("host", "POST", cook+"/check-in/closing", `{}`))
	s.want(422, "blind.not_drawn", s.send("coder", "POST", cook+"/draws/code/closing", `{}`))
	s.want(200, "", s.send("coder", "POST", cook+"/draws/code/pairs", `{"from":"002","label":"009X"}`))
	s.want(200, "", s.send("coder", "POST", cook+"/draws/code/closing", `{}`))
	a = s.want(200, "", s.send("coder", "GET", cook+"/draws/code/pairs", ""))
	if a.text("pairs", "1", "label") != "009X" || a.text("pairs", "2", "label") != "" || a.cache != "no-store" {
		t.Errorf("%s", a.body)
	}
	a = s.want(200, "", s.send("coder", "GET", cook+"/draws/code/labels", ""))
	if a.text("labels") != "[map[label:008X qr:jt:008X:0000000b] map[label:009X qr:jt:009X:0000000b]]" {
		t.Errorf("%s", a.body)
	}
	a = s.want(200, "", s.send("coder", "GET", cook+"/draws/code/record", ""))
	if a.text("told") != "true" || a.text("pairs", "0", "label") != "008X" || a.text("strikes", "0", "second") != "监督" || a.text("absent") != "4" {
		t.Errorf("%s", a.body)
	}
	a = s.want(200, "", s.send("watcher", "GET", cook+"/draws/code/record", ""))
	if a.text("told") != "false" || strings.Contains(string(a.body), "008X") || a.text("draw", "digest") == "" {
		t.Errorf("%s", a.body)
	}
	s.want(404, "blind.missing", s.send("coder", "GET", cook+"/draws/seat/record", ""))
}

// A draw all at once is committed to before, annulled and drawn again; nothing is
// unsealed but by two, and never what was swapped.
func TestADayAtOnce(t *testing.T) {
	s := newSite(t)
	a := s.want(200, "", s.send("coder", "POST", weld+"/draws", `{"layer":"seat","method":"once","witness":"见证人","places":12}`))
	if len(a.text("layers", "0", "draw", "commitment")) != 64 || a.text("layers", "0", "own") != "true" {
		t.Errorf("%s", a.body)
	}
	s.want(409, "blind.unaccounted", s.send("coder", "POST", weld+"/draws/seat/runs", `{"words":"三"}`)) // B2
	s.Arrive(t, blindtest.Weld, blind.Present, "001", "002", "003")
	s.want(200, "", s.send("host", "POST", weld+"/check-in/closing", `{}`))
	s.want(403, "blind.other_judge", s.send("other", "POST", weld+"/draws/seat/runs", `{}`))
	s.want(422, "blind.too_long", s.send("coder", "POST", weld+"/draws/seat/runs", `{"words":"`+strings.Repeat("三", 61)+`"}`))
	s.want(200, "", s.send("coder", "POST", weld+"/draws/seat/runs", `{"words":"三 五"}`))
	s.want(200, "", s.send("coder", "POST", weld+"/draws/seat/closing", `{}`))
	s.want(200, "", s.send("coder", "POST", weld+"/draws/seat/voiding", `{"reason":"场地换了",`+second+`}`))
	a = s.want(200, "", s.send("coder", "POST", weld+"/draws", `{"layer":"seat","method":"once","witness":"见证人"}`))
	if a.text("voided", "0", "reason") != "场地换了" || a.text("layers", "0", "draw", "places") != "6" {
		t.Errorf("%s", a.body)
	}
	s.want(422, "blind.places", s.send("other", "POST", cook+"/draws", `{"layer":"code","method":"once","witness":"见证人","places":2}`))
	s.want(422, "blind.no_layer", s.send("other", "POST", cook+"/draws", `{"layer":"seat","method":"once","witness":"见证人"}`))
	s.want(400, "blind.unknown_method", s.send("other", "POST", cook+"/draws", `{"layer":"code","method":"dice","witness":"见证人"}`))
}

// An act needs its id; what judging refuses is said as judging says it.
func TestUnsealing(t *testing.T) {
	s := newSite(t)
	s.DrawBoth(t, blindtest.Weld)
	s.Change(blindtest.Weld, func(e *blind.Event) { e.IsOpen = true })
	const act = `{"act_id":"6f0dc2a7-6f2c-4f0e-8f6c-0a3f3f1c9a11",`
	s.want(400, "blind.act_id", s.send("other", "POST", weld+"/unsealing", `{"act_id":"",`+second+`}`))
	s.want(403, "blind.two_persons", s.send("other", "POST", weld+"/unsealing", act+`"second":{"user":"","password":""}}`))           // B4
	s.want(403, "blind.two_persons", s.send("other", "POST", weld+"/unsealing", act+`"second":{"user":"other","password":"right"}}`)) // B4
	s.want(403, "blind.forbidden", s.send("chief", "POST", weld+"/unsealing", act+second+`}`))
	s.RefuseUnsealing(fault.New(fault.Closed, "judging.not_locked"))
	s.want(423, "judging.not_locked", s.send("other", "POST", weld+"/unsealing", act+second+`}`)) // B5
	s.RefuseUnsealing(nil)
	a := s.want(200, "", s.send("other", "POST", weld+"/unsealing", act+second+`}`))
	if a.text("event", "unsealed") != "true" || a.text("steps", "3", "what") != "unsealed" {
		t.Errorf("%s", a.body)
	}
	s.want(200, "", s.send("office", "GET", weld+"/draws/seat/pairs", ""))
	s.want(404, "blind.missing", s.send("host", "GET", weld+"/draws/seat/pairs", ""))
}
