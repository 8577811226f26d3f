package programmetest

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jiangtai/server/contest"
	"jiangtai/server/programme"
	"jiangtai/server/programme/parcel"
	"jiangtai/server/programme/workcode"
)

// RoundTrip imports a package that rapid draws, exports it, and does both again.
// The first export is the package in normal form, with what was left empty filled
// in; the second is the first. code must be one that the store does not have, and
// so must code + "-again".
func RoundTrip(ctx context.Context, t *rapid.T, rig *Rig, code string) {
	in := draw(t, code)
	files, err := in.Files()
	if err != nil {
		t.Fatal(err)
	}
	once := trip(ctx, t, rig, files)
	filled := normal(in, once)
	want, err := filled.Files()
	if err != nil {
		t.Fatal(err)
	}
	same(t, want, once)

	renamed := maps.Clone(once)
	renamed["contest.json"] = bytes.Replace(once["contest.json"], []byte(`"`+code+`"`), []byte(`"`+code+`-again"`), 1)
	same(t, renamed, trip(ctx, t, rig, renamed))
}

// trip imports files and exports what they made.
func trip(ctx context.Context, t *rapid.T, rig *Rig, files parcel.Files) parcel.Files {
	made, _, err := rig.Import(ctx, Administrator(), programme.Package{Files: files, Faults: &parcel.Faults{}})
	if err != nil {
		t.Fatal(err)
	}
	out, err := rig.Export(ctx, Administrator(), made.ID)
	if err != nil {
		t.Fatal(err)
	}
	again, err := out.Files()
	if err != nil {
		t.Fatal(err)
	}
	return again
}

func same(t *rapid.T, want, got parcel.Files) {
	text := func(f parcel.Files) map[string]string {
		out := map[string]string{}
		for name, data := range f {
			out[name] = string(data)
		}
		return out
	}
	if d := cmp.Diff(text(want), text(got)); d != "" {
		t.Fatal(d)
	}
}

// draw makes a package without faults: awkward names, empty cells, rows in any
// order.
func draw(t *rapid.T, code string) *parcel.Parcel {
	name := rapid.StringMatching(`[ -~梁志远单𠮷"',;=+@\\{}-]{0,10}[名x]`).
		Filter(func(s string) bool { return s == strings.TrimSpace(s) })
	maybe := func(label string) string {
		if rapid.Bool().Draw(t, label+" is given") {
			return name.Draw(t, label)
		}
		return ""
	}
	pick := func(label string, from ...string) string { return rapid.SampledFrom(from).Draw(t, label) }
	in := &parcel.Parcel{
		Contest: parcel.Contest{
			Code: code, Name: name.Draw(t, "contest"), NameEn: maybe("name_en"), Kind: pick("kind", "real", "rehearsal", "demo"),
			Organiser: maybe("organiser"), StartsOn: pick("starts", "", "2026-05-18"), EndsOn: pick("ends", "", "2026-05-19"),
			Visible: rapid.Bool().Draw(t, "visible"),
		},
		Schemes: map[string][]byte{},
	}
	for _, c := range []string{"u2", "u1", "U"}[:rapid.IntRange(0, 3).Draw(t, "units")] {
		in.Units = append(in.Units, parcel.Unit{Code: c, Name: name.Draw(t, "unit"), Short: maybe("short"), Kind: pick("unit kind", "", "county", "grassroots")})
	}
	if rapid.Bool().Draw(t, "a host") {
		in.Hosts = append(in.Hosts, parcel.Host{Code: "h", Name: name.Draw(t, "host")})
	}
	schemes := map[string]string{
		"open": Scheme("open", "0"), "seat": Scheme("seat", "0"), "coded": Scheme("coded", "0"), "spaced": " \r\n" + Scheme("open", "0") + "\t", "": "",
	}
	for i := range rapid.IntRange(1, 4).Draw(t, "events") {
		e := parcel.Event{
			Code: fmt.Sprintf("e%d", 9-i), Trade: name.Draw(t, "trade"), TradeEn: maybe("trade_en"), Title: maybe("title"), TitleEn: maybe("title_en"),
			Stage: pick("stage", "", "final", "selection"), Group: maybe("group"), Hall: maybe("hall"), Depth: pick("depth", "", "paper", "tablet"),
			Chain:  pick("chain", "", "full", "light"),
			Scheme: pick("scheme", slices.Sorted(maps.Keys(schemes))...),
		}
		if len(in.Hosts) > 0 {
			e.Host = pick("host of the event", "", "h")
		}
		if e.Scheme != "" {
			in.Schemes[e.Scheme] = []byte(schemes[e.Scheme])
			for range rapid.IntRange(0, 3).Draw(t, "chairs") {
				in.Judges = append(in.Judges, parcel.Judge{Event: e.Code, Panel: "p", Judge: maybe("judge"), Chief: pick("chief", "", "false")})
			}
		}
		in.Events = append(in.Events, e)
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "entries") {
		e := parcel.Entry{Event: in.Events[rapid.IntRange(0, len(in.Events)-1).Draw(t, "event of the entry")].Code, Name: name.Draw(t, "entry")}
		if rapid.Bool().Draw(t, "numbered") {
			e.EntryNo = fmt.Sprint(100 - i)
		}
		if rapid.Bool().Draw(t, "coded") {
			e.WorkCode = workcode.Code(i * 31)
		}
		if len(in.Units) > 0 {
			e.Unit = pick("unit of the entry", "", in.Units[0].Code)
		}
		in.Entries = append(in.Entries, e)
	}
	return in
}

// normal is the package as an export must write it. What the import draws is
// taken from the export, and only there where the package left it empty.
func normal(in *parcel.Parcel, exported parcel.Files) *parcel.Parcel {
	out, _ := parcel.Read(exported)
	drawn := map[string]parcel.Entry{}
	for _, e := range out.Entries {
		drawn[e.Event+"\x00"+e.EntryNo] = e
	}
	p := *in
	p.Units = slices.SortedFunc(slices.Values(in.Units), func(a, b parcel.Unit) int { return strings.Compare(a.Code, b.Code) })
	for i, u := range p.Units {
		p.Units[i].Short, p.Units[i].Kind = or(u.Short, u.Name), or(u.Kind, "work_unit")
	}
	p.Events, p.Entries, p.Judges = nil, nil, nil
	for _, e := range in.Events {
		e.Stage, e.Depth = or(e.Stage, "final"), or(e.Depth, "tablet")
		e.Chain = or(e.Chain, string(contest.UsualChain(contest.Kind(in.Contest.Kind))))
		p.Events = append(p.Events, e)
		seat := 0
		for _, j := range in.Judges {
			if j.Event == e.Code {
				seat++
				j.Seat, j.Chief = fmt.Sprint(seat), or(j.Chief, "false")
				p.Judges = append(p.Judges, j)
			}
		}
		p.Entries = append(p.Entries, normalEntries(in.Entries, e, drawn)...)
	}
	return &p
}

// normalEntries are an event's entries with numbers, in the order of the numbers.
func normalEntries(all []parcel.Entry, of parcel.Event, drawn map[string]parcel.Entry) []parcel.Entry {
	var list []parcel.Entry
	taken := map[string]bool{}
	for _, e := range all {
		if e.Event == of.Code {
			list = append(list, e)
			taken[e.EntryNo] = true
		}
	}
	next := 1
	for i, e := range list {
		for ; e.EntryNo == ""; next++ {
			if no := fmt.Sprintf("%03d", next); !taken[no] {
				e.EntryNo, taken[no] = no, true
			}
		}
		got := drawn[of.Code+"\x00"+e.EntryNo]
		if of.Scheme == "coded" {
			e.WorkCode = or(e.WorkCode, got.WorkCode)
		}
		if of.Scheme == "seat" {
			e.SeatNo = or(e.SeatNo, got.SeatNo)
		}
		list[i] = e
	}
	slices.SortStableFunc(list, func(a, b parcel.Entry) int {
		if len(a.EntryNo) != len(b.EntryNo) {
			return len(a.EntryNo) - len(b.EntryNo)
		}
		return strings.Compare(a.EntryNo, b.EntryNo)
	})
	return list
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
