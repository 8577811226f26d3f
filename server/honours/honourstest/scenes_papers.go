package honourstest

import (
	"slices"
	"strings"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours"
	"jiangtai/server/honours/calendar"
	"jiangtai/server/honours/material"
)

// PDF is a file that is kept; its number makes it another one.
func PDF(n byte) []byte { return []byte("%PDF-1.7 " + string('0'+rune(n))) }

// Papers are kept as they came, once, and opened by whoever sees the nominee.
func papers(c *City) {
	n := c.Nominee()
	f, err := c.Papers.Keep(c.Context(), Steward, n.ID, `C:\\scans\\纪要.pdf`, PDF(1))
	if err != nil || f.Name != "纪要.pdf" || f.Type != "application/pdf" || len(f.Sum) != 64 || f.Size != len(PDF(1)) {
		c.Fatalf("%+v %v", f, err)
	}
	again, err := c.Papers.Keep(c.Context(), County, n.ID, "other.pdf", PDF(1))
	if err != nil || again.Name != "纪要.pdf" {
		c.Errorf("the same file twice: %+v %v", again, err)
	}
	if _, err := c.Papers.Keep(c.Context(), OfficeA, n.ID, "b.pdf", PDF(2)); err != nil {
		c.Fatal(err)
	}
	list, err := c.Papers.List(c.Context(), Members[0], n.ID)
	if err != nil || len(list) != 2 {
		c.Errorf("%v %v", list, err)
	}
	if _, body, err := c.Papers.Open(c.Context(), County, n.ID, f.Sum); err != nil || string(body) != string(PDF(1)) {
		c.Errorf("%q %v", body, err)
	}
	_, _, err = c.Papers.Open(c.Context(), Stranger, n.ID, f.Sum)
	c.Refused(err, fault.Missing, "honours.nomination_missing")
	for _, sum := range []string{minutes, "x", ""} {
		_, _, err = c.Papers.Open(c.Context(), County, n.ID, sum)
		c.Refused(err, fault.Missing, "honours.file_missing")
	}
	_, err = c.Papers.Keep(c.Context(), Members[0], n.ID, "b.pdf", PDF(3))
	c.Refused(err, fault.Forbidden, "honours.forbidden")
	_, err = c.Papers.Keep(c.Context(), Stranger, n.ID, "b.pdf", PDF(3))
	c.Refused(err, fault.Missing, "honours.nomination_missing")
	for name, body := range map[string]string{"a.html": "<script>", "b.pdf": "", "c.pdf": "%PDF-" + strings.Repeat("x", material.MaxSize)} {
		_, err = c.Papers.Keep(c.Context(), Steward, n.ID, name, []byte(body))
		c.Refused(err, fault.Refused, "honours.file_kind")
	}
	_, err = c.Papers.Keep(c.Context(), Steward, n.ID, " / ", PDF(3))
	c.Refused(err, fault.Refused, "honours.invalid")
}

// A notice that ran on paper is recorded by the office alone, with its proof, and
// never shorter than the rules ask.
func ranOnPaper(c *City) {
	n := c.To(c.Nominee(), "unit_notice") // Monday 13 April 2026
	proof, err := c.Papers.Keep(c.Context(), OfficeA, n.ID, "proof.pdf", PDF(1))
	if err != nil {
		c.Fatal(err)
	}
	day := func(s string) honours.Ran {
		from, to, _ := strings.Cut(s, "/")
		r := honours.Ran{Evidence: proof.Sum, Reason: "公示期间系统尚未启用"}
		r.StartsOn, _ = calendar.ParseDay(from)
		r.EndsOn, _ = calendar.ParseDay(to)
		return r
	}
	show := func(a contest.Actor, r honours.Ran) (honours.Notice, error) {
		return c.OpenNotice(c.Context(), a, c.Campaign.ID, honours.NoticeDraft{
			Step: "unit_notice", Nominations: []contest.ID{n.ID}, Place: "厂门", Text: "公示", Ran: &r,
		})
	}
	_, err = show(Steward, day("2026-03-30/2026-04-07"))
	c.Refused(err, fault.Forbidden, "honours.forbidden")
	for _, span := range []string{"2026-04-14/2026-04-20", "2026-04-07/2026-04-13", "2026-04-07/2026-04-01", "2024-12-02/2024-12-09", "/2026-04-07"} {
		_, err = show(OfficeA, day(span))
		c.Refused(err, fault.Refused, "honours.invalid")
	}
	_, err = show(OfficeA, day("2026-04-01/2026-04-07")) // Qingming: the 4th to the 6th were free
	c.Refused(err, fault.Refused, "honours.short_notice")
	foreign := day("2026-03-30/2026-04-07")
	foreign.Evidence = minutes
	_, err = show(OfficeA, foreign)
	c.Refused(err, fault.Refused, "honours.invalid")
	silent := day("2026-03-30/2026-04-07")
	silent.Reason = " "
	_, err = show(OfficeA, silent)
	c.Refused(err, fault.Refused, "honours.invalid")

	shown, err := show(OfficeA, day("2026-04-01/2026-04-09"))
	if err != nil || calendar.Text(shown.EndsOn) != "2026-04-09" || shown.Evidence != proof.Sum {
		c.Fatalf("%+v %v", shown, err)
	}
	if !slices.Contains(c.Acts(), "honours.notice.ran_on_paper") {
		c.Error("it is not in the audit")
	}
	_, err = c.FinishNotice(c.Context(), Steward, shown.ID)
	c.Refused(err, fault.Forbidden, "honours.forbidden")
	if _, err = c.FinishNotice(c.Context(), OfficeA, shown.ID); err != nil {
		c.Fatal(err)
	}
	n, err = c.See(c.Context(), Steward, n.ID)
	if err != nil || n.Step != "county_review" {
		c.Errorf("%+v %v", n, err)
	}
	c.Intact()
}

// Everybody may object to who is on a running notice of the city, by name or
// without, but not without end.
func publicObjections(c *City) {
	n := c.To(c.Nominee(), "unit_notice")
	hidden, err := c.Show(Steward, "unit_notice", n)
	if err != nil {
		c.Fatal(err)
	}
	d := honours.ObjectionDraft{Nomination: n.ID, Name: "曾某", Unit: "钢厂", Contact: "电话", Text: "成果有争议"}
	_, err = c.ObjectPublicly(c.Context(), "192.0.2.1", hidden.ID, d)
	c.Refused(err, fault.Missing, "honours.notice_missing")

	m := c.To(c.Nominee(), "city_notice")
	c.Set(c.TB, "2026-05-11T01:00:00Z")
	shown, err := c.Show(OfficeB, "city_notice", m)
	if err != nil {
		c.Fatal(err)
	}
	_, err = c.ObjectPublicly(c.Context(), "192.0.2.1", shown.ID, d) // who is not on it
	c.Refused(err, fault.Missing, "honours.notice_missing")
	d.Nomination = m.ID
	ob, err := c.ObjectPublicly(c.Context(), "192.0.2.1", shown.ID, d)
	if err != nil || !ob.Named || ob.State != honours.ObjectionOpen || ob.Number == 0 || !ob.By.IsZero() {
		c.Fatalf("%+v %v", ob, err)
	}
	if f, err := c.File(c.Context(), Steward, m.ID); err != nil || len(f.Objections) != 1 || f.Objections[0].Name != "" {
		c.Errorf("who objected is named: %+v %v", f.Objections, err)
	}
	c.Set(c.TB, "2026-05-15T16:00:00Z")
	_, err = c.FinishNotice(c.Context(), OfficeB, shown.ID)
	c.Refused(err, fault.Stale, "honours.objection_open")
	d.Name = ""
	_, err = c.ObjectPublicly(c.Context(), "192.0.2.2", shown.ID, d)
	c.Refused(err, fault.Stale, "honours.notice_ended")
	if _, err := c.DecideObjection(c.Context(), OfficeC, ob.ID, false, "不属实"); err != nil {
		c.Fatal(err)
	}
	if _, err := c.FinishNotice(c.Context(), OfficeB, shown.ID); err != nil {
		c.Error(err)
	}
	for i := range 6 {
		_, err = c.ObjectPublicly(c.Context(), "2001:db8::"+string('1'+rune(i)), shown.ID, d)
	}
	c.Refused(err, fault.Busy, "honours.too_many")
	_, err = c.ObjectPublicly(c.Context(), "192.0.2.9", shown.ID, honours.ObjectionDraft{Nomination: m.ID, Text: " "})
	c.Refused(err, fault.Refused, "honours.invalid")
	c.Intact()
}

// waysOf says what somebody may do, with "!" before what he may not do now.
func (c *City) waysOf(a contest.Actor, n honours.Nomination) string {
	c.Helper()
	list, err := c.Ways(c.Context(), a, n.ID)
	if err != nil {
		c.Fatal(err)
	}
	out := make([]string, len(list))
	for i, w := range list {
		if out[i] = w.Do; w.Code != "" {
			out[i] = "!" + w.Do
		}
	}
	return strings.Join(out, " ")
}

// What a page may offer is what the doors take.
func waysAreOffered(c *City) {
	n := c.Nominee()
	for _, w := range []struct {
		step string
		of   map[string]contest.Actor
		want map[string]string
	}{
		{"draft", map[string]contest.Actor{"s": Steward, "a": OfficeA, "k": County}, map[string]string{"s": "submit edit withdraw", "a": "edit withdraw", "k": ""}},
		{"recommend", map[string]contest.Actor{"s": Steward, "a": OfficeA}, map[string]string{"s": "pass withdraw", "a": "withdraw"}},
		{"unit_notice", map[string]contest.Actor{"s": Steward, "a": OfficeA, "adm": Admin}, map[string]string{"s": "notice object withdraw", "a": "paper_notice object withdraw", "adm": ""}},
		{"county_review", map[string]contest.Actor{"s": Steward, "k": County}, map[string]string{"s": "withdraw", "k": "pass return reject"}},
		{"opinions", map[string]contest.Actor{"a": OfficeA}, map[string]string{"a": "opinion pass return withdraw"}},
		{"second_review", map[string]contest.Actor{"a": OfficeA, "b": OfficeB, "m": Members[0]}, map[string]string{"a": "!pass withdraw", "b": "pass withdraw", "m": "vote"}},
		{"approve", map[string]contest.Actor{"a": OfficeA, "c": OfficeC}, map[string]string{"a": "!pass !return !reject withdraw", "c": "pass return reject withdraw"}},
		{"confer", map[string]contest.Actor{"a": OfficeA}, map[string]string{"a": "pass withdraw"}},
	} {
		n = c.To(n, w.step)
		for who, want := range w.want {
			if got := c.waysOf(w.of[who], n); got != want {
				c.Errorf("%s at %s: %q, want %q", who, w.step, got, want)
			}
		}
		if w.step == "second_review" {
			if err := c.CastVote(c.Context(), Members[0], n.ID, honours.VoteFor); err != nil {
				c.Fatal(err)
			}
			if got := c.waysOf(Members[0], n); got != "!vote" {
				c.Errorf("after the vote: %q", got)
			}
			if f, err := c.File(c.Context(), OfficeB, n.ID); err != nil || f.Cast != 1 || len(f.Ways) != 2 {
				c.Errorf("%d votes, %v, %v", f.Cast, f.Ways, err)
			}
			n = c.Nominee() // a fresh one: this one's votes are cast in part
			n = c.To(n, "approve")
		}
	}
	_, err := c.Ways(c.Context(), Stranger, n.ID)
	c.Refused(err, fault.Missing, "honours.nomination_missing")
	if got := c.waysOf(OfficeA, c.To(n, "done")); got != "" {
		c.Errorf("at the end: %q", got)
	}
}
