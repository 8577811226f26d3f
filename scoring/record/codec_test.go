package record_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring/record"
)

func drawID(t *rapid.T, label string) (id record.ID) {
	if rapid.Bool().Draw(t, label) {
		copy(id[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, label+" bytes"))
	}
	return id
}

func drawRecord(t *rapid.T) record.Record {
	r := record.Record{Seq: rapid.Uint64Range(0, 1<<63-1).Draw(t, "seq"), At: rapid.Int64().Draw(t, "at")}
	r.Kind, r.Of = record.Kind(rapid.Byte().Draw(t, "kind")), record.Kind(rapid.Byte().Draw(t, "of"))
	r.MarkID, r.Actor, r.Second = drawID(t, "mark"), drawID(t, "actor"), drawID(t, "second")
	r.Device, r.Supersedes = drawID(t, "device"), drawID(t, "supersedes")
	r.Chair, r.DeviceSeq = record.ChairID(rapid.Uint16().Draw(t, "chair")), rapid.Uint32().Draw(t, "device seq")
	r.ClientAt, r.Entry = rapid.Int64().Draw(t, "client"), record.EntryID(rapid.Uint32().Draw(t, "entry"))
	r.Aspect, r.Value = rapid.StringN(0, 40, 64).Draw(t, "aspect"), rapid.StringN(0, 200, 4096).Draw(t, "value")
	r.Attempt, r.Round, r.Version = rapid.Byte().Draw(t, "attempt"), rapid.Byte().Draw(t, "round"), rapid.Uint16().Draw(t, "version")
	if rapid.Bool().Draw(t, "text") {
		copy(r.TextHash[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "hash"))
	}
	return r
}

// TestRoundTrip: what is written is read, and has one spelling.
func TestRoundTrip(t *testing.T) {
	var reader record.Reader
	rapid.Check(t, func(t *rapid.T) {
		r := drawRecord(t)
		body := record.Append([]byte("before"), r)[len("before"):]
		back, err := record.Parse(body)
		if err != nil || back != r {
			t.Fatalf("%+v reads as %+v (%v)", r, back, err)
		}
		if !bytes.Equal(record.Append(nil, back), body) {
			t.Fatal("two spellings")
		}
		for range 2 {
			if back, err := reader.Parse(body); err != nil || back != r {
				t.Fatalf("a reader of many has %+v (%v)", back, err)
			}
		}
		other := drawRecord(t)
		if other != r && bytes.Equal(record.Append(nil, other), body) {
			t.Fatal("two records with one body")
		}
	})
}

// TestEveryBitCounts: a body with one bit turned is another record or none.
func TestEveryBitCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRecord(t)
		body := record.Append(nil, r)
		i := rapid.IntRange(0, len(body)*8-1).Draw(t, "bit")
		body[i/8] ^= 1 << (i % 8)
		if back, err := record.Parse(body); err == nil && back == r {
			t.Fatalf("bit %d of %x does not matter", i, body)
		}
	})
}

func TestParseRefuses(t *testing.T) {
	good := record.Append(nil, record.Record{
		Command: record.Command{Kind: record.Mark, MarkID: record.ID{1}, Actor: record.ID{2}, Entry: 3, Aspect: "a", Value: "7.5", Version: 1},
		Seq:     300, At: 5,
	})
	if _, err := record.Parse(good); err != nil {
		t.Fatal(err)
	}
	for n := range good {
		if _, err := record.Parse(good[:n]); !errors.Is(err, record.ErrCodec) {
			t.Errorf("read when cut at %d", n)
		}
	}
	change := func(at int, with ...byte) []byte {
		b := append([]byte(nil), good[:at]...)
		b = append(b, with...)
		return append(b, good[at+1:]...)
	}
	for name, body := range map[string][]byte{
		"nothing":              nil,
		"a byte more":          append(append([]byte(nil), good...), 0),
		"another version":      change(0, 2),
		"a longer seq":         change(4, good[4]|0x80, 0),
		"an unknown flag":      change(29, good[29]|0x20),
		"an actor that is not": append(append(append([]byte(nil), good[:30]...), make([]byte, 16)...), good[46:]...),
		"far too long":         append(append([]byte(nil), good...), make([]byte, 20000)...),
	} {
		if r, err := record.Parse(body); !errors.Is(err, record.ErrCodec) {
			t.Errorf("%s reads as %+v", name, r)
		}
	}
}

// TestBytesStand holds the form of stored records: a change of it would break
// every ledger.
func TestBytesStand(t *testing.T) {
	r := record.Record{
		Command: record.Command{
			Kind: record.Late, Of: record.Mark, MarkID: record.ID{15: 1}, Actor: record.ID{15: 2}, Device: record.ID{15: 3},
			Chair: 4, DeviceSeq: 5, ClientAt: -6, Entry: 7, Aspect: "a1", Attempt: 1, Round: 2, Value: "9.5", Version: 3,
			Supersedes: record.ID{15: 8}, TextHash: [32]byte{31: 9},
		},
		Seq: 200, At: 1000,
	}
	zeros := strings.Repeat("00", 15)
	want := "01" + "05" + "01" + "c801" + "00000000000003e8" + zeros + "01" + "1d" + zeros + "02" + zeros + "03" + zeros + "08" +
		strings.Repeat("00", 31) + "09" + "04" + "05" + "0b" + "07" + "02" + "6131" + "01" + "02" + "03" + "392e35" + "03"
	if got := hex.EncodeToString(record.Append(nil, r)); got != want {
		t.Fatalf("\n%s, stored records have\n%s", got, want)
	}
}

// TestKindsStand: the numbers are in stored records.
func TestKindsStand(t *testing.T) {
	want := map[record.Kind]byte{
		record.Mark: 1, record.NotPerformed: 2, record.Withdraw: 3, record.Finish: 4, record.Late: 5, record.Count: 6,
		record.Absent: 7, record.Adopt: 16, record.Seat: 17, record.Admit: 18, record.SetState: 19, record.Open: 20,
		record.Freeze: 21, record.Unfreeze: 22, record.Lock: 23, record.Reopen: 24, record.Unseal: 25, record.Publish: 26,
		record.SetRule: 27, record.Decide: 28, record.Belong: 29, record.Recuse: 30, record.Clock: 31, record.Sit: 32,
	}
	for k, n := range want {
		if byte(k) != n {
			t.Errorf("kind %d was %d", k, n)
		}
	}
	if len(want) != 24 {
		t.Error("a kind has two names")
	}
}

func FuzzParse(f *testing.F) {
	f.Add(record.Append(nil, record.Record{Command: record.Command{Kind: record.Mark, Value: "1"}, Seq: 1}))
	f.Add([]byte{1})
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := record.Parse(body)
		if err == nil && !bytes.Equal(record.Append(nil, r), body) {
			t.Fatalf("%x has a second spelling", body)
		}
	})
}
