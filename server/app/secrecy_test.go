package app_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/rehearsal"
)

// knowers may know names before the unsealing: they made the list.
var knowers = []string{"organiser", "administrator", "host"}

// overheard collects what was said to somebody, by who and where.
type overheard struct {
	mu   sync.Mutex // guards said
	said map[string]string
}

func (o *overheard) add(where, text string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.said[where] += text
}

// tells gives the places where one of the words stands.
func (o *overheard) tells(words ...string) []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	var out []string
	for where, text := range o.said {
		for _, w := range words {
			if strings.Contains(strings.ToLower(text), w) {
				out = append(out, where+" says "+w)
			}
		}
	}
	slices.Sort(out)
	return out
}

// TestNobodyHearsANameTooSoon plants names and units that stand nowhere else into
// a coded event, runs it to the unsealing, and looks for them in every byte that
// the public, the judges and the staff without the right to names were sent.
func TestNobodyHearsANameTooSoon(t *testing.T) {
	f, codes := sealedFair(t, newCode(), []int{2, 0, 3, 1})
	tokens, roles := everyRole(f)
	tablets := f.pair("dish")
	tokens["judge"] = tablets[0].Client.Token
	heard := &overheard{said: map[string]string{}}
	topics := map[string][]string{"public": {"public"}, "judge": {"public", "jury"}, "spectator": {"jury"}, "chief_judge": {"jury", "chief"}}
	for role, audiences := range topics {
		var names []string
		for _, a := range audiences {
			names = append(names, "event/"+f.events["dish"]+"/"+a)
		}
		manner := rehearsal.FollowManner{Seen: func(m []byte) { heard.add("socket of "+role, string(m)) }}
		follower := f.admin.As(tokens[role]).Follow(context.WithoutCancel(t.Context()), manner, names...)
		t.Cleanup(func() {
			if err := follower.Close(); err != nil {
				t.Errorf("%s: %v", role, err)
			}
		})
		for _, n := range names {
			if err := follower.Await(within(t, 10*time.Second), n, func(b rehearsal.Board) bool { return b.Snapshots > 0 }); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i, tablet := range tablets {
		for w, code := range codes {
			give(t, tablet, code, 60+10*w+i, heard)
		}
		f.listen(heard, tokens, roles, codes[0])
	}
	f.mustAct("dish", "freeze")
	f.mustAct("dish", "status", "work", codes[3], "status", "dsq", "reason", "裁定")
	f.mustAct("dish", "lock")
	f.listen(heard, tokens, roles, codes[3])
	if found := heard.tells(canaries...); len(found) > 0 {
		t.Errorf("before the unsealing:\n%s", strings.Join(found, "\n"))
	}
	f.mustAct("dish", "unseal", "second", f.second)
	f.mustAct("dish", "publish", "second", f.second)
	f.listen(heard, tokens, roles, codes[0])
	// Who listens must be able to hear: now the names are there.
	eventually(t, 10*time.Second, "names are told after the publication", func() bool {
		return len(heard.tells("鸑")) >= 3
	})
}

// give sends one mark and keeps the answer.
func give(t testing.TB, tablet *rehearsal.Tablet, work string, value int, heard *overheard) string {
	t.Helper()
	cell := rehearsal.Cell{Work: work, Attempt: 1}
	cell.Pad.ID = "taste"
	answers, err := tablet.Insist(t.Context(), []rehearsal.MarkBody{tablet.Mark(cell, strconv.Itoa(value))})
	if err != nil {
		t.Fatal(err)
	}
	if answers[0].Status != http.StatusOK {
		t.Fatalf("%d %v", answers[0].Status, answers[0].Problem)
	}
	if heard != nil {
		heard.add("receipts", string(answers[0].Receipt))
	}
	return string(answers[0].Receipt)
}

// listen asks every route that reads, in the name of all who must not know names.
func (f *fair) listen(heard *overheard, tokens map[string]string, roles []string, work string) {
	f.t.Helper()
	places := map[string]string{"contests": f.id, "events": f.events["dish"], "public": f.events["dish"]}
	for _, r := range f.app.Routes() {
		if r.Method != http.MethodGet || slices.Contains(pages, r.Name) || r.Path == "/live" {
			continue
		}
		for _, role := range roles {
			if slices.Contains(knowers, role) || role == "foreign organiser" {
				continue
			}
			if r.Path == "/api/v1/units" && role != "judge" && role != "public" {
				continue // staff may know who takes part, as long as no work stands beside it
			}
			query := ""
			switch r.Path {
			case "/api/v1/units", "/api/v1/hosts", "/api/v1/public/events":
				query = "?contest=" + f.id
			}
			a := f.send(f.t, request{method: r.Method, path: fill(r.Path, places, work) + query, token: tokens[role]})
			heard.add(fmt.Sprintf("%s to %s", r.Path, role), a.body)
		}
	}
}

// TestCodesTellNothing runs pairs of contests that differ only in who holds which
// work code. What judges, staff without names and the public are told must be
// the same bytes, but for ids, times and hashes.
func TestCodesTellNothing(t *testing.T) {
	holders := [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 3, 0, 2}, {2, 0, 3, 1}}
	first := sealedTale(t, holders[0])
	for _, holds := range holders[1:] {
		if d := cmp.Diff(first, sealedTale(t, holds)); d != "" {
			t.Fatalf("who holds which code shows: %s", d)
		}
	}
	if len(first) < 80 {
		t.Errorf("the tale has only %d lines", len(first))
	}
}

// sealedTale is all that those are told who must not know who holds which code,
// from the opening to the lock.
func sealedTale(t *testing.T, holds []int) []string {
	t.Helper()
	f, codes := sealedFair(t, newCode(), holds)
	event := f.events["dish"]
	of := contest.Grant{Contest: idOf(t, f.id), Event: idOf(t, event)}
	of.Role = contest.ChiefJudge
	chief, _, _ := f.person(of)
	of.Role = contest.Clerk
	clerk, _, _ := f.person(of)
	tablets := f.pair("dish")
	tale := []string{}
	tell := func(c *rehearsal.Client, path string) {
		var raw []byte
		get(t, c, path, &raw)
		tale = append(tale, path+" "+string(raw))
	}
	round := func() {
		tell(f.admin.As(""), "/api/v1/public/events/"+event+"/standings")
		tell(f.admin.As(""), "/api/v1/public/events?contest="+f.id)
		tell(tablets[0].Client, "/api/v1/tablet/bundle")
		tell(clerk, "/api/v1/events/"+event+"/progress")
		tell(clerk, "/api/v1/contests/"+f.id+"/desk")
	}
	round()
	for i, tablet := range tablets {
		for w, code := range codes {
			tale = append(tale, give(t, tablet, code, 50+10*w+i, nil))
			round()
			tell(tablet.Client, "/api/v1/events/"+event+"/panel/"+code+"/taste")
		}
	}
	for _, code := range codes {
		tell(chief, "/api/v1/events/"+event+"/working/"+code)
	}
	topics := []string{"event/" + event + "/jury", "event/" + event + "/chief"}
	follower := chief.Follow(context.WithoutCancel(t.Context()), rehearsal.FollowManner{}, topics...)
	for _, topic := range topics {
		if err := follower.Await(within(t, 10*time.Second), topic, func(b rehearsal.Board) bool { return b.Snapshots > 0 }); err != nil {
			t.Fatal(err)
		}
		b := follower.Board(topic)
		for k, row := range b.Rows {
			if row.Rank == 0 {
				row.Pos = 0 // without ranks the places are drawn, as ordinals are
			}
			b.Rows[k] = row
		}
		tale = append(tale, fmt.Sprintf("%s %d %s %v", topic, b.N, b.Head, b.List()))
	}
	if err := follower.Close(); err != nil {
		t.Fatal(err)
	}
	tell(chief, "/api/v1/events/"+event+"/entries")
	f.mustAct("dish", "status", "work", codes[1], "status", "dsq", "reason", "裁定", "act_id", uuid.NewString())
	f.mustAct("dish", "lock")
	round()
	return anonymous(tale)
}

// chance is what differs between any two contests.
var chance = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}` + // ids
	`|20[0-9]{2}-[0-9T:.-]+Z` + // times
	`|"ts":[0-9]+` +
	`|"entry":[0-9]+` + // an ordinal, which is drawn
	`|"(hash|head|name)":"[0-9a-f]{64}"` +
	`|"head":"jiangtai/ledger[^"]*"|"path":\[[^\]]*\]`)

func anonymous(tale []string) []string {
	out := make([]string, len(tale))
	for i, line := range tale {
		out[i] = chance.ReplaceAllString(line, "…")
	}
	return out
}
