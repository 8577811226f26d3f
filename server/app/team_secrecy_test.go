package app_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jiangtai/server/rehearsal"
)

// belongings are who is in which team and in which group, in ways that differ.
var belongings = [][2][4]string{
	{{"001", "001", "002", "002"}, {"学生组", "职工组", "学生组", "职工组"}},
	{{"002", "001", "001", "002"}, {"学生组", "职工组", "学生组", "职工组"}},
	{{"001", "001", "002", "002"}, {"职工组", "职工组", "学生组", "学生组"}},
	{{"001", "", "002", ""}, {"", "", "", "学生组"}},
}

// Team events that differ only in who is in which team and group: until the
// unsealing the judges, the chief judge, the supervisor, a spectator and the public
// are told the same bytes, by HTTP and by the socket; afterwards they are not.
func TestNobodyHearsOfTeamsTooSoon(t *testing.T) {
	first, told := teamTale(t, belongings[0])
	if len(first) < 120 {
		t.Fatalf("the tale has only %d lines", len(first))
	}
	for _, b := range belongings[1:] {
		other, then := teamTale(t, b)
		if d := cmp.Diff(first, other); d != "" {
			t.Errorf("who belongs where shows: %s", d)
		}
		if then == told {
			t.Errorf("%v is not told after the publication either", b)
		}
	}
}

// teamTale is all that the witnesses are told of a team event until the unsealing,
// and what the public is told once it is published.
func teamTale(t *testing.T, b [2][4]string) (tale []string, after string) {
	t.Helper()
	w := teamWitnesses(t, b)
	tablets := w.pair("e100")
	w.settle("running", 0)
	w.hearTeams(tablets, "before")
	for i := range 4 {
		w.marks(tablets[0], "theory", entryNo(i+3), 60+i)
	}
	w.marks(tablets[1], "work", workCode(101), 80)
	w.marks(tablets[1], "work", workCode(138), 90)
	w.settle("running", 6)
	w.hearTeams(tablets, "marked")
	w.mustAct("e100", "status", "work", workCode(101), "status", "dsq", "reason", "裁定")
	w.mustAct("e100", "status", "work", "#004", "status", "dns", "reason", "裁定")
	w.mustAct("e100", "lock")
	w.settle("provisional", -1)
	w.hearTeams(tablets, "locked")
	w.follow()
	w.mustAct("e100", "unseal", "second", w.second)
	w.mustAct("e100", "publish", "second", w.second)
	return w.tale, w.raw(w.readers["public"], "/api/v1/public/events/"+w.events["e100"]+"/standings")
}

// teamWitnesses import the event, with codes and ordinals that say nothing of who
// belongs where, and open it.
func teamWitnesses(t *testing.T, b [2][4]string) *witnesses {
	t.Helper()
	tb := teamsTables("e100", "light", b[0], b[1])
	for i, codes := 0, []string{"work_code", workCode(101), workCode(138), "", "", "", ""}; i < len(codes); i++ {
		tb["entries"][i] = append(tb["entries"][i], codes[i])
	}
	head := fmt.Sprintf(`{"code":"p%d","name":"团体","kind":"rehearsal"}`, 100_000+invented.Add(1))
	w := &witnesses{fair: common(t).importFair(tb.files(t, head, map[string][]byte{"dish": []byte(teamsScheme("open"))}))}
	err := w.app.DB().Do(t.Context(), func(ctx context.Context) error {
		_, err := w.app.DB().Querier(ctx).ExecContext(ctx, `UPDATE entries SET ordinal = entry_no::int WHERE event_id = $1`, w.events["e100"])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	w.wire = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8}}
	t.Cleanup(w.wire.CloseIdleConnections)
	w.people(1)
	w.mustAct("e100", "open")
	return w
}

// hearTeams reads all that may be read of the event by those who make no lists.
func (w *witnesses) hearTeams(tablets []*rehearsal.Tablet, when string) {
	at := "/api/v1/events/" + w.events["e100"]
	for i, tablet := range tablets {
		for _, place := range []string{"/api/v1/tablet/bundle", at + "/panel/" + workCode(138) + "/work", at + "/panel/003/theory"} {
			w.tale = append(w.tale, when+" judge "+strconv.Itoa(i)+" "+w.raw(tablet.Client, place))
		}
	}
	for _, who := range sorted(w.readers) {
		if slices.Contains(knowers, who) {
			continue
		}
		for _, place := range []string{"entries", "records", "progress", "outstanding", "result", "awards", "working/" + workCode(138), "working/" + "%23003"} {
			w.tale = append(w.tale, when+" "+who+" "+w.raw(w.readers[who], at+"/"+place))
		}
		w.tale = append(w.tale, when+" "+who+" "+w.raw(w.readers[who], strings.Replace(at, "/v1/", "/v1/public/", 1)+"/standings"))
	}
}
