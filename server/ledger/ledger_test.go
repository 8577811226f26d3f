package ledger

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

var someLedger = ID{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}

func newKey(t testing.TB) *Key {
	t.Helper()
	k, _, err := NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// written is a ledger kept in memory by a test.
type written struct {
	id     ID
	key    *Key
	bodies [][]byte
	hashes []Hash
	heads  map[int]string
	tree   Tree
}

func write(t testing.TB, key *Key, n, commit int) *written {
	t.Helper()
	w := &written{id: someLedger, key: key, heads: map[int]string{}}
	prev := Genesis(w.id)
	for i := 1; i <= n; i++ {
		body := fmt.Appendf(nil, "record %d says %d.50", i, i*7%100)
		prev = Chain(prev, body)
		w.bodies, w.hashes = append(w.bodies, body), append(w.hashes, prev)
		w.tree.Add(prev)
		if i%commit == 0 || i == n {
			root, err := w.tree.Root(uint64(i))
			if err != nil {
				t.Fatal(err)
			}
			if w.heads[i], err = (Head{Ledger: w.id, Size: uint64(i), Root: root, Chain: prev}).Sign(key); err != nil {
				t.Fatal(err)
			}
		}
	}
	return w
}

func (w *written) export(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	e, err := NewExport(&b, Opening{Ledger: w.id, Size: uint64(len(w.bodies)), Key: w.key.Public})
	if err != nil {
		t.Fatal(err)
	}
	for i, body := range w.bodies {
		if err := e.Record(uint64(i+1), w.hashes[i], body); err != nil {
			t.Fatal(err)
		}
		if head, ok := w.heads[i+1]; ok {
			if err := e.Head(head); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// holdBrief holds a tree against one that knows its first records in brief: as a whole
// and after it was read again, grown on, cut and grown again.
func holdBrief(t *rapid.T, ours *Tree) {
	n := ours.Size()
	base := rapid.Uint64Range(0, n).Draw(t, "in brief")
	short := ours.Brief(base)
	other, ok := TreeOf(base, short.Peaks())
	if _, more := TreeOf(base, append(short.Peaks(), Hash{})); !ok || more || other.Base() != base {
		t.Fatalf("peaks of %d: %v, and with one more %v", base, ok, more)
	}
	again := short.Brief(rapid.Uint64Range(base, n).Draw(t, "briefer"))
	asked := rapid.Uint64Range(base, n).Draw(t, "asked of it")
	for seq := base + 1; seq <= n; seq++ {
		other.Add(ours.Chain(seq))
		if seq == asked {
			if _, err := other.Root(seq); err != nil {
				t.Fatal(err)
			}
			other.Add(Hash{1})
			if _, err := other.Root(seq + 1); err != nil {
				t.Fatal(err)
			}
			other.Cut(seq)
		}
	}
	for _, one := range []*Tree{&short, &other, &again} {
		holdTree(t, ours, one)
	}
}

// holdTree holds what a tree knows of all from its base on against another that knows
// everything.
func holdTree(t *rapid.T, ours, one *Tree) {
	for size := one.Base(); size <= ours.Size(); size++ {
		want, err := ours.Root(size)
		if got, ourErr := one.Root(size); err != nil || ourErr != nil || got != want {
			t.Fatalf("%d in brief: root of %d is %s %v, not %s %v", one.Base(), size, got, ourErr, want, err)
		}
	}
	size := rapid.Uint64Range(one.Base(), ours.Size()).Draw(t, "of size")
	for seq := one.Base() + 1; seq <= size; seq++ {
		want, err := ours.Path(seq, size)
		got, ourErr := one.Path(seq, size)
		if err != nil || ourErr != nil || !slices.Equal(got, want) || one.Chain(seq) != ours.Chain(seq) {
			t.Fatalf("%d in brief: path of %d in %d is %v %v, not %v %v", one.Base(), seq, size, got, ourErr, want, err)
		}
	}
	if _, err := one.Path(one.Base(), ours.Size()); err == nil {
		t.Fatalf("%d in brief: a path of the last of them", one.Base())
	}
	all := make([]int64, tlog.StoredHashCount(int64(ours.Size())))
	for i := range all {
		all[i] = int64(i)
		want, _ := ours.ReadHashes(all[i : i+1])
		if got, err := one.ReadHashes(all[i : i+1]); err == nil && got[0] != want[0] {
			t.Fatalf("%d in brief: stored hash %d", one.Base(), i)
		} else if err != nil && one.Base() == 0 {
			t.Fatal(err)
		}
	}
}

// store is what tlog stores itself.
type store []tlog.Hash

func (s store) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		out[i] = s[x]
	}
	return out, nil
}

func TestTreeIsTlog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 1200).Draw(t, "records")
		var ours Tree
		var theirs store // filled by tlog itself
		asked := rapid.IntRange(0, n).Draw(t, "asked")
		for i := range n {
			h := Chain(Hash{}, fmt.Appendf(nil, "%d", i))
			ours.Add(h)
			more, err := tlog.StoredHashes(int64(i), h[:], theirs)
			if err != nil {
				t.Fatal(err)
			}
			theirs = append(theirs, more...)
			if i == asked {
				if _, err := ours.Root(uint64(i)); err != nil {
					t.Fatal(err)
				}
			}
			if ours.Chain(uint64(i+1)) != h {
				t.Fatalf("record %d has another hash", i+1)
			}
		}
		all := make([]int64, len(theirs))
		for i := range all {
			all[i] = int64(i)
		}
		got, err := ours.ReadHashes(all)
		if err != nil {
			t.Fatal(err)
		}
		for i := range theirs {
			if got[i] != theirs[i] {
				t.Fatalf("stored hash %d differs from tlog's", i)
			}
		}
		if _, err := ours.ReadHashes([]int64{int64(len(theirs))}); err == nil {
			t.Fatal("a hash that is not there was given")
		}
		proves(t, &ours, theirs, n)
		holdBrief(t, &ours)
		cut := rapid.IntRange(0, n).Draw(t, "cut")
		before, err := ours.Root(uint64(cut))
		if err != nil {
			t.Fatal(err)
		}
		ours.Cut(uint64(cut))
		ours.Add(Hash{1})
		ours.Cut(uint64(cut))
		after, err := ours.Root(uint64(cut))
		if err != nil || before != after || ours.Size() != uint64(cut) {
			t.Fatalf("cut to %d: %v, root %s, was %s", cut, err, after, before)
		}
	})
}

// proves holds roots and paths against what tlog makes of its own hashes.
func proves(t *rapid.T, ours *Tree, theirs store, n int) {
	size := rapid.IntRange(0, n).Draw(t, "size")
	root, err := tlog.TreeHash(int64(size), theirs)
	if got, ourErr := ours.Root(uint64(size)); err != nil || ourErr != nil || got != Hash(root) {
		t.Fatalf("root of %d: %s %v, tlog %s %v", size, got, ourErr, Hash(root), err)
	}
	for seq := 1; seq <= size; seq++ {
		want, err := tlog.ProveRecord(int64(size), int64(seq-1), theirs)
		got, ourErr := ours.Path(uint64(seq), uint64(size))
		if err != nil || ourErr != nil || len(got) != len(want) {
			t.Fatalf("path of %d in %d: %v %v, tlog %v %v", seq, size, got, ourErr, want, err)
		}
		for i := range want {
			if got[i] != Hash(want[i]) {
				t.Fatalf("path of %d in %d differs at %d", seq, size, i)
			}
		}
	}
}

func TestReceiptProvesItself(t *testing.T) {
	key := newKey(t)
	w := write(t, key, 41, 6)
	for seq := uint64(1); seq <= 41; seq++ {
		size := min((seq+5)/6*6, 41)
		path, err := w.tree.Path(seq, size)
		if err != nil {
			t.Fatal(err)
		}
		r := Receipt{MarkID: [16]byte{byte(seq)}, Seq: seq, Hash: w.hashes[seq-1], At: 1_790_000_000_000_000_000 + int64(seq), Head: w.heads[int(size)], Path: path}
		b := r.AppendJSON(nil)
		var again Receipt
		if err := json.Unmarshal(b, &again); err != nil {
			t.Fatal(err)
		}
		if second := again.AppendJSON(nil); !bytes.Equal(b, second) {
			t.Fatalf("read and written again:\n%s\n%s", b, second)
		}
		if _, err := again.Verify(key.Verifiers()); err != nil {
			t.Fatalf("receipt %d: %v", seq, err)
		}
		bad := again
		bad.Hash[3] ^= 1
		if _, err := bad.Verify(key.Verifiers()); err == nil {
			t.Fatalf("receipt %d verifies with another hash", seq)
		}
		bad = again
		bad.Seq++
		if _, err := bad.Verify(key.Verifiers()); err == nil {
			t.Fatalf("receipt %d verifies at another place", seq)
		}
		if _, err := again.Verify(newKey(t).Verifiers()); err == nil {
			t.Fatalf("receipt %d verifies under a foreign key", seq)
		}
	}
}

func TestHeadHasOneSpelling(t *testing.T) {
	h := Head{Ledger: someLedger, Size: 12, Root: Hash{1}, Chain: Hash{2}}
	got, err := ParseHead(h.Text())
	if err != nil || got != h {
		t.Fatalf("read %+v, %v", got, err)
	}
	for _, text := range []string{
		"", "x", h.Text() + "\n", h.Text()[:len(h.Text())-1],
		"jiangtai/ledger/x\n12\n", "other/" + h.Text(),
		string(bytes.Replace([]byte(h.Text()), []byte("\n12\n"), []byte("\n012\n"), 1)),
		string(bytes.Replace([]byte(h.Text()), []byte("\n12\n"), []byte("\n-12\n"), 1)),
	} {
		if got, err := ParseHead(text); err == nil {
			t.Errorf("%q was read as %+v", text, got)
		}
	}
	key := newKey(t)
	first, err := h.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	second, err := h.Sign(key)
	if err != nil || first != second {
		t.Fatalf("the same head signs to other bytes: %v", err)
	}
}

func TestKeyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.key")
	made, err := KeyFile(path, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", info.Mode(), err)
	}
	opened, err := KeyFile(path, rand.Reader)
	if err != nil || opened.Public != made.Public {
		t.Fatalf("opened again: %v", err)
	}
	msg, err := note.Sign(&note.Note{Text: "hello\n"}, made)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := note.Open(msg, opened.Verifiers()); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := KeyFile(path, rand.Reader); err == nil {
		t.Fatal("a key that everybody can read was taken")
	}
	_, other, err := NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	_, mine, err := NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	mixed := mine[:bytes.IndexByte([]byte(mine), '\n')+1] + other[bytes.IndexByte([]byte(other), '\n')+1:]
	if _, err := ParseKey(mixed); err == nil {
		t.Fatal("two halves of two keys were taken for one")
	}
}

func TestTreeConsistency(t *testing.T) {
	w := write(t, newKey(t), 57, 10)
	for old := uint64(1); old <= 57; old++ {
		proof, err := tlog.ProveTree(57, int64(old), &w.tree)
		if err != nil {
			t.Fatal(err)
		}
		before, err := w.tree.Root(old)
		if err != nil {
			t.Fatal(err)
		}
		now, err := w.tree.Root(57)
		if err != nil {
			t.Fatal(err)
		}
		if err := tlog.CheckTree(proof, 57, tlog.Hash(now), int64(old), tlog.Hash(before)); err != nil {
			t.Fatalf("from %d: %v", old, err)
		}
	}
}

func BenchmarkCommitOfOne(b *testing.B) {
	key := newKey(b)
	var tree Tree
	prev := Genesis(someLedger)
	body := make([]byte, 150)
	b.ReportAllocs()
	for i := range b.N {
		prev = Chain(prev, body)
		tree.Add(prev)
		size := uint64(i + 1)
		root, err := tree.Root(size)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := (Head{Ledger: someLedger, Size: size, Root: root, Chain: prev}).Sign(key); err != nil {
			b.Fatal(err)
		}
		if _, err := tree.Path(size, size); err != nil {
			b.Fatal(err)
		}
	}
}

// A commit of eight tablets that hand over twenty marks each.
func BenchmarkReceiptsOfMany(b *testing.B) {
	const records = 160
	var tree Tree
	prev := Genesis(someLedger)
	b.ReportAllocs()
	for b.Loop() {
		from := tree.Size()
		for range records {
			prev = Chain(prev, prev[:])
			tree.Add(prev)
		}
		if _, err := tree.Root(tree.Size()); err != nil {
			b.Fatal(err)
		}
		for seq := from + 1; seq <= tree.Size(); seq++ {
			if _, err := tree.Path(seq, tree.Size()); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*records), "ns/record")
}

func TestTheTimeOfAReceipt(t *testing.T) {
	for _, at := range []int64{0, 1, -1, 999_999_999, 1_000_000_000, 951_782_400_000_000_000, 1_796_083_199_999_999_999, math.MaxInt64, math.MinInt64} {
		if got, want := string(appendTime(nil, at)), time.Unix(0, at).UTC().Format(receiptTime); got != want {
			t.Errorf("%d: %s, want %s", at, got, want)
		}
	}
}

func BenchmarkReceiptAsJSON(b *testing.B) {
	r := Receipt{Seq: 12_345, At: 1_796_083_199_999_999_999, Head: strings.Repeat("a line of a note that is signed\n", 8), Path: make([]Hash, 14)}
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = r.AppendJSON(buf[:0])
	}
}
