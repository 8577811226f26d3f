package scorefile_test

import (
	"bytes"
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/fault"
	"jiangtai/server/ledger"
	"jiangtai/server/scorefile"
)

// signed writes commands as a ledger with one signed head at its end.
func signed(t *testing.T, commands ...scoring.Command) []byte {
	t.Helper()
	key, _, err := ledger.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	id := ledger.ID{1}
	e, err := ledger.NewExport(&out, ledger.Opening{Ledger: id, Size: uint64(len(commands)), Key: key.Public})
	if err != nil {
		t.Fatal(err)
	}
	prev, tree := ledger.Genesis(id), ledger.Tree{}
	for i, c := range commands {
		seq := uint64(i + 1)
		c.MarkID, c.Version = scoring.ID{15: byte(seq)}, 1
		body := scoring.AppendRecord(nil, scoring.Record{Command: c, Seq: seq})
		prev = ledger.Chain(prev, body)
		tree.Add(prev)
		if err := e.Record(seq, prev, body); err != nil {
			t.Fatal(err)
		}
	}
	root, err := tree.Root(uint64(len(commands)))
	if err != nil {
		t.Fatal(err)
	}
	head, err := ledger.Head{Ledger: id, Size: uint64(len(commands)), Root: root, Chain: prev}.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Head(head); err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// manualLedger is a ledger of the manual's example without its absent judge: two
// entries, numbered 1 and 3.
func manualLedger(t *testing.T) []byte {
	commands := []scoring.Command{{Kind: scoring.Adopt}, {Kind: scoring.Seat, Chair: 1, Aspect: "clerk"}}
	for chair := scoring.ChairID(2); chair <= 4; chair++ {
		commands = append(commands, scoring.Command{Kind: scoring.Seat, Chair: chair, Aspect: "judges"})
	}
	commands = append(commands, scoring.Command{Kind: scoring.Admit, Entry: 1}, scoring.Command{Kind: scoring.Admit, Entry: 3}, scoring.Command{Kind: scoring.Open})
	for entry, marks := range map[scoring.EntryID][]string{1: {"92", "87", "88", "86"}, 3: {"85", "90", "91", "80"}} {
		for i, v := range marks {
			c := scoring.Command{Kind: scoring.Mark, Entry: entry, Aspect: "finish", Chair: scoring.ChairID(i + 1), Value: v, Attempt: 1, Round: 1}
			if i == 0 {
				c.Aspect = "exam"
			}
			commands = append(commands, c)
		}
	}
	return signed(t, commands...)
}

func runLedger(t *testing.T, scheme string, export []byte, format, working string) (out, notes string, err error) {
	t.Helper()
	dir := t.TempDir()
	s, l := filepath.Join(dir, "scheme.json"), filepath.Join(dir, "ledger.jsonl")
	for path, text := range map[string][]byte{s: []byte(scheme), l: export} {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var b, n bytes.Buffer
	err = scorefile.RunLedger(s, l, format, working, &b, &n)
	return b.String(), n.String(), err
}

// TestALedgerUnderAnotherScheme: trimmed of three is the middle mark; under the
// mean of all the other entry is first.
func TestALedgerUnderAnotherScheme(t *testing.T) {
	m, export := readManual(t), manualLedger(t)
	for _, c := range []struct{ from, to, want string }{
		{"", "", "1,3,88.50,competing,,85.00,90.00,85.00,90.00\n2,1,88.50,competing,,92.00,87.00,92.00,87.00\n"},
		{`"kind": "trimmed", "high": 1, "low": 1`, `"kind": "mean"`, "1,1,88.50,competing,,92.00,87.00,92.00,87.00\n2,3,86.40,competing,,85.00,87.00,85.00,87.00\n"},
	} {
		scheme := strings.Replace(m.scheme, c.from, c.to, 1)
		out, notes, err := runLedger(t, scheme, export, "csv", "")
		if err != nil || notes != "" || out != "rank,entry,total,status,missing,theory,practical,paper,piece\n"+c.want {
			t.Errorf("%v\n%s%s\nwant\n%s", err, out, notes, c.want)
		}
	}
	out, _, err := runLedger(t, m.scheme, export, "", "3")
	if err != nil || !strings.Contains(out, "entry 3: total 88.50") || !strings.Contains(out, "90, (91), (80) → trimmed of 1: 90") {
		t.Errorf("%v\n%s", err, out)
	}
	out, _, err = runLedger(t, m.scheme, export, "json", "")
	if err != nil || !strings.Contains(out, `"total": "88.50"`) {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestWhatHasNoPlaceIsNoted on the side, a line each.
func TestWhatHasNoPlaceIsNoted(t *testing.T) {
	scheme := strings.Replace(readManual(t).scheme, `"panel": "judges", "max": "100"`, `"panel": "judges", "max": "90"`, 1)
	scheme = strings.Replace(strings.Replace(scheme, `"total": "100",`, "", 1), `"weight": "0.7", "max": "100"`, `"weight": "0.7"`, 1)
	out, notes, err := runLedger(t, scheme, manualLedger(t), "csv", "")
	if err != nil || strings.Count(notes, "\n") != 1 || !strings.Contains(notes, "(entry 3, finish) has no place in this scheme: judging.above_max 90") {
		t.Fatalf("%v\n%s\n%s", err, notes, out)
	}
	if !strings.Contains(out, ",3,,competing,finish") {
		t.Fatalf("the entry is not complete any more:\n%s", out)
	}
}

func TestLedgersThatCannotBeScored(t *testing.T) {
	m, good := readManual(t), manualLedger(t)
	bad := bytes.Replace(good, []byte(`"seq":2`), []byte(`"seq":3`), 1)
	headless := signed(t, scoring.Command{Kind: scoring.Open})
	for name, c := range map[string]struct {
		scheme  string
		export  []byte
		working string
		code    string
	}{
		"a changed ledger":      {m.scheme, bad, "", "ledger.not_verified"},
		"no ledger":             {m.scheme, []byte("{}"), "", "ledger.not_verified"},
		"no beginning":          {m.scheme, headless, "", "score.bad_ledger"},
		"no scheme":             {"{}", good, "", "score.bad_scheme"},
		"working of nobody":     {m.scheme, good, "9", "score.unknown_entry"},
		"working of an ordinal": {m.scheme, good, "2", "score.unknown_entry"},
	} {
		if out, _, err := runLedger(t, c.scheme, c.export, "", c.working); fault.Code(err) != c.code || out != "" {
			t.Errorf("%s: %v, want %s\n%s", name, err, c.code, out)
		}
	}
	for _, paths := range [][2]string{{"none.json", "run_test.go"}, {"../../scoring/testdata/schemes/relay.json", "none.jsonl"}} {
		if err := scorefile.RunLedger(paths[0], paths[1], "", "", &bytes.Buffer{}, &bytes.Buffer{}); fault.Code(err) != "score.no_such_file" {
			t.Errorf("%v: %v", paths, err)
		}
	}
}
