package evidence_test

import (
	"bytes"
	"encoding/hex"
	"slices"
	"strings"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/evidence"
	"jiangtai/server/evidence/evidencetest"
	"jiangtai/server/fault"
)

func newRig(t *testing.T) *evidencetest.Rig {
	t.Helper()
	m := evidencetest.NewMemory()
	return evidencetest.New(t, m, m)
}

// A hall's network loses the answer: the tablet sends the same photo again and is
// told of the first one.
func TestTheSamePhotoAgain(t *testing.T) {
	r := newRig(t)
	up := evidencetest.Upload(1, evidencetest.JPEG(t, 40, 30, 1))
	first, isNew, err := r.Give(t.Context(), evidencetest.Tablet, up)
	if err != nil || !isNew || first.Chair != 3 || first.Judge != "周敏" || first.Width != 40 || !first.ClientAt.Equal(up.ClientAt) {
		t.Fatalf("%v %v %+v", err, isNew, first)
	}
	again, isNew, err := r.Give(t.Context(), evidencetest.Tablet, up)
	if err != nil || isNew || again != first {
		t.Errorf("%v %v %+v", err, isNew, again)
	}
	if got := r.Acts(); !slices.Equal(got, []string{"evidence.kept a " + hex.EncodeToString(first.Sum[:])}) {
		t.Errorf("%v", got)
	}
	other := up
	other.Aspect = "b"
	for name, try := range map[string]func() error{
		"of another aspect": func() error { _, _, err := r.Give(t.Context(), evidencetest.Tablet, other); return err },
		"another picture": func() error {
			_, _, err := r.Give(t.Context(), evidencetest.Tablet, evidencetest.Upload(1, evidencetest.JPEG(t, 40, 30, 2)))
			return err
		},
		"from another chair": func() error { _, _, err := r.Give(t.Context(), evidencetest.Neighbour, up); return err },
	} {
		if err := try(); fault.Code(err) != "evidence.other_photo" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsNotTaken(t *testing.T) {
	r := newRig(t)
	good := evidencetest.JPEG(t, 20, 20, 1)
	foreign, digest := evidencetest.Upload(2, good), evidencetest.Upload(3, good)
	foreign.Work, digest.Sum = "999Z", [32]byte{1}
	heavy := append(slices.Clone(good), bytes.Repeat([]byte{0}, evidence.MaxFile)...)
	for name, c := range map[string]struct {
		as   contest.Actor
		up   evidence.Upload
		code string
	}{
		"an account":        {evidencetest.Chief, evidencetest.Upload(1, good), "judging.role"},
		"the public":        {contest.Actor{}, evidencetest.Upload(1, good), "judging.role"},
		"another's work":    {evidencetest.Tablet, foreign, "evidence.missing"},
		"another's digest":  {evidencetest.Tablet, digest, "evidence.digest"},
		"too heavy":         {evidencetest.Tablet, evidencetest.Upload(4, heavy), "evidence.too_large"},
		"a page, no JPEG":   {evidencetest.Tablet, evidencetest.Upload(5, []byte("<html>")), "evidence.not_jpeg"},
		"too many dots":     {evidencetest.Tablet, evidencetest.Upload(6, evidencetest.Claiming(good, 9000, 9000)), "evidence.too_many_dots"},
		"half of a picture": {evidencetest.Tablet, evidencetest.Upload(7, good[:len(good)/2]), "evidence.picture"},
	} {
		if _, _, err := r.Give(t.Context(), c.as, c.up); fault.Code(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	if list, err := r.List(t.Context(), evidencetest.Chief, evidencetest.Event); err != nil || len(list) != 0 || len(r.Acts()) != 0 {
		t.Errorf("%v: %d photos, %v", err, len(list), r.Acts())
	}
}

func TestNoMoreThanSoManyOfOneThing(t *testing.T) {
	r := newRig(t)
	file := evidencetest.JPEG(t, 8, 8, 1)
	for n := range byte(evidence.MaxPerCell) {
		if _, _, err := r.Give(t.Context(), evidencetest.Tablet, evidencetest.Upload(n+1, file)); err != nil {
			t.Fatal(err)
		}
	}
	next := evidencetest.Upload(100, file)
	if _, _, err := r.Give(t.Context(), evidencetest.Tablet, next); fault.Code(err) != "evidence.too_many" {
		t.Errorf("%v", err)
	}
	if _, isNew, err := r.Give(t.Context(), evidencetest.Tablet, evidencetest.Upload(1, file)); err != nil || isNew {
		t.Errorf("the first one again: %v", err)
	}
	next.Work = "023C"
	if _, _, err := r.Give(t.Context(), evidencetest.Tablet, next); err != nil {
		t.Errorf("of another work: %v", err)
	}
	if _, _, err := r.Give(t.Context(), evidencetest.Neighbour, evidencetest.Upload(101, file)); err != nil {
		t.Errorf("by another chair: %v", err)
	}
}

func TestWhoLooks(t *testing.T) {
	r := newRig(t)
	file := evidencetest.With(evidencetest.JPEG(t, 8, 8, 1), evidencetest.Segment(0xfe, "words"))
	if _, _, err := r.Give(t.Context(), evidencetest.Tablet, evidencetest.Upload(1, file)); err != nil {
		t.Fatal(err)
	}
	for _, a := range []contest.Actor{evidencetest.Chief, evidencetest.Supervisor} {
		list, err := r.List(t.Context(), a, evidencetest.Event)
		if err != nil || len(list) != 1 || list[0].Work != "417A" {
			t.Errorf("%s: %v %+v", a.Name, err, list)
		}
		p, got, err := r.File(t.Context(), a, evidencetest.Event, evidencetest.ID(1))
		if err != nil || p.Size != len(got) || strings.Contains(string(got), "words") {
			t.Errorf("%s: %v", a.Name, err)
		}
	}
	for _, a := range []contest.Actor{{}, evidencetest.Tablet, evidencetest.Organiser, evidencetest.Clerk, evidencetest.Stranger} {
		if _, err := r.List(t.Context(), a, evidencetest.Event); fault.Code(err) != "evidence.missing" {
			t.Errorf("%s: %v", a.Name, err)
		}
		if _, _, err := r.File(t.Context(), a, evidencetest.Event, evidencetest.ID(1)); fault.Code(err) != "evidence.missing" {
			t.Errorf("%s: %v", a.Name, err)
		}
	}
	if _, err := r.List(t.Context(), evidencetest.Chief, contest.ID{9}); fault.Code(err) != "evidence.missing" {
		t.Errorf("an event that is not there: %v", err)
	}
	if _, _, err := r.File(t.Context(), evidencetest.Chief, evidencetest.Event, evidencetest.ID(2)); fault.Code(err) != "evidence.missing" {
		t.Errorf("a photo that is not there: %v", err)
	}
}

// A tablet whose battery was empty believes in 1970, and hands turn clocks: such a
// time is not kept as one.
func TestTimesThatCannotBe(t *testing.T) {
	r := newRig(t)
	file := evidencetest.JPEG(t, 8, 8, 1)
	for n, at := range []time.Time{time.UnixMilli(0), time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC)} {
		up := evidencetest.Upload(byte(n+1), file)
		up.ClientAt = at
		p, _, err := r.Give(t.Context(), evidencetest.Tablet, up)
		if err != nil || !p.ClientAt.IsZero() || p.At.IsZero() {
			t.Errorf("%v: %v %v", at, err, p.ClientAt)
		}
	}
}
