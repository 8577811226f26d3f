package rescore_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"math/big"
	"os"
	"path"
	"strings"
	"testing"

	"jiangtai/schemas"
	"jiangtai/scoring"
	"jiangtai/scoring/scoringtest"
	"jiangtai/server/rescore"
)

const templates = "../../schemas/trades/golden/"

// example is a worked example of a template (schemas/trades/golden).
type example struct {
	Chairs map[string]int `json:"chairs"`
	Sheets []struct {
		Marks   string   `json:"marks"`
		Total   string   `json:"total"`
		Rank    int      `json:"rank"`
		Working []string `json:"working"`
	} `json:"sheets"`
}

// templateIDs are the templates that trades.json names.
func templateIDs(t *testing.T) map[string]bool {
	t.Helper()
	text, err := fs.ReadFile(schemas.Trades, "trades/trades.json")
	if err != nil {
		t.Fatal(err)
	}
	var catalogue struct{ Trades []struct{ Scheme string } }
	if err := json.Unmarshal(text, &catalogue); err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, trade := range catalogue.Trades {
		if trade.Scheme != "" {
			ids[trade.Scheme] = true
		}
	}
	return ids
}

// trades gives the examples of all templates and the golden sheets made of them.
func trades(t *testing.T) (map[string]example, []scoringtest.Golden) {
	t.Helper()
	examples, sheets := map[string]example{}, map[string][]byte{}
	for id := range templateIDs(t) {
		text, err := fs.ReadFile(schemas.Trades, "trades/"+id+".json")
		if err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(templates + id + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var e example
		in := json.NewDecoder(bytes.NewReader(raw))
		in.DisallowUnknownFields()
		if err := in.Decode(&e); err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		examples[id] = e
		sheets[id+".json"], err = json.Marshal(object{"scheme": json.RawMessage(text), "chairs": e.Chairs, "sheets": e.Sheets})
		if err != nil {
			t.Fatal(err)
		}
	}
	list, err := scoringtest.Load(sheets)
	if err != nil {
		t.Fatal(err)
	}
	return examples, list
}

// TestTemplatesCompute holds the engine and the second scorer against the worked
// examples of the templates, and against each other.
func TestTemplatesCompute(t *testing.T) {
	_, list := trades(t)
	for _, g := range list {
		t.Run(g.Name, func(t *testing.T) {
			w := world{t: t, set: scoring.RuleSet{1: g.Rules}, board: scoring.NewBoard(scoring.RuleSet{1: g.Rules})}
			for i, c := range g.Commands {
				draft, refusal := w.board.Check(c)
				if refusal != nil {
					t.Fatalf("%+v: %+v", c, *refusal)
				}
				r := scoring.Record{Command: draft.Command, Seq: uint64(i + 1)}
				if err := w.board.Apply(r, nil); err != nil {
					t.Fatal(err)
				}
				w.records = append(w.records, r)
			}
			for _, row := range w.board.View(scoring.Chief).Rows {
				if want := g.Want[row.Entry-1]; row.Total != want.Total || row.Rank != want.Rank {
					t.Errorf("entry %d: total %q rank %d, want %q and %d; missing %v", row.Entry, row.Total, row.Rank, want.Total, want.Rank, w.board.Missing(row.Entry))
				}
			}
			holdSecond(t, &w, &g)
		})
	}
}

func holdSecond(t *testing.T, w *world, g *scoringtest.Golden) {
	t.Helper()
	export := w.export()
	lines, err := rescore.Read(bytes.NewReader(export))
	if err != nil {
		t.Fatal(err)
	}
	got, err := rescore.Score(lines, map[uint64][]byte{1: g.Scheme}, false)
	if err != nil || len(got) != len(g.Want) {
		t.Fatalf("%+v %v", got, err)
	}
	for i, s := range got {
		if s.Entry != uint64(i+1) || s.Total != g.Want[i].Total || s.Rank != g.Want[i].Rank {
			t.Errorf("second scorer: %+v, want %+v", s, g.Want[i])
		}
	}
	report, err := rescore.Compare(bytes.NewReader(export), [][]byte{g.Scheme})
	if err != nil || len(report.Differ) > 0 {
		t.Errorf("%+v %v", report, err)
	}
}

// TestTemplatesWorkings computes what the examples say of their totals, line by
// line with fractions: the arithmetic of a third hand.
func TestTemplatesWorkings(t *testing.T) {
	examples, _ := trades(t)
	for id, e := range examples {
		for i, s := range e.Sheets {
			at := fmt.Sprintf("%s, sheet %d", id, i+1)
			if len(s.Working) == 0 {
				t.Errorf("%s: no working", at)
				continue
			}
			var value *big.Rat
			for _, line := range s.Working {
				_, sum, _ := strings.Cut(line, ": ")
				left, right, ok := strings.Cut(sum, " = ")
				if !ok {
					t.Fatalf("%s: %q", at, line)
				}
				value = evaluate(t, right)
				if evaluate(t, left).Cmp(value) != 0 {
					t.Errorf("%s: %s is %s", at, line, evaluate(t, left).RatString())
				}
			}
			if !strings.HasPrefix(s.Working[len(s.Working)-1], "total: ") || value.Cmp(evaluate(t, s.Total)) != 0 {
				t.Errorf("%s: %s, want %s", at, s.Working[len(s.Working)-1], s.Total)
			}
		}
	}
}

// evaluate computes +, -, ×, /, max, min and the roundings round, floor, even.
func evaluate(t *testing.T, text string) *big.Rat {
	t.Helper()
	e, err := parser.ParseExpr(strings.ReplaceAll(text, "×", "*"))
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return reckon(t, e)
}

func reckon(t *testing.T, e ast.Expr) *big.Rat {
	t.Helper()
	switch e := e.(type) {
	case *ast.BasicLit:
		n, ok := new(big.Rat).SetString(e.Value)
		if !ok {
			t.Fatalf("no number: %s", e.Value)
		}
		return n
	case *ast.ParenExpr:
		return reckon(t, e.X)
	case *ast.UnaryExpr:
		return new(big.Rat).Neg(reckon(t, e.X))
	case *ast.BinaryExpr:
		x, y := reckon(t, e.X), reckon(t, e.Y)
		switch e.Op {
		case token.ADD:
			return x.Add(x, y)
		case token.SUB:
			return x.Sub(x, y)
		case token.MUL:
			return x.Mul(x, y)
		case token.QUO:
			return x.Quo(x, y)
		}
	case *ast.CallExpr:
		return apply(t, e.Fun.(*ast.Ident).Name, reckon(t, e.Args[0]), reckon(t, e.Args[1]))
	}
	t.Fatalf("not arithmetic: %T", e)
	return nil
}

func apply(t *testing.T, name string, x, y *big.Rat) *big.Rat {
	t.Helper()
	more := x.Cmp(y) > 0
	switch {
	case name == "max" && more, name == "min" && !more:
		return x
	case name == "max", name == "min":
		return y
	}
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), y.Num(), nil))
	x = new(big.Rat).Mul(x, scale)
	whole, rest := new(big.Int).QuoRem(x.Num(), x.Denom(), new(big.Int))
	half := rest.Lsh(rest, 1).Cmp(x.Denom())
	switch name {
	case "floor":
	case "even":
		if half > 0 || half == 0 && whole.Bit(0) == 1 {
			whole.Add(whole, big.NewInt(1))
		}
	case "round":
		if half >= 0 {
			whole.Add(whole, big.NewInt(1))
		}
	default:
		t.Fatalf("no function %s", name)
	}
	return new(big.Rat).Quo(new(big.Rat).SetInt(whole), scale)
}

// TestTemplatesAndFilesAgree: every file is named in the catalogue or is it, and
// every template has its example.
func TestTemplatesAndFilesAgree(t *testing.T) {
	ids := templateIDs(t)
	if len(ids) < 24 {
		t.Errorf("only %d templates", len(ids))
	}
	files, err := fs.Glob(schemas.Trades, "trades/*.json")
	if err != nil {
		t.Fatal(err)
	}
	examples, err := os.ReadDir(templates)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(ids)+1 || len(examples) != len(ids) {
		t.Errorf("%d templates, %d files, %d examples", len(ids), len(files)-1, len(examples))
	}
	for _, f := range files {
		if id := strings.TrimSuffix(path.Base(f), ".json"); id != "trades" && !ids[id] {
			t.Errorf("no trade names %s", id)
		}
	}
}
