package app_test

import (
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jiangtai/server/contest"
	"jiangtai/server/rehearsal"
)

const (
	pairsOfContests  = 5
	eventsOfAContest = 100 // 5 × 100 = 500 pairs
	entriesOfAPair   = 3
)

// Five hundred pairs of events that differ only in who holds which code, marked
// alike: what a judge, the chief judge, the supervisor, the host, a spectator and
// the public are told by HTTP (bytes, lengths, headers) and by the socket is equal
// until the unsealing. What any two contests differ in — ids, times, hashes — is
// put out of the way in its full length.
func TestFiveHundredPairsTellNothing(t *testing.T) {
	chance := rand.New(rand.NewPCG(3, 45)) // which pairs are compared is no secret
	for range pairsOfContests {
		one, other := make([][]int, eventsOfAContest), make([][]int, eventsOfAContest)
		for i := range one {
			one[i] = chance.Perm(entriesOfAPair)
			for other[i] = chance.Perm(entriesOfAPair); slices.Equal(one[i], other[i]); {
				other[i] = chance.Perm(entriesOfAPair)
			}
		}
		first, second := pairedTale(t, one), pairedTale(t, other)
		if d := cmp.Diff(first, second); d != "" {
			t.Fatalf("who holds which code shows: %s", d)
		}
		if want := eventsOfAContest * 18; len(first) < want {
			t.Fatalf("the tale has only %d lines, want %d", len(first), want)
		}
	}
}

// witnesses are those who must not know, and the host, who knows names only.
type witnesses struct {
	*fair
	tale    []string
	chief   *rehearsal.Client
	topics  []string
	readers map[string]*rehearsal.Client
	wire    *http.Client
}

// pairedTale is all that the witnesses are told of a contest, from the opening to
// the lock; holds says of each event who has the i-th code.
func pairedTale(t *testing.T, holds [][]int) []string {
	t.Helper()
	w := witnessesOf(t, holds)
	tablets := make([]*rehearsal.Tablet, len(holds))
	w.each(func(i int) {
		code := "e" + strconv.Itoa(100+i)
		tablets[i] = w.pair(code)[0]
	})
	w.settle("running", 0)
	w.listen(tablets, "before")
	w.each(func(i int) {
		marks := make([]rehearsal.MarkBody, 0, entriesOfAPair)
		for n := range entriesOfAPair {
			cell := rehearsal.Cell{Work: workCode(101 + 37*n), Attempt: 1}
			cell.Pad.ID = "taste"
			marks = append(marks, tablets[i].Mark(cell, strconv.Itoa(60+10*n)))
		}
		answers, err := tablets[i].Insist(t.Context(), marks)
		if err != nil || answers[0].Status != http.StatusOK {
			t.Error(err, answers)
		}
	})
	w.settle("running", entriesOfAPair)
	w.listen(tablets, "marked")
	w.each(func(i int) {
		code := "e" + strconv.Itoa(100+i)
		w.mustAct(code, "status", "work", workCode(101), "status", "dsq", "reason", "裁定")
		w.mustAct(code, "lock")
	})
	w.settle("provisional", -1)
	w.listen(tablets, "locked")
	w.follow()
	return w.tale
}

// witnessesOf imports the contest, gives its entries ordinals that say nothing of
// who holds which code, and opens its events.
func witnessesOf(t *testing.T, holds [][]int) *witnesses {
	t.Helper()
	tb := tables{
		"events": {{"code", "trade", "chain", "scheme"}}, "entries": {{"event", "entry_no", "work_code", "name", "unit"}},
		"judges": {{"event", "panel", "judge", "chief"}}, "units": {{"code", "name"}},
	}
	for n := range entriesOfAPair {
		tb["units"] = append(tb["units"], []string{"u" + strconv.Itoa(n), canaryUnit + strconv.Itoa(n)})
	}
	for i, h := range holds {
		event := "e" + strconv.Itoa(100+i)
		tb["events"] = append(tb["events"], []string{event, "中式烹调师", "light", "dish"})
		tb["judges"] = append(tb["judges"], []string{event, "j", "江一", "true"})
		codes := make([]string, len(h))
		for n, e := range h {
			codes[e] = workCode(101 + 37*n)
		}
		for n, c := range codes {
			tb["entries"] = append(tb["entries"], []string{event, entryNo(n + 1), c, canaryName + strconv.Itoa(n), "u" + strconv.Itoa(n)})
		}
	}
	code := "p" + strconv.FormatInt(100_000+invented.Add(1), 10)
	scheme := strings.Replace(sealedScheme, `"chairs":3`, `"chairs":1`, 1)
	w := &witnesses{fair: common(t).importFair(tb.files(t, fmt.Sprintf(`{"code":%q,"name":"厨艺","kind":"rehearsal"}`, code), map[string][]byte{"dish": []byte(scheme)}))}
	err := w.app.DB().Do(t.Context(), func(ctx context.Context) error {
		_, err := w.app.DB().Querier(ctx).ExecContext(ctx, `UPDATE entries e SET ordinal = r.n
			FROM (SELECT entry_id, row_number() OVER (PARTITION BY event_id ORDER BY work_code) AS n FROM entries) r, events v
			WHERE r.entry_id = e.entry_id AND v.event_id = e.event_id AND v.contest_id = $1`, w.id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	w.wire = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8}}
	t.Cleanup(w.wire.CloseIdleConnections)
	w.people(len(holds))
	w.each(func(i int) { w.mustAct("e"+strconv.Itoa(100+i), "open") })
	return w
}

// people makes one account for each who listens.
func (w *witnesses) people(events int) {
	grants := map[contest.Role][]contest.Grant{
		contest.Supervisor: {{Role: contest.Supervisor, Contest: idOf(w.t, w.id)}},
		contest.Spectator:  {{Role: contest.Spectator, Contest: idOf(w.t, w.id)}},
	}
	for i := range events {
		event := w.events["e"+strconv.Itoa(100+i)]
		for _, r := range []contest.Role{contest.ChiefJudge, contest.HostSecretary} {
			grants[r] = append(grants[r], contest.Grant{Role: r, Contest: idOf(w.t, w.id), Event: idOf(w.t, event)})
		}
		for _, audience := range []string{"public", "jury", "chief"} {
			w.topics = append(w.topics, "event/"+event+"/"+audience)
		}
	}
	w.readers = map[string]*rehearsal.Client{"public": w.admin.As("")}
	for role, g := range grants {
		c, _, _ := w.person(g...)
		w.readers[string(role)] = c
	}
	w.chief = w.readers[string(contest.ChiefJudge)]
}

// each does something for all events, four at a time.
func (w *witnesses) each(do func(i int)) {
	var wg sync.WaitGroup
	for from := range 4 {
		wg.Go(func() {
			for i := from; i < len(w.events); i += 4 {
				do(i)
			}
		})
	}
	wg.Wait()
}

// places are what is read of an event, by who reads it; "judge" is its tablet.
var placesOfAPair = map[string][]string{
	"judge":       {"/api/v1/tablet/bundle", "/api/v1/events/ID/panel/" + workCode(138) + "/taste"},
	"public":      {"/api/v1/public/events/ID/standings"},
	"chief_judge": {"/api/v1/events/ID/records", "/api/v1/events/ID/entries", "/api/v1/events/ID/working/" + workCode(138)},
	"supervisor":  {"/api/v1/events/ID/progress"},
	"host":        {"/api/v1/events/ID/entries", "/api/v1/events/ID/coding", "/api/v1/events/ID/draws/code/pairs"},
	"spectator":   {"/api/v1/events/ID/entries"},
}

// always is what is read in every round: what shows most, without a mark too.
var always = []string{"/api/v1/tablet/bundle", "/api/v1/public/events/ID/standings", "/api/v1/events/ID/records", "/api/v1/events/ID/progress"}

// listen reads all places and keeps status, headers and bytes.
func (w *witnesses) listen(tablets []*rehearsal.Tablet, when string) {
	lines := make([][]string, len(tablets))
	w.each(func(i int) {
		event := w.events["e"+strconv.Itoa(100+i)]
		for _, who := range sorted(placesOfAPair) {
			c := w.readers[who]
			if who == "judge" {
				c = tablets[i].Client
			}
			for _, place := range placesOfAPair[who] {
				if when != "marked" && !slices.Contains(always, place) {
					continue
				}
				lines[i] = append(lines[i], when+" "+who+" "+w.raw(c, strings.Replace(place, "ID", event, 1)))
			}
		}
	})
	for _, l := range lines {
		w.tale = append(w.tale, l...)
	}
	for _, who := range []string{"public", "chief_judge", "spectator", "supervisor"} {
		w.tale = append(w.tale, who+" "+w.raw(w.readers[who], "/api/v1/public/events?limit=100&contest="+w.id))
		if who != "public" {
			w.tale = append(w.tale, who+" "+w.raw(w.readers[who], "/api/v1/contests/"+w.id+"/desk"))
		}
	}
}

// settle waits until the lists say of all events what their ledgers do: they are
// told after the receipts. -1 stands for any number of marks.
func (w *witnesses) settle(phase string, done int) {
	w.t.Helper()
	eventually(w.t, 20*time.Second, "all events are "+phase, func() bool {
		var list struct {
			Events []struct {
				Phase string
				Done  int
			}
		}
		get(w.t, w.readers["public"], "/api/v1/public/events?limit=100&contest="+w.id, &list)
		for _, e := range list.Events {
			if e.Phase != phase || done >= 0 && e.Done != done {
				return false
			}
		}
		return len(list.Events) == len(w.events)
	})
}

// raw is an answer as it came over the wire.
func (w *witnesses) raw(c *rehearsal.Client, path string) string {
	req, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, w.base+path, nil)
	if err != nil {
		w.t.Error(err)
		return ""
	}
	if c.Token != "" {
		req.Header.Set("Authorization", "Bearer "+c.Token)
	}
	res, err := w.wire.Do(req)
	if err != nil {
		w.t.Error(err)
		return ""
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Error(err)
	}
	body := equalInAll(string(raw))
	return equalInAll(path) + " " + strconv.Itoa(res.StatusCode) + " " + res.Header.Get("Content-Type") + " " + strconv.Itoa(len(res.Header.Get("ETag"))) + " " +
		strconv.Itoa(len(body)) + " " + body
}

// equalInAll puts out of the way what differs between any two contests.
func equalInAll(text string) string {
	text = chance.ReplaceAllStringFunc(text, func(s string) string {
		if len(s) == 36 {
			return "00000000-0000-0000-0000-000000000000"
		}
		return "…"
	})
	text = requestID.ReplaceAllString(text, `"request_id":"…"`)
	return contestCodes.ReplaceAllString(text, `"p"`)
}

// requestID is drawn for each answer.
var requestID = regexp.MustCompile(`"request_id":"[0-9a-f]{16}"`)

// contestCodes are those of these contests, which differ and are of one length.
var contestCodes = regexp.MustCompile(`"p1[0-9]{5}"`)

// sorted are the keys of a map in their order.
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// follow reads the boards by the socket when all is told.
func (w *witnesses) follow() {
	var public []string
	for i := 0; i < len(w.topics); i += 3 {
		public = append(public, w.topics[i])
	}
	hears := map[string][]string{"chief_judge": w.topics, "public": public}
	for _, who := range sorted(hears) {
		for topics := range slices.Chunk(hears[who], 50) { // a hello is one short message
			w.hear(who, topics)
		}
	}
}

func (w *witnesses) hear(who string, topics []string) {
	w.t.Helper()
	follower := w.readers[who].Follow(context.WithoutCancel(w.t.Context()), rehearsal.FollowManner{}, topics...)
	for _, topic := range topics {
		if err := follower.Await(within(w.t, 20*time.Second), topic, func(b rehearsal.Board) bool { return b.Snapshots > 0 }); err != nil {
			w.t.Fatal(who, topic, err)
		}
		b := follower.Board(topic)
		w.tale = append(w.tale, equalInAll(fmt.Sprintf("%s %s %d %s %v", who, topic, b.N, b.Head, b.List())))
	}
	if err := follower.Close(); err != nil {
		w.t.Error(err)
	}
}
