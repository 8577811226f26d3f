package app_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/web"
)

var update = flag.Bool("update", false, "write the golden files anew")

const matrixFile = "testdata/matrix.golden"

// probe is one request to a route that changes nothing when it is allowed: what
// it asks for is not there, or not valid, or comes to the same.
type probe struct {
	label string
	query string
	body  any
	kind  string
	undo  func(f *fair) // what the organiser does after a yes
}

const workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// probes are the requests by route; a route that is not here is asked without a
// body.
func probes(f *fair) map[string][]probe {
	acts := []string{"open", "freeze", "unfreeze", "lock", "reopen", "unseal", "publish", "status", "policy", "count", "absent", "decide", "replace"}
	out := map[string][]probe{
		"POST /api/v1/sessions":                                {{body: map[string]any{"user": 1}}},
		"POST /api/v1/first-administrator":                     {{body: map[string]any{"link": "x", "user": "first", "password": "correct-horse-9", "name": "x"}}},
		"POST /api/v1/accounts":                                {{body: map[string]any{"user": "", "name": ""}}},
		"PUT /api/v1/accounts/current/password":                {{body: map[string]any{"old": "not-this-one-7", "new": "correct-horse-10"}}},
		"PATCH /api/v1/accounts/{id}":                          {{body: map[string]any{}}},
		"POST /api/v1/accounts/{id}/password-reset":            {{body: map[string]any{}}},
		"POST /api/v1/pairings":                                {{body: map[string]any{"code": "0000-0000"}}},
		"POST /api/v1/events/{id}/pairing-codes":               {{body: map[string]any{"chairs": []int{1}}}},
		"PUT /api/v1/tablet/readiness":                         {{body: map[string]any{"checks": []any{}}}},
		"PUT /api/v1/devices/current":                          {{body: map[string]any{"pending": 0}}},
		"POST /api/v1/contests":                                {{body: map[string]any{"code": "", "name": "", "kind": "real"}}},
		"PATCH /api/v1/contests/{id}":                          {{body: map[string]any{}}},
		"POST /api/v1/contests/{id}/events":                    {{body: map[string]any{"code": "", "trade": ""}}},
		"POST /api/v1/packages":                                {{body: "no zip", kind: "application/zip"}},
		"PATCH /api/v1/events/{id}":                            {{body: map[string]any{}}},
		"PUT /api/v1/events/{id}/scheme":                       {{body: sealedScheme}},
		"PUT /api/v1/events/{id}/chairs":                       {{body: map[string]any{"chairs": []any{}}}},
		"PUT /api/v1/events/{id}/entries":                      {{body: map[string]any{"entries": []any{}}}},
		"GET /api/v1/units":                                    {{query: "?contest=" + f.id}},
		"POST /api/v1/units":                                   {{body: map[string]any{"contest": f.id, "code": "", "name": ""}}},
		"GET /api/v1/hosts":                                    {{query: "?contest=" + f.id}},
		"POST /api/v1/hosts":                                   {{body: map[string]any{"contest": f.id, "code": "", "name": ""}}},
		"POST /api/v1/public/registrations":                    {{body: map[string]any{"event": f.events["dish"], "name": ""}}},
		"PUT /api/v1/public/registrations/{number}":            {{body: map[string]any{"name": ""}}},
		"PUT /api/v1/contests/{id}/registration-terms":         {{body: map[string]any{"terms": map[string]any{}, "reason": ""}}},
		"PUT /api/v1/events/{id}/registration-terms":           {{body: map[string]any{"terms": map[string]any{}, "reason": ""}}},
		"POST /api/v1/events/{id}/recusals":                    {{body: map[string]any{"chair": 1, "kind": "friend", "reason": "x", "source": "judge"}}},
		"POST /api/v1/events/{id}/recusals/homes":              {{body: map[string]any{"chair": 99}}},
		"POST /api/v1/events/{id}/recusals/decisions":          {{body: map[string]any{"chair": 1, "entry_no": "001", "choice": "", "reason": "x", "second": f.second}}},
		"POST /api/v1/events/{id}/recusals/{tie}/way":          {{body: map[string]any{"version": 1, "way": ""}}},
		"POST /api/v1/events/{id}/recusals/{tie}/withdrawal":   {{body: map[string]any{"version": 1, "reason": "", "second": f.second}}},
		"POST /api/v1/events/{id}/check-in":                    {{body: map[string]any{"arrivals": []any{}}}},
		"POST /api/v1/events/{id}/check-in/closing":            {{body: map[string]any{"late_minutes": 181}}},
		"POST /api/v1/events/{id}/check-in/reopening":          {{body: map[string]any{"reason": "x", "second": f.second}}},
		"POST /api/v1/events/{id}/draws":                       {{body: map[string]any{"layer": "code", "method": "", "witness": "x"}}},
		"POST /api/v1/events/{id}/draws/{layer}/pairs":         {{body: map[string]any{"from": "x", "label": "x"}}},
		"POST /api/v1/events/{id}/draws/{layer}/runs":          {{body: map[string]any{"words": "x"}}},
		"POST /api/v1/events/{id}/draws/{layer}/strikes":       {{body: map[string]any{"from": "x", "reason": "x", "second": f.second}}},
		"POST /api/v1/events/{id}/draws/{layer}/closing":       {{body: map[string]any{}}},
		"POST /api/v1/events/{id}/draws/{layer}/voiding":       {{body: map[string]any{"reason": "x", "second": f.second}}},
		"POST /api/v1/events/{id}/unsealing":                   {{body: map[string]any{"act_id": uuid.NewString(), "second": f.second}}},
		"POST /api/v1/events/{id}/registrations":               {{body: map[string]any{"registrations": []any{}}}},
		"POST /api/v1/events/{id}/registrations/decisions":     {{body: map[string]any{"act": "", "registrations": []any{}}}},
		"POST /api/v1/events/{id}/registrations/lookup":        {{body: map[string]any{"id_number": "1"}}},
		"PUT /api/v1/registrations/{id}":                       {{body: map[string]any{"version": 1, "name": ""}}},
		"POST /api/v1/registrations/{id}/reveal":               {{body: map[string]any{"reason": "x"}}},
		"GET /api/v1/workbooks/{kind}/template.xlsx":           {{query: "?event=" + f.events["dish"]}},
		"PUT /api/v1/honours/filings":                          {{body: map[string]any{"contest": f.id, "profile": "", "version": 1, "class": ""}}},
		"POST /api/v1/honours/proposals/{id}/nomination":       {{body: map[string]any{"campaign": uuid.NewString(), "body": uuid.NewString(), "content": map[string]any{}}}},
		"POST /api/v1/honours/proposals/{id}/dismissal":        {{body: map[string]any{"reason": "x"}}},
		"POST /api/v1/honours/bodies":                          {{body: map[string]any{"code": "", "name": "", "kind": "county", "weight": 0, "members": []any{}}}},
		"PUT /api/v1/honours/bodies/{id}":                      {{body: map[string]any{"code": "", "name": "", "kind": "county", "weight": 0, "members": []any{}}}},
		"POST /api/v1/honours/incidents":                       {{body: map[string]any{"key": "", "kind": "", "on": ""}}},
		"POST /api/v1/honours/register/{id}/revocation":        {{body: map[string]any{"reason": "x"}}},
		"POST /api/v1/honours/campaigns":                       {{body: map[string]any{"kind": "demo", "sequence": "", "year": 2026, "name": "", "places": 1, "committee": 1}}},
		"PUT /api/v1/honours/campaigns/{id}":                   {{body: map[string]any{"places": 1, "committee": 1, "quotas": []any{}, "reason": "x"}}},
		"POST /api/v1/honours/campaigns/{id}/nominations":      {{body: map[string]any{"body": uuid.NewString(), "content": map[string]any{}}}},
		"POST /api/v1/honours/campaigns/{id}/notices":          {{body: map[string]any{"step": "x", "nominations": []string{uuid.NewString()}, "place": "x", "text": "x"}}},
		"PUT /api/v1/honours/nominations/{id}":                 {{body: map[string]any{"name": ""}}},
		"POST /api/v1/honours/nominations/{id}/steps":          {{body: map[string]any{"step": "x", "do": "pass"}}},
		"POST /api/v1/honours/nominations/{id}/opinions":       {{body: map[string]any{"department": "x", "answer": "agree", "number": "x", "given_on": "", "expires_on": ""}}},
		"POST /api/v1/honours/nominations/{id}/votes":          {{body: map[string]any{"choice": "for"}}},
		"POST /api/v1/honours/notices/{id}/objections":         {{body: map[string]any{"nomination": uuid.NewString(), "text": "x"}}},
		"POST /api/v1/public/notices/{id}/objections":          {{body: map[string]any{"nominee": 1}}},
		"POST /api/v1/honours/files":                           {{query: "?name=a.pdf&nomination=" + uuid.NewString(), body: "no file", kind: "application/octet-stream"}},
		"GET /api/v1/honours/files":                            {{query: "?nomination=" + uuid.NewString()}},
		"GET /api/v1/honours/files/{sum}":                      {{query: "?nomination=" + uuid.NewString()}},
		"POST /api/v1/honours/objections/{id}/decision":        {{body: map[string]any{"upheld": false, "finding": "x"}}},
		"POST /api/v1/events/{id}/documents":                   {{body: map[string]any{"kind": "poem"}}},
		"POST /api/v1/events/{id}/documents/{serial}/void":     {{body: map[string]any{"reason": "x"}}},
		"POST /api/v1/documents/scans":                         {{query: "?serial=9&event=" + f.events["dish"], body: "no picture", kind: "application/octet-stream"}},
		"POST /api/v1/tablet/evidence":                         {{query: "?work=x&aspect=taste&id=" + uuid.NewString() + "&sha256=" + strings.Repeat("0", 64), body: "no picture", kind: "image/jpeg"}},
		"POST /api/v1/events/{id}/recheck":                     {{body: map[string]any{"reason": "x"}}},
		"POST /api/v1/events/{id}/recheck/findings":            {{body: map[string]any{"work": "x", "sheet": strings.Repeat("0", 64), "right": true, "reason": ""}}},
		"POST /api/v1/tablet/signatures":                       {{body: noSignature("mark_sheet")}},
		"POST /api/v1/tablet/signatures/{signature}/reopening": {{body: map[string]any{"reason": "x"}}},
		"POST /api/v1/events/{id}/signatures":                  {{body: noSignature("poem")}},
		"GET /api/v1/events/{id}/documents/preview":            {{query: "?kind=result_list"}},
		"POST /api/v1/tablet/calls":                            {{body: map[string]any{"call_id": uuid.NewString(), "about": "tea"}}},
		"POST /api/v1/events/{id}/calls/{call}/words":          {{body: map[string]any{"text": "x"}}},
		"POST /api/v1/events/{id}/corrections":                 {{body: map[string]any{"correction_id": uuid.NewString(), "work": "x", "chair": 1, "aspect": "x", "seq": 1, "reason": "x", "second": f.second}}},
		"POST /api/v1/events/{id}/corrections/preview":         {{body: map[string]any{"work": "x", "chair": 1, "aspect": "x"}}},
		"PUT /api/v1/events/{id}/stage":                        {{body: map[string]any{"follows": ""}}},
		"POST /api/v1/events/{id}/stage/advance":               {{body: map[string]any{"publication": 1, "digest": "x", "preview": true}}},
		"POST /api/v1/events/{id}/stage/declines":              {{body: map[string]any{"source": uuid.NewString(), "declines": true, "reason": "x"}}},
		"POST /api/v1/events/{id}/stage/carry":                 {{body: map[string]any{"publication": 1, "preview": true}}},
		"POST /api/v1/events/{id}/notice":                      {{body: map[string]any{"ends_on": "2026-12-31", "place": "x"}}},
		"GET /api/v1/events/{id}/marks-sheet":                  {{query: "?kind=results"}},
		"POST /api/v1/events/{id}/marks-sheet":                 {{body: map[string]any{"marks": []any{}}}},
		"GET /api/v1/events/{id}/marks-sheet/template.xlsx":    {{query: "?kind=results"}},
		"POST /api/v1/events/{id}/marks-sheet/workbook":        {{query: "?kind=results&mode=preview", body: "no workbook", kind: workbook}},
		"POST /api/v1/events/{id}/marks-sheet/list":            {{query: "?kind=results&mode=preview", body: "x,y,1", kind: "text/csv"}},
		"PUT /api/v1/events/{id}/keying/way":                   {{body: map[string]any{"way": "often"}}},
		"POST /api/v1/events/{id}/keying/passes":               {{body: map[string]any{"chair": 99, "criterion": "x"}}},
		"GET /api/v1/events/{id}/keying/pass":                  {{query: "?chair=99&criterion=x"}},
		"POST /api/v1/events/{id}/keying/cells":                {{body: map[string]any{"chair": 99, "criterion": "x", "cells": []any{}}}},
		"POST /api/v1/events/{id}/keying/finish":               {{body: map[string]any{"chair": 99, "criterion": "x"}}},
		"POST /api/v1/events/{id}/keying/free":                 {{body: map[string]any{"chair": 99, "criterion": "x", "place": 1}}},
		"POST /api/v1/events/{id}/keying/decisions":            {{body: map[string]any{"chair": 99, "criterion": "x", "work": "x", "aspect": "x", "attempt": 1, "round": 1, "reason": "x"}}},
		"GET /api/v1/events/{id}/keying/cell.jpg":              {{query: "?chair=99&criterion=x&work=x&aspect=x"}},
		"POST /api/v1/keying/photos":                           {{query: "?event=" + f.events["dish"], body: "no picture", kind: "application/octet-stream"}},
		"GET /api/v1/events/{id}/scheme/changes":               {{query: "?from=1&to=1"}},
		"POST /api/v1/events/{id}/scheme/changes":              {{body: sealedScheme}},
		"POST /api/v1/events/{id}/scheme-sheet":                {{query: "?mode=preview", body: "no workbook", kind: workbook}},
		"POST /api/v1/scheme-tables":                           {{query: "?mode=preview&event=" + f.events["dish"], body: "no workbook", kind: workbook}},
		"PATCH /api/v1/events/{id}/filing":                     {{body: map[string]any{"version": 99}}},
		"POST /api/v1/events/{id}/filing/acts":                 {{body: map[string]any{"act": "apply", "version": 99}}},
		"PUT /api/v1/contests/{id}/hosts/{host}/contact":       {{body: map[string]any{"person": "x", "phone": "", "email": "", "note": ""}}},
		"POST /api/v1/plan/files":                              {{query: "?kind=technical&name=a.pdf&event=" + f.events["dish"], body: "no file", kind: "application/octet-stream"}},
		"POST /api/v1/plan/sheet":                              {{query: "?mode=preview&contest=" + f.id, body: "no workbook", kind: workbook}},
		"POST /api/v1/workbooks": {
			{label: "judges", query: "?kind=judges&mode=import&event=" + f.events["dish"], body: "no workbook", kind: workbook},
			{label: "units", query: "?kind=units&mode=import&contest=" + f.id, body: "no workbook", kind: workbook},
		},
		"POST /api/v1/marks": {{body: map[string]any{"marks": []any{map[string]any{
			"mark_id": uuid.NewString(), "event": uuid.NewString(), "chair": 1, "work": "x", "aspect": "x", "value": "1", "version": 1, "device_seq": 1,
		}}}}},
	}
	for _, act := range acts {
		p := probe{label: act, body: map[string]any{"act": act, "work": "nobody", "reason": "probe", "policy": "nothing"}}
		switch act {
		case "freeze":
			p.undo = func(f *fair) { f.mustAct("dish", "unfreeze") }
		case "lock":
			p.undo = func(f *fair) { f.mustAct("dish", "reopen", "reason", "probe", "second", f.second) }
		}
		out["POST /api/v1/events/{id}/acts"] = append(out["POST /api/v1/events/{id}/acts"], p)
	}
	return out
}

// TestWhoMayDoWhat asks every route in the name of every role while an event is
// running and holds the answers against a file that people read and agree to. A
// new route is not in it and so fails.
func TestWhoMayDoWhat(t *testing.T) {
	f, codes := sealedFair(t, newCode(), []int{0, 1, 2, 3})
	tokens, order := everyRole(f)
	_, victim, _ := f.person(contest.Grant{Role: contest.Clerk, Contest: idOf(t, f.id), Event: idOf(t, f.events["dish"])})
	places := map[string]string{
		"accounts": accountID(f, victim), "sessions": uuid.NewString(), "devices": uuid.NewString(),
		"contests": f.id, "events": f.events["dish"], "public": f.events["dish"], "trades": "welder", "registrations": uuid.NewString(),
		"honours": uuid.NewString(),
	}
	var out strings.Builder
	all := probes(f)
	routes := f.app.Routes()
	// Signing out comes last: with it a role has no voice any more.
	slices.SortStableFunc(routes, func(a, b web.Route) int {
		return strings.Compare(fmt.Sprint(a.Name == "sessions.close", a.Path, a.Method), fmt.Sprint(b.Name == "sessions.close", b.Path, b.Method))
	})
	for _, r := range routes {
		if slices.Contains(pages, r.Name) {
			continue
		}
		key := r.Method + " " + r.Path
		list := all[key]
		if list == nil {
			list = []probe{{}}
		}
		delete(all, key)
		path := fill(r.Path, places, codes[0])
		for _, p := range list {
			said := map[string][]string{}
			for _, role := range order {
				a := f.send(t, p.request(r.Method, path+p.query, tokens[role]))
				word := strings.TrimSpace(strconv.Itoa(a.status) + " " + a.code)
				said[word] = append(said[word], role)
				if a.status < 300 && p.undo != nil {
					p.undo(f)
				}
			}
			fmt.Fprintln(&out, strings.TrimSpace(key+" "+p.label))
			for _, word := range slices.Sorted(maps.Keys(said)) {
				fmt.Fprintf(&out, "    %s: %s\n", word, strings.Join(said[word], ", "))
			}
		}
	}
	for key := range all {
		t.Errorf("there is a probe for %s and no such route", key)
	}
	golden(t, matrixFile, out.String())
}

func (p probe) request(method, path, token string) request {
	body := p.body
	if act, ok := body.(map[string]any); ok && p.label != "" {
		act = maps.Clone(act)
		act["act_id"] = uuid.NewString()
		body = act
	}
	return request{method: method, path: path, token: token, body: body, kind: p.kind}
}

// everyRole gives a token for each role; the public has none.
func everyRole(f *fair) (tokens map[string]string, order []string) {
	here := func(r contest.Role) contest.Grant {
		return contest.Grant{Role: r, Contest: idOf(f.t, f.id), Event: idOf(f.t, f.events["dish"])}
	}
	other := f.importFair(sealedPackage(f.t, newCode(), []int{0, 1, 2, 3}))
	tokens = map[string]string{"public": "", "judge": f.pair("dish")[0].Client.Token}
	order = []string{"public", "judge"}
	add := func(name string, g contest.Grant) {
		c, _, _ := f.person(g)
		tokens[name], order = c.Token, append(order, name)
	}
	add("spectator", contest.Grant{Role: contest.Spectator, Contest: idOf(f.t, f.id)})
	for _, r := range []contest.Role{contest.Clerk, contest.CodingJudge, contest.Supervisor, contest.ChiefJudge, contest.HostSecretary} {
		add(string(r), here(r))
	}
	add("organiser", contest.Grant{Role: contest.Organiser, Contest: idOf(f.t, f.id)})
	add("administrator", contest.Grant{Role: contest.Administrator})
	for _, r := range []contest.Role{contest.UnionOffice, contest.UnitSteward, contest.CountyReviewer, contest.CommitteeMember} {
		add(string(r), contest.Grant{Role: r})
	}
	add("foreign organiser", contest.Grant{Role: contest.Organiser, Contest: idOf(f.t, other.id)})
	return tokens, order
}

// accountID finds an account by its user name.
func accountID(f *fair, user string) string {
	var got struct {
		Accounts []struct{ ID, User string }
	}
	get(f.t, f.admin, "/api/v1/accounts?limit=500", &got)
	for _, a := range got.Accounts {
		if a.User == user {
			return a.ID
		}
	}
	f.t.Fatalf("no account %s", user)
	return ""
}

// fill puts ids into a route's path, by the subject that stands before them.
func fill(route string, places map[string]string, work string) string {
	parts := strings.Split(strings.TrimPrefix(route, "/api/v1/"), "/")
	path := strings.ReplaceAll(route, "{id}", places[parts[0]])
	return strings.NewReplacer("{work}", work, "{aspect}", "taste", "{number}", "0", "{kind}", "judges", "{layer}", "code", "{serial}", "9", "{host}", uuid.NewString(), "{tie}", uuid.NewString(), "{call}", uuid.NewString(), "{profile}", "goroutine", "{file}", uuid.NewString(), "{photo}", uuid.NewString()).Replace(path)
}

// golden compares with a file, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); d != "" {
		t.Errorf("%s is not what the program does (go test -run %s -update writes it anew, for you to read):\n%s", name, t.Name(), d)
	}
}

// noSignature is one whose strokes are a dot.
func noSignature(kind string) map[string]any {
	return map[string]any{"signature_id": uuid.NewString(), "kind": kind, "digest": strings.Repeat("0", 64), "strokes": "600 240;1,1,0"}
}
