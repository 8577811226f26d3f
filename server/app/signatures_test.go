package app_test

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/rehearsal"
	"jiangtai/server/signing/shown"
)

const ink = "600 240;40,120,0 120,60,90 200,150,180 320,90,300;400,100,500 520,130,640"

const signedScheme = `{"format":"jiangtai.scheme/1","name":{"zh":"焊接"},"composition":"sum",
 "panels":[{"id":"j","name":{"zh":"评分组"},"chairs":2,"policy":{"kind":"mean"}}],
 "components":[{"id":"c","name":{"zh":"实操"},"criteria":[{"id":"m","name":{"zh":"成品"},"identity":"coded",
  "subs":[{"id":"s","name":{"zh":"外观"},"aspects":[{"id":"work","name":{"zh":"外观"},"kind":"panel","panel":"j","max":"100","step":"0.5"}]}]}]}]}`

// ownDigest is what a tablet makes of its own marks without the server, by the rule
// of package shown.
func ownDigest(t testing.TB, tablet *rehearsal.Tablet) string {
	t.Helper()
	var b struct {
		Event struct {
			ID      contest.ID
			Version uint16
		}
		Chair struct{ Number scoring.ChairID }
		Marks []shown.Mark
	}
	get(t, tablet.Client, "/api/v1/tablet/bundle", &b)
	for i := range b.Marks {
		b.Marks[i].Chair = 0
	}
	sum := shown.MarkSheet(b.Event.ID, b.Chair.Number, b.Event.Version, b.Marks).Sum()
	return hex.EncodeToString(sum[:])
}

func inkBody(kind, panel, digest string) fields {
	body := fields{"signature_id": uuid.NewString(), "kind": kind, "digest": digest, "strokes": ink}
	if panel != "" {
		body["panel"] = panel
	}
	return body
}

// inkSheet signs a chair's sheet; its receipt has the signature's id.
func (f *fair) inkSheet(tablet *rehearsal.Tablet) string {
	f.t.Helper()
	body := inkBody("mark_sheet", "", ownDigest(f.t, tablet))
	f.does(tablet.Client, "", "/api/v1/tablet/signatures", body)
	return body["signature_id"].(string)
}

func (f *fair) inkSummary(tablet *rehearsal.Tablet) {
	f.t.Helper()
	var whole struct{ Digest string }
	get(f.t, tablet.Client, "/api/v1/tablet/signing/summary", &whole)
	f.does(tablet.Client, "", "/api/v1/tablet/signatures", inkBody("panel_summary", "", whole.Digest))
}

// confirm is the chief judge's signature; code is why it is refused, "" when it is not.
func (f *fair) confirm(chief *rehearsal.Client, at, code, kind, panel string) {
	f.t.Helper()
	var preview struct{ Digest string }
	get(f.t, chief, at+"/documents/preview?kind="+kind+"&panel="+panel, &preview)
	f.does(chief, code, at+"/signatures", inkBody(kind, panel, preview.Digest))
}

// change gives another value in place of the one that stands.
func (f *fair) change(tablet *rehearsal.Tablet, work, value string) {
	f.t.Helper()
	var b struct {
		Marks []struct {
			Work   string
			MarkID string `json:"mark_id"`
		}
	}
	get(f.t, tablet.Client, "/api/v1/tablet/bundle", &b)
	cell := rehearsal.Cell{Work: work, Attempt: 1}
	cell.Pad.ID = "work"
	body := tablet.Mark(cell, value)
	for _, m := range b.Marks {
		if m.Work == work {
			body.Supersedes = m.MarkID
		}
	}
	answers, err := tablet.Insist(f.t.Context(), []rehearsal.MarkBody{body})
	if err != nil || answers[0].Status != http.StatusOK {
		f.t.Fatal(err, answers)
	}
}

// states are those of the steps in their order.
func (f *fair) states(at string) string {
	f.t.Helper()
	var list struct {
		Steps []struct{ State, Reason string }
	}
	get(f.t, f.organiser, at+"/documents", &list)
	var out []string
	for _, s := range list.Steps {
		out = append(out, strings.TrimSuffix(s.State+":"+s.Reason, ":"))
	}
	return strings.Join(out, "|")
}

// The whole chain without a sheet of paper: judges sign on their tablets, one of the
// panel checks, the chief judge confirms; a change below takes away what was signed
// above, and outstanding and gates see signatures as they see scans.
func TestTheChainIsSignedOnScreens(t *testing.T) {
	tb := tables{
		"events":  {{"code", "trade", "chain", "scheme"}, {"dish", "焊工", "full", "dish"}},
		"units":   {{"code", "name"}, {"u", canaryUnit}},
		"judges":  {{"event", "panel", "judge", "chief"}, {"dish", "j", "江一", "true"}, {"dish", "j", "江二", ""}},
		"entries": {{"event", "entry_no", "name", "unit"}, {"dish", "001", canaryName, "u"}, {"dish", "002", canaryName + "二", "u"}},
	}
	f := common(t).importFair(tb.files(t, fmt.Sprintf(`{"code":%q,"name":"签名","kind":"real"}`, newCode()), map[string][]byte{"dish": []byte(signedScheme)}))
	at := "/api/v1/events/" + f.events["dish"]
	grant := func(r contest.Role) contest.Grant {
		return contest.Grant{Role: r, Contest: idOf(t, f.id), Event: idOf(t, f.events["dish"])}
	}
	chief, _, _ := f.person(grant(contest.ChiefJudge))
	coder, _, _ := f.person(grant(contest.CodingJudge))
	f.does(f.organiser, "", at+"/check-in", fields{"arrivals": []fields{{"entry_no": "001", "state": "present"}, {"entry_no": "002", "state": "present"}}})
	f.does(f.organiser, "", at+"/check-in/closing", fields{})
	works := f.drawAtOnce(coder, at, "code", []string{"001", "002"})
	f.mustAct("dish", "open")
	tablets := f.pair("dish")
	f.does(tablets[0].Client, "signing.incomplete", "/api/v1/tablet/signatures", inkBody("mark_sheet", "", ownDigest(t, tablets[0])))
	for i, tablet := range tablets {
		for j, work := range works {
			f.marks(tablet, "work", work, 70+10*i+j)
		}
	}
	first := f.inkSheet(tablets[0])
	f.inkSheet(tablets[1])
	f.inkSummary(tablets[1])
	f.confirm(chief, at, "signing.not_locked", "result_list", "")
	if got := f.states(at); got != "signed|signed|signed|missing" {
		t.Error(got)
	}
	tabletsKnowNobody(t, tablets[0])

	f.does(tablets[0].Client, "", "/api/v1/tablet/signatures/"+first+"/reopening", fields{"reason": "按错了"})
	if got := f.states(at); got != "void:person|signed|void:below|missing" {
		t.Error(got)
	}
	f.change(tablets[0], works[0], "75.5")
	f.inkSheet(tablets[0])
	if got := f.states(at); got != "signed|signed|void:content|missing" {
		t.Error(got)
	}
	f.confirm(chief, at, "", "panel_summary", "j")
	if got := f.outstandingIn(at); slices.Contains(got, "mark_sheet") || slices.Contains(got, "panel_summary") {
		t.Errorf("%v", got)
	}
	f.mustAct("dish", "lock", "second", f.second)
	f.does(tablets[1].Client, "signing.locked", "/api/v1/tablet/signatures/"+f.inkSheet(tablets[1])+"/reopening", fields{"reason": "想改"})
	f.confirm(chief, at, "", "result_list", "")
	f.does(f.organiser, "signing.role", at+"/signatures", inkBody("result_list", "", strings.Repeat("0", 64)))
	if err := f.organiser.Do(t.Context(), "POST", at+"/recheck", fields{}, nil); err != nil {
		t.Fatal(err)
	}
	f.lookAgain(at)
	f.does(coder, "", at+"/unsealing", fields{"act_id": uuid.NewString(), "second": f.second})
	if got := f.states(at); got != "signed|signed|signed|void:content" {
		t.Error(got)
	}
	f.confirm(chief, at, "", "result_list", "")
	f.mustAct("dish", "publish", "second", f.second)
	if got := f.states(at); got != "signed|signed|signed|signed" {
		t.Error(got)
	}
}

// tabletsKnowNobody asks everything of signing that a judge's tablet may ask.
func tabletsKnowNobody(t testing.TB, tablet *rehearsal.Tablet) {
	t.Helper()
	for _, path := range []string{"/api/v1/tablet/signing", "/api/v1/tablet/signing/summary"} {
		var raw any
		get(t, tablet.Client, path, &raw)
		text, err := json.Marshal(raw)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{canaryName, canaryUnit, `"001"`, `"002"`, "total"} {
			if strings.Contains(string(text), secret) {
				t.Errorf("%s tells %s: %s", path, secret, text)
			}
		}
	}
}
