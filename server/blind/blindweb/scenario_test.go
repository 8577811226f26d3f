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
	s.Want(401, "", s.Send("", "GET", cook+"/coding", ""))
	s.Want(404, "blind.missing", s.Send("keyer", "GET", cook+"/coding", ""))
	s.Want(409, "blind.no_witness", s.Send("coder", "POST", cook+"/draws", `{"layer":"code","method":"hand","witness":" "}`)) // B7
	s.Want(403, "blind.not_drawing", s.Send("coder", "POST", cook+"/draws/code/pairs", `{"from":"001","label":"007X"}`))      // B7
	s.Want(200, "", s.Send("coder", "POST", cook+"/draws", `{"layer":"code","method":"hand","witness":"见证人"}`))
	s.Want(409, "blind.already_drawn", s.Send("other", "POST", cook+"/draws", `{"layer":"code","method":"once","witness":"见证人"}`)) // B1
	a := s.Want(200, "", s.Send("host", "POST", cook+"/check-in", `{"arrivals":[{"entry_no":"001","state":"present"},{"entry_no":"002","state":"present"},{"entry_no":"003","state":"absent"}]}`))
	if a.Text("entries", "0", "name") != "选手1" || a.Text("named") != "true" || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s", a.Body)
	}
	s.Want(422, "blind.unknown_state", s.Send("host", "POST", cook+"/check-in", `{"arrivals":[{"entry_no":"001","state":"asleep"}]}`))
	s.Want(400, "web.json", s.Send("host", "POST", cook+"/check-in", `{"arrivals":[{"entry_no":"001","state":"present","name":"x"}]}`))
	a = s.Want(200, "", s.Send("coder", "POST", cook+"/draws/code/pairs", `{"from":"001","label":"007x"}`))
	if strings.Contains(string(a.Body), "007X") || strings.Contains(string(a.Body), "选手") || a.Text("entries", "0", "drawn") != "true" {
		t.Errorf("the coding judge's desk: %s", a.Body)
	}
	s.Want(409, "blind.label_taken", s.Send("coder", "POST", cook+"/draws/code/pairs", `{"from":"002","label":"007X"}`)) // B7, B9
	for _, who := range []string{"office", "host", "other", "chief", "watcher", "keyer", "root"} {                       // B3
		for _, what := range []string{"pairs", "labels"} {
			s.Want(404, "blind.missing", s.Send(who, "GET", cook+"/draws/code/"+what, ""))
		}
	}
	s.Want(403, "blind.two_persons", s.Send("coder", "POST", cook+"/draws/code/strikes", `{"from":"001","reason":"看错","second":{"user":"coder","password":"right"}}`))
	s.Want(401, "", s.Send("coder", "POST", cook+"/draws/code/strikes", `{"from":"001","reason":"看错","second":{"user":"watcher","password":"wrong"}}`))
	s.Want(200, "", s.Send("coder", "POST", cook+"/draws/code/strikes", `{"from":"001","reason":"看错",`+second+`}`))
	s.Want(200, "", s.Send("coder", "POST", cook+"/draws/code/pairs", `{"from":"001","label":"008X"}`))
	s.Want(422, "blind.check_in_open", s.Send("coder", "POST", cook+"/draws/code/closing", `{}`))
	a = s.Want(200, "", s.Send("host", "POST", cook+"/check-in/closing", `{"late_minutes":0}`))
	if a.Text("check_in", "late_minutes") != "0" {
		t.Errorf("%s", a.Body)
	}
	s.Pass(time.Second)
	s.Want(422, "blind.too_late", s.Send("host", "POST", cook+"/check-in", `{"arrivals":[{"entry_no":"003","state":"late"}]}`))
	s.Want(200, "", s.Send("host", "POST", cook+"/check-in/reopening", `{"reason":"大巴晚点",`+second+`}`))
	s.Want(200, "", s.Send("host", "POST", cook+"/check-in/closing", `{}`))
	s.Want(422, "blind.not_drawn", s.Send("coder", "POST", cook+"/draws/code/closing", `{}`))
	s.Want(200, "", s.Send("coder", "POST", cook+"/draws/code/pairs", `{"from":"002","label":"009X"}`))
	s.Want(200, "", s.Send("coder", "POST", cook+"/draws/code/closing", `{}`))
	a = s.Want(200, "", s.Send("coder", "GET", cook+"/draws/code/pairs", ""))
	if a.Text("pairs", "1", "label") != "009X" || a.Text("pairs", "2", "label") != "" || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s", a.Body)
	}
	a = s.Want(200, "", s.Send("coder", "GET", cook+"/draws/code/labels", ""))
	if a.Text("labels") != "[map[label:008X qr:jt:008X:0000000b] map[label:009X qr:jt:009X:0000000b]]" {
		t.Errorf("%s", a.Body)
	}
	a = s.Want(200, "", s.Send("coder", "GET", cook+"/draws/code/record", ""))
	if a.Text("told") != "true" || a.Text("pairs", "0", "label") != "008X" || a.Text("strikes", "0", "second") != "监督" || a.Text("absent") != "4" {
		t.Errorf("%s", a.Body)
	}
	a = s.Want(200, "", s.Send("watcher", "GET", cook+"/draws/code/record", ""))
	if a.Text("told") != "false" || strings.Contains(string(a.Body), "008X") || a.Text("draw", "digest") == "" {
		t.Errorf("%s", a.Body)
	}
	s.Want(404, "blind.missing", s.Send("coder", "GET", cook+"/draws/seat/record", ""))
}

// A draw all at once is committed to before, annulled and drawn again; nothing is
// unsealed but by two, and never what was swapped.
func TestADayAtOnce(t *testing.T) {
	s := newSite(t)
	a := s.Want(200, "", s.Send("coder", "POST", weld+"/draws", `{"layer":"seat","method":"once","witness":"见证人","places":12}`))
	if len(a.Text("layers", "0", "draw", "commitment")) != 64 || a.Text("layers", "0", "own") != "true" {
		t.Errorf("%s", a.Body)
	}
	s.Want(409, "blind.unaccounted", s.Send("coder", "POST", weld+"/draws/seat/runs", `{"words":"三"}`)) // B2
	s.Arrive(t, blindtest.Weld, blind.Present, "001", "002", "003")
	s.Want(200, "", s.Send("host", "POST", weld+"/check-in/closing", `{}`))
	s.Want(403, "blind.other_judge", s.Send("other", "POST", weld+"/draws/seat/runs", `{}`))
	s.Want(422, "blind.too_long", s.Send("coder", "POST", weld+"/draws/seat/runs", `{"words":"`+strings.Repeat("三", 61)+`"}`))
	s.Want(200, "", s.Send("coder", "POST", weld+"/draws/seat/runs", `{"words":"三 五"}`))
	s.Want(200, "", s.Send("coder", "POST", weld+"/draws/seat/closing", `{}`))
	s.Want(200, "", s.Send("coder", "POST", weld+"/draws/seat/voiding", `{"reason":"场地换了",`+second+`}`))
	a = s.Want(200, "", s.Send("coder", "POST", weld+"/draws", `{"layer":"seat","method":"once","witness":"见证人"}`))
	if a.Text("voided", "0", "reason") != "场地换了" || a.Text("layers", "0", "draw", "places") != "6" {
		t.Errorf("%s", a.Body)
	}
	s.Want(422, "blind.places", s.Send("other", "POST", cook+"/draws", `{"layer":"code","method":"once","witness":"见证人","places":2}`))
	s.Want(422, "blind.no_layer", s.Send("other", "POST", cook+"/draws", `{"layer":"seat","method":"once","witness":"见证人"}`))
	s.Want(400, "blind.unknown_method", s.Send("other", "POST", cook+"/draws", `{"layer":"code","method":"dice","witness":"见证人"}`))
}

// An act needs its id; what judging refuses is said as judging says it.
func TestUnsealing(t *testing.T) {
	s := newSite(t)
	s.DrawBoth(t, blindtest.Weld)
	s.Change(blindtest.Weld, func(e *blind.Event) { e.IsOpen = true })
	const act = `{"act_id":"6f0dc2a7-6f2c-4f0e-8f6c-0a3f3f1c9a11",`
	s.Want(400, "blind.act_id", s.Send("other", "POST", weld+"/unsealing", `{"act_id":"",`+second+`}`))
	s.Want(403, "blind.two_persons", s.Send("other", "POST", weld+"/unsealing", act+`"second":{"user":"","password":""}}`))           // B4
	s.Want(403, "blind.two_persons", s.Send("other", "POST", weld+"/unsealing", act+`"second":{"user":"other","password":"right"}}`)) // B4
	s.Want(403, "blind.forbidden", s.Send("chief", "POST", weld+"/unsealing", act+second+`}`))
	s.RefuseUnsealing(fault.New(fault.Closed, "judging.not_locked"))
	s.Want(423, "judging.not_locked", s.Send("other", "POST", weld+"/unsealing", act+second+`}`)) // B5
	s.RefuseUnsealing(nil)
	a := s.Want(200, "", s.Send("other", "POST", weld+"/unsealing", act+second+`}`))
	if a.Text("event", "unsealed") != "true" || a.Text("steps", "3", "what") != "unsealed" {
		t.Errorf("%s", a.Body)
	}
	s.Want(200, "", s.Send("office", "GET", weld+"/draws/seat/pairs", ""))
	s.Want(404, "blind.missing", s.Send("host", "GET", weld+"/draws/seat/pairs", ""))
}
