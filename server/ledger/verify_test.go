package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func verdict(t *testing.T, export []byte, trust Trust) *Tampered {
	t.Helper()
	_, err := Verify(bytes.NewReader(export), trust)
	if err == nil {
		return nil
	}
	var bad *Tampered
	if !errors.As(err, &bad) {
		t.Fatalf("not a verdict: %v", err)
	}
	return bad
}

func TestExportVerifies(t *testing.T) {
	key := newKey(t)
	w := write(t, key, 100, 7)
	seen := 0
	got, err := Verify(bytes.NewReader(w.export(t)), Trust{
		Keys: key.Verifiers(), Heads: []string{w.heads[49], w.heads[100]},
		Body: func(seq uint64, body []byte) error {
			seen++
			if want := fmt.Sprintf("record %d says", seq); !strings.HasPrefix(string(body), want) {
				return errors.New("another body")
			}
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.Last.Size != 100 || got.Heads != 15 || seen != 100 || got.Ledger != someLedger {
		t.Fatalf("verified %+v, %d bodies", got, seen)
	}
}

// Promise A 13: whatever is changed in an export is seen, and the first record
// that is not as it was is named.
func TestEveryChangedBitIsSeen(t *testing.T) {
	key := newKey(t)
	w := write(t, key, 40, 20)
	export := w.export(t)
	place := places(export)
	r := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		at := r.IntN(len(export))
		bit := byte(1) << r.IntN(8)
		bad := bytes.Clone(export)
		bad[at] ^= bit
		got := verdict(t, bad, Trust{Keys: key.Verifiers()})
		if got == nil {
			t.Fatalf("bit %d of byte %d flipped: not seen\n%s", bit, at, excerpt(bad, at))
		}
		if want := place[at]; want != 0 && got.Seq != want && got.Seq != want+1 {
			t.Fatalf("byte %d belongs to record %d, the verdict names %d (%s)\n%s", at, want, got.Seq, got.Reason, excerpt(bad, at))
		}
	}
}

// places says for each byte which record its line belongs to; 0 for heads and
// the opening, whose record is a matter of the reason. A line break that is
// changed may also spoil the line after it.
func places(export []byte) []uint64 {
	out := make([]uint64, 0, len(export))
	for _, l := range bytes.SplitAfter(export, []byte("\n")) {
		var in line
		var seq uint64
		if json.Unmarshal(l, &in) == nil {
			seq = in.Seq
		}
		for range l {
			out = append(out, seq)
		}
	}
	return out
}

func excerpt(b []byte, at int) string { return string(b[max(0, at-40):min(len(b), at+40)]) }

func TestStructuralTampering(t *testing.T) {
	key := newKey(t)
	cases := []struct {
		name   string
		seq    uint64
		change func(w *written)
	}{
		{"a body changed", 17, func(w *written) { w.bodies[16] = []byte("record 17 says 100.00") }},
		{"two records swapped", 20, func(w *written) {
			w.bodies[19], w.bodies[20] = w.bodies[20], w.bodies[19]
			w.hashes[19], w.hashes[20] = w.hashes[20], w.hashes[19]
		}},
		{"a record deleted", 9, func(w *written) {
			w.bodies = append(w.bodies[:8:8], w.bodies[9:]...)
			w.hashes = append(w.hashes[:8:8], w.hashes[9:]...)
		}},
		{"a record put in", 31, func(w *written) {
			w.bodies = append(w.bodies[:30:30], append([][]byte{[]byte("forged")}, w.bodies[30:]...)...)
			w.hashes = append(w.hashes[:30:30], append([]Hash{Chain(w.hashes[28], []byte("forged"))}, w.hashes[30:]...)...)
		}},
		{"the tail cut off, heads kept by a witness", 51, func(w *written) {
			w.bodies, w.hashes = w.bodies[:50], w.hashes[:50]
		}},
		{"the chain made anew from 23, old heads", 21, func(w *written) {
			w.bodies[22] = []byte("record 23 says 100.00")
			prev := w.hashes[21]
			for i := 22; i < len(w.bodies); i++ {
				prev = Chain(prev, w.bodies[i])
				w.hashes[i] = prev
			}
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := write(t, key, 60, 5)
			witness := []string{w.heads[60]}
			c.change(w)
			got := verdict(t, w.export(t), Trust{Keys: key.Verifiers(), Heads: witness})
			if got == nil || got.Seq != c.seq {
				t.Fatalf("verdict %v, want record %d", got, c.seq)
			}
		})
	}
}

// Promise A 14: somebody who holds the key can sign a new history, but not one
// that leads through the heads that others have seen.
func TestWitnessRefusesARewrittenChain(t *testing.T) {
	key := newKey(t)
	honest := write(t, key, 60, 5)
	forged := write(t, key, 60, 5)
	forged.bodies[40] = []byte("record 41 says 100.00")
	prev := forged.hashes[39]
	forged.tree.Cut(40)
	for i := 40; i < 60; i++ {
		prev = Chain(prev, forged.bodies[i])
		forged.hashes[i] = prev
		forged.tree.Add(prev)
		if _, ok := forged.heads[i+1]; ok {
			root, err := forged.tree.Root(uint64(i + 1))
			if err != nil {
				t.Fatal(err)
			}
			if forged.heads[i+1], err = (Head{Ledger: forged.id, Size: uint64(i + 1), Root: root, Chain: prev}).Sign(key); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := verdict(t, forged.export(t), Trust{Keys: key.Verifiers()}); got != nil {
		t.Fatalf("a chain signed anew is consistent in itself, yet: %v", got)
	}
	for size := range honest.heads {
		got := verdict(t, forged.export(t), Trust{Keys: key.Verifiers(), Heads: []string{honest.heads[size]}})
		if (got == nil) != (size <= 40) {
			t.Errorf("witness at %d: %v", size, got)
		}
	}
}

func TestTextsOfAnExport(t *testing.T) {
	key := newKey(t)
	for _, changed := range []bool{false, true} {
		var b bytes.Buffer
		e, err := NewExport(&b, Opening{Ledger: someLedger, Size: 1, Key: key.Public})
		if err != nil {
			t.Fatal(err)
		}
		body := []byte("body")
		h := Chain(Genesis(someLedger), body)
		var tree Tree
		tree.Add(h)
		root, err := tree.Root(1)
		if err != nil {
			t.Fatal(err)
		}
		head, err := Head{Ledger: someLedger, Size: 1, Root: root, Chain: h}.Sign(key)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(e.Record(1, h, body), e.Text([16]byte{9}, "焊缝有气孔"), e.Head(head), e.Close()); err != nil {
			t.Fatal(err)
		}
		export := b.Bytes()
		if changed {
			export = bytes.Replace(export, []byte("气孔"), []byte("裂纹"), 1)
		}
		if got := verdict(t, export, Trust{}); (got != nil) != changed || (got != nil && got.Seq != 1) {
			t.Errorf("changed %v: %v", changed, got)
		}
	}
}

func TestVerifyNeverPanics(t *testing.T) {
	for _, in := range []string{"", "\n", "{}", "null\n", `{"jiangtai":"ledger","format":1}`, "{\"seq\":1}\n"} {
		if _, err := Verify(strings.NewReader(in), Trust{}); err == nil {
			t.Errorf("%q verifies", in)
		}
	}
}
