package judgingweb_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"jiangtai/server/judging"
	"jiangtai/server/judging/judgingtest"
	"jiangtai/server/judging/judgingweb"
)

// The table of bad scores: each row is answered precisely and writes nothing.
func TestBadScores(t *testing.T) {
	s := newSite(t)
	s.Open(t, 1)
	s.Open(t, 2)
	first := s.actors["first"]
	// One mark stands, for those that come second.
	standing := s.mark(first).with("work", `"003"`)
	if r := s.give(t, "first", body(standing)); r[0].Status != 200 {
		t.Fatalf("the standing mark: %+v", r[0].Problem)
	}
	before, elsewhere := s.lines(), len(s.Memory.Lines(judgingtest.ID('l', 2)))
	m := s.mark(first)
	deep := strings.Repeat("[", 1000) + strings.Repeat("]", 1000)
	cases := []struct {
		row, name, token, body string
		status                 int
		code                   string
	}{
		{"S1", "100.01 of 100", "first", body(m.with("value", `"100.25"`)), 422, "judging.above_max"},
		{"S2", "-0.01", "first", body(m.with("value", `"-0.25"`)), 422, "judging.below_min"},
		{"S3", "off the step", "first", body(m.with("value", `"9.555"`)), 422, "judging.off_step"},
		{"S4", "NaN", "first", body(m.with("value", `"NaN"`)), 400, "judging.malformed_value"},
		{"S4", "Infinity", "first", body(m.with("value", `"Infinity"`)), 400, "judging.malformed_value"},
		{"S4", "1e400", "first", body(m.with("value", `"1e400"`)), 400, "judging.malformed_value"},
		{"S5", "a number", "first", body(m.with("value", `9.5`)), 400, "web.json"},
		{"S5", "true", "first", body(m.with("value", `true`)), 400, "web.json"},
		{"S5", "null", "first", body(m.with("value", `null`)), 400, "web.json"},
		{"S5", "a list", "first", body(m.with("value", `[]`)), 400, "web.json"},
		{"S5", "an object", "first", body(m.with("value", `{}`)), 400, "web.json"},
		{"S6", "an exponent", "first", body(m.with("value", `"1e1"`)), 400, "judging.malformed_value"},
		{"S6", "a plus", "first", body(m.with("value", `"+1"`)), 400, "judging.malformed_value"},
		{"S6", "no digit before", "first", body(m.with("value", `".5"`)), 400, "judging.malformed_value"},
		{"S6", "no digit behind", "first", body(m.with("value", `"1."`)), 400, "judging.malformed_value"},
		{"S6", "space before", "first", body(m.with("value", `" 1"`)), 400, "judging.malformed_value"},
		{"S6", "space behind", "first", body(m.with("value", `"1 "`)), 400, "judging.malformed_value"},
		{"S6", "nothing", "first", body(m.with("value", `""`)), 400, "judging.malformed_value"},
		{"S6", "full-width digits", "first", body(m.with("value", `"８０"`)), 400, "judging.malformed_value"},
		{"S8", "2^63", "first", body(m.with("value", `"9223372036854775808"`)), 422, "judging.above_max"},
		{"S8", "a billion less one", "first", body(m.with("value", `"999999999"`)), 422, "judging.above_max"},
		{"S9", "level 4 of 0–3", "first", body(m.with("aspect", `"level"`).with("value", `"4"`)), 422, "judging.above_max"},
		{"S11", "an unknown aspect", "first", body(m.with("aspect", `"nothing"`)), 404, "judging.missing"},
		{"S12", "an unknown work", "first", body(m.with("work", `"999"`)), 404, "judging.missing"},
		{"S12", "a work by another label", "first", body(m.with("work", quote(judgingtest.WorkCode(1)))), 404, "judging.missing"},
		{"S13", "another event", "first", body(m.with("event", quote(judgingtest.ID('e', 2).String()))), 404, "judging.missing"},
		{"S13", "an event that is not", "first", body(m.with("event", quote(judgingtest.ID('e', 9).String()))), 404, "judging.missing"},
		{"S13", "no event", "first", body(m.with("event", `"x"`)), 404, "judging.missing"},
		{"S14", "another panel's aspect", "first", body(m.with("aspect", `"score"`)), 404, "judging.missing"},
		{"S15", "as another chair", "first", body(m.with("chair", "3")), 403, "judging.other_chair"},
		{"S17", "an official", "organiser", body(m), 403, "judging.role"},
		{"S17", "a clerk", "clerk", body(m), 403, "judging.role"},
		{"S17", "nobody", "", body(m), 401, "web.sign_in"},
		{"S24", "no id", "first", body(m.with("mark_id", "")), 400, "judging.mark_id_missing"},
		{"S24", "no UUID", "first", body(m.with("mark_id", `"7"`)), 400, "judging.mark_id_missing"},
		{"S24", "the nil UUID", "first", body(m.with("mark_id", `"00000000-0000-0000-0000-000000000000"`)), 400, "judging.mark_id_missing"},
		{"S27", "a used number", "first", body(m.with("device_seq", "1")), 422, "judging.seq_reuse"},
		{"S27", "no number", "first", body(m.with("device_seq", "")), 400, "judging.device_seq"},
		{"S28", "a stale correction", "first", body(m.with("work", `"003"`).with("supersedes", m["mark_id"])), 409, "judging.stale"},
		{"S29", "a second first mark", "first", body(m.with("work", `"003"`)), 409, "judging.already_marked"},
		{"S30", "a version that is not", "first", body(m.with("version", "7")), 404, "judging.no_such_version"},
		{"S33", "501 marks", "first", body(make([]fields, 501)...), 413, "judging.too_many"},
		{"S33", "none", "first", `{"marks":[]}`, 400, "judging.no_marks"},
		{"S36", "a total", "first", body(m.with("total", "100")), 400, "web.json"},
		{"S36", "a role", "first", body(m.with("role", `"admin"`)), 400, "web.json"},
		{"S36", "beside the marks", "first", `{"marks":[],"role":"admin"}`, 400, "web.json"},
		{"S36", "a key twice", "first", strings.Replace(body(m), `"value"`, `"value":"1","value"`, 1), 400, "web.json"},
		{"S37", "a thousand deep", "first", body(m.with("value", deep)), 400, "web.json"},
		{"S40", "invalid UTF-8", "first", body(m.with("text", "\"\xff\xfe\"")), 400, "web.json"},
		{"S40", "NUL", "first", body(m.with("text", `"a\u0000b"`)), 400, "web.json"},
		{"S40", "a lone surrogate", "first", body(m.with("text", `"\ud800"`)), 400, "web.json"},
		{"S40", "U+202E", "first", body(m.with("text", "\"a\u202eb\"")), 400, "web.json"},
		{"S41", "2,001 characters", "first", body(m.with("text", quote(strings.Repeat("字", 2001)))), 422, "judging.text_length"},
		{"–", "an unknown kind", "first", body(m.with("kind", `"late"`)), 400, "judging.unknown_kind"},
		{"–", "a value for not performed", "first", body(m.with("kind", `"not_performed"`)), 400, "judging.value_not_wanted"},
		{"–", "no JSON", "first", "marks", 400, "web.json"},
	}
	for _, c := range cases {
		r := s.give(t, c.token, c.body)
		if len(r) != 1 || r[0].Status != c.status || r[0].Problem == nil || r[0].Problem.Code != c.code {
			t.Errorf("%s %s: %d %+v, want %d %s", c.row, c.name, r[0].Status, r[0].Problem, c.status, c.code)
		}
		if strings.Contains(fmt.Sprint(r[0].Problem), "裁判") {
			t.Errorf("%s %s: a name in %+v", c.row, c.name, r[0].Problem)
		}
	}
	if r := s.give(t, "first", body(m), "Content-Type", "text/plain"); r[0].Status != 415 {
		t.Errorf("S39 text/plain: %d", r[0].Status)
	}
	if r := s.give(t, "first", body(m), "Content-Type", "multipart/form-data; boundary=x"); r[0].Status != 415 {
		t.Errorf("S39 multipart: %d", r[0].Status)
	}
	if s.lines() != before || len(s.Memory.Lines(judgingtest.ID('l', 2))) != elsewhere {
		t.Errorf("%d records were %d: a refusal wrote something", s.lines(), before)
	}
	audited := strings.Join(s.Audit.What(), "\n")
	if n := strings.Count(audited, "mark.refused judging.missing"); n != 7 {
		t.Errorf("%d attempts to write elsewhere are audited:\n%s", n, audited)
	}
	if !strings.Contains(audited, "mark.refused judging.other_chair") {
		t.Error("writing as another chair is not audited")
	}
}

// S34, S21, S22, S23, S42, -0: what is taken, and how it is answered.
func TestGoodScores(t *testing.T) {
	s := newSite(t)
	judge := s.actors["first"]
	if r := s.give(t, "first", body(s.mark(judge))); r[0].Status != 423 || r[0].Problem.Code != "judging.not_open" {
		t.Errorf("S18 before the opening: %+v", r[0])
	}
	setup := judgingtest.Setup(1, 120, "rehearsal", "open", "open")
	s.Events.Put(setup)
	s.Open(t, 1)
	var marks []fields
	for i := 1; i <= 100; i++ {
		m := s.mark(judge).with("work", quote(judgingtest.EntryNo(i)))
		if i == 50 {
			m = m.with("value", `"101"`)
		}
		marks = append(marks, m)
	}
	results := s.give(t, "first", body(marks...))
	if len(results) != 100 {
		t.Fatalf("S34: %d results", len(results))
	}
	for i, r := range results {
		if quote(r.MarkID) != marks[i]["mark_id"] || (r.Status == 200) != (i != 49) {
			t.Fatalf("S34: result %d is %+v", i, r)
		}
	}
	again := s.give(t, "first", body(marks[0]))
	if !bytes.Equal(again[0].Receipt, results[0].Receipt) || again[0].Status != 200 {
		t.Errorf("S21: %s\n%s", again[0].Receipt, results[0].Receipt)
	}
	if r := s.give(t, "first", body(marks[0].with("value", `"81"`))); r[0].Status != 422 || r[0].Problem.Code != "judging.mark_payload" {
		t.Errorf("S22: %+v", r[0].Problem)
	}
	other := marks[0].with("chair", "3")
	if r := s.give(t, "second", body(other)); r[0].Status != 422 || r[0].Problem.Code != "judging.mark_owner" || len(r[0].Problem.Fields) != 0 {
		t.Errorf("S23: %+v", r[0].Problem)
	}
	text := `'; drop table records; -- <img onerror=alert(1)>`
	m := s.mark(judge).with("work", `"101"`).with("text", quote(text)).with("value", `"-0"`)
	if r := s.give(t, "first", body(m)); r[0].Status != 200 {
		t.Errorf("S42, S4: %+v", r[0].Problem)
	}
	records := s.ask(t, "GET", "/api/v1/events/"+judgingtest.ID('e', 1).String()+"/records?after=226", "organiser", "")
	if records.status != 200 || !strings.Contains(records.body, `drop table`) || strings.Contains(records.body, "<img") {
		t.Errorf("S42: the remark is shown as %s", records.body)
	}
	if !strings.Contains(records.body, `"value":"0"`) {
		t.Errorf("S4: -0 is stored as %s", records.body)
	}
	s.Act(t, 1, judging.Act{Kind: judging.ActLock})
	if r := s.give(t, "first", body(s.mark(judge).with("work", `"102"`))); r[0].Status != 202 || len(r[0].Receipt) == 0 {
		t.Errorf("S19 after the lock: %+v", r[0])
	}
	s.Act(t, 1, judging.Act{Kind: judging.ActPublish})
	if r := s.give(t, "first", body(s.mark(judge).with("work", `"103"`))); r[0].Status != 202 || len(r[0].Receipt) == 0 {
		t.Errorf("S20 after the publication: %+v", r[0])
	}
}

// TestTheShortcutAnswersAsTheRouteDoes: a delivery that is sent again another way has
// the same answer, byte for byte but for the request's id.
func TestTheShortcutAnswersAsTheRouteDoes(t *testing.T) {
	s := newSite(t)
	s.Open(t, 1)
	judge := s.actors["first"]
	id := regexp.MustCompile(`"request_id":"[0-9a-f]{16}"`)
	for name, sent := range map[string]string{
		"taken":                  body(s.mark(judge)),
		"one of two refused":     body(s.mark(judge).with("work", `"002"`), s.mark(judge).with("work", `"003"`).with("value", `"101"`)),
		"refused as a whole":     `{"marks":[]}`,
		"with what needs care":   body(s.mark(judge).with("work", `"003"`).with("text", `"好\n"`)),
		"with what nobody reads": body(s.mark(judge).with("total", `"100"`)),
	} {
		for _, header := range [][]string{nil, {"Accept-Language", "en"}} {
			short := s.ask(t, "POST", judgingweb.MarksPath, "first", sent, header...)
			long := s.ask(t, "POST", judgingweb.MarksPath+"?", "first", sent, header...)
			again := s.ask(t, "POST", judgingweb.MarksPath, "first", sent, header...)
			for _, other := range []reply{long, again} {
				if short.status != other.status || id.ReplaceAllString(short.body, "") != id.ReplaceAllString(other.body, "") {
					t.Errorf("%s:\n%d %s\n%d %s", name, short.status, short.body, other.status, other.body)
				}
			}
		}
	}
}
