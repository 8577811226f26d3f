package judgingweb

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/server/judging"
	"jiangtai/server/web"
)

const plainDelivery = `{"marks":[{"mark_id":"0191e0a4-7b1c-7d2e-8f30-0a1b2c3d4e5f","event":"0191e0a4-7b1c-7d2e-8f30-000000000001","chair":3,` +
	`"work":"A-017","aspect":"a1","attempt":1,"round":1,"kind":"mark","value":"87.25","version":1,` +
	`"supersedes":"0191e0a4-7b1c-7d2e-8f30-0a1b2c3d4e50","device_seq":12,"client_at":1764000000000},` +
	`{"mark_id":"0191e0a4-7b1c-7d2e-8f30-0a1b2c3d4e60","event":"0191e0a4-7b1c-7d2e-8f30-000000000001","chair":3,` +
	`"work":"A-018","aspect":"a1","value":"0","version":1,"supersedes":"","device_seq":13,"client_at":0,"text":"too short"}]}`

// strictly is the way of everything that is not plain.
func strictly(body []byte) ([]judging.MarkCommand, error) {
	var in delivery
	if err := web.DecodeBytes(body, &in); err != nil {
		return nil, err
	}
	out := make([]judging.MarkCommand, len(in.Marks))
	for i := range in.Marks {
		out[i] = in.Marks[i].command()
	}
	return out, nil
}

func TestPlainDeliveryIsRead(t *testing.T) {
	got, ok := readPlain([]byte(plainDelivery))
	if !ok || len(got) != 2 {
		t.Fatalf("%d marks, %v", len(got), ok)
	}
	want, err := strictly([]byte(plainDelivery))
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v\n%+v\n%+v", err, got, want)
	}
	// What the strict way refuses, or answers with a fault of one mark, is not read.
	for _, change := range [][2]string{
		{`"chair":3`, `"chair":65536`},
		{`"chair":3`, `"chair":03`},
		{`"chair":3`, `"chair":-3`},
		{`"chair":3`, `"chair":3.0`},
		{`"chair":3`, `"chair":null`},
		{`"chair":3`, `"chair":"3"`},
		{`"chair":3`, `"chair":3,"chair":3`},
		{`"chair":3`, `"Chair":3`},
		{`"round":1`, `"round":256`},
		{`"kind":"mark"`, `"kind":"gift"`},
		{`"work":"A-017"`, `"work":"A` + "\x00" + `"`},
		{`"work":"A-017"`, `"work":"A\u0030"`},
		{`"work":"A-017"`, `"work":"甲"`},
		{`"device_seq":12`, `"device_seq":4294967296`},
		{`"client_at":0`, `"client_at":9223372036855`},
		{`"mark_id":"0191`, `"mark_id":"019g`},
		{`"event":"0191e0a4-`, `"event":"0191e0a4_`},
		{`]}`, `]} `},
		{`]}`, `]}x`},
		{`]}`, `,]}`},
		{`]}`, ``},
		{`{"marks":[`, `{"marks":[[`},
		{`"value":"0",`, `"value":"0",,`},
	} {
		body := strings.Replace(plainDelivery, change[0], change[1], 1)
		if body == plainDelivery {
			t.Fatalf("%v changes nothing", change)
		}
		if _, ok := readPlain([]byte(body)); ok {
			t.Errorf("%v was read", change)
		}
	}
	many := `{"marks":[` + strings.Repeat(`{"mark_id":"0191e0a4-7b1c-7d2e-8f30-0a1b2c3d4e5f","event":"0191e0a4-7b1c-7d2e-8f30-000000000001"},`, judging.MaxMarks)
	if _, ok := readPlain([]byte(many + many[len(`{"marks":[`):len(many)-1] + `]}`)); ok {
		t.Error("more marks than a delivery may have were read")
	}
}

// TestPlainIsTheStrictWay: whatever is read the plain way is read the same by the
// strict one, also when the bytes are not what anybody meant.
func TestPlainIsTheStrictWay(t *testing.T) {
	var read int
	texts := rapid.SampledFrom([]string{"", "A-017", "a1", "12.5", "-1", `"`, `\`, "甲", "a b", "<>&", "\x7f", "1e3", "mark", "finish"})
	ids := rapid.SampledFrom([]string{
		"", "0191e0a4-7b1c-7d2e-8f30-0a1b2c3d4e5f", "0191E0A4-7B1C-7D2E-8F30-0A1B2C3D4E5F",
		"00000000-0000-0000-0000-000000000000", "0191e0a4-7b1c-7d2e-8f30-0a1b2c3d4e5", "x",
	})
	signs := rapid.SampledFrom([]byte("{}[],:\"\\ 0123456789aefnult-.\n\x00"))
	rapid.Check(t, func(t *rapid.T) {
		var d delivery
		for range rapid.IntRange(1, 3).Draw(t, "marks") {
			d.Marks = append(d.Marks, mark{
				MarkID: ids.Draw(t, "id"), Event: ids.Draw(t, "event"), Chair: rapid.Uint16().Draw(t, "chair"),
				Work: texts.Draw(t, "work"), Aspect: texts.Draw(t, "aspect"), Attempt: rapid.Uint8().Draw(t, "attempt"),
				Round: rapid.Uint8().Draw(t, "round"), Kind: rapid.SampledFrom([]string{"", "mark", "not_performed", "withdraw", "finish", "x"}).Draw(t, "kind"),
				Value: texts.Draw(t, "value"), Version: rapid.Uint16().Draw(t, "version"), Supersedes: ids.Draw(t, "supersedes"),
				DeviceSeq: rapid.Uint32().Draw(t, "seq"), ClientAt: rapid.Int64().Draw(t, "at"), Text: texts.Draw(t, "text"),
			})
		}
		body, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		if rapid.Bool().Draw(t, "plain") {
			body = []byte(plainDelivery)
		}
		for range rapid.IntRange(0, 2).Draw(t, "changes") {
			at := rapid.IntRange(0, len(body)-1).Draw(t, "place")
			body[at] = signs.Draw(t, "sign")
		}
		got, ok := readPlain(body)
		if !ok {
			return
		}
		read++
		want, err := strictly(body)
		if err != nil {
			t.Fatalf("%s: was read, and is refused: %v", body, err)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%s\n%+v\n%+v", body, got, want)
		}
	})
	if read == 0 {
		t.Error("nothing was read the plain way")
	}
}

func BenchmarkReadDelivery(b *testing.B) {
	for _, way := range []struct {
		name string
		read func([]byte) error
	}{
		{"plain", func(body []byte) error { _, _ = readPlain(body); return nil }},
		{"strict", func(body []byte) error { _, err := strictly(body); return err }},
	} {
		b.Run(way.name, func(b *testing.B) {
			body := []byte(plainDelivery)
			b.ReportAllocs()
			for range b.N {
				if err := way.read(body); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
