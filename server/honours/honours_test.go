package honours_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"jiangtai/schemas"
	"jiangtai/server/honours"
	"jiangtai/server/honours/honourstest"
)

func files(t testing.TB) fs.FS {
	t.Helper()
	sub, err := fs.Sub(schemas.Honours, "honours")
	if err != nil {
		t.Fatal(err)
	}
	return sub
}

func TestScenes(t *testing.T) {
	for name, scene := range honourstest.Scenes {
		t.Run(name, func(t *testing.T) {
			m := honourstest.NewMemory()
			scene(honourstest.NewCity(t, honourstest.NewRig(t, m, m, files(t))))
		})
	}
}

func TestLoadRefusesWhatItDoesNotKnow(t *testing.T) {
	for name, text := range map[string]string{"rule-x.json": "{}", "rules-x.json": "{}", "campaign-x.json": "{", "calendar-x.json": "[]"} {
		if _, err := honours.Load(fstest.MapFS{name: {Data: []byte(text)}}); err == nil {
			t.Errorf("%s was read", name)
		}
	}
	if d, err := honours.Load(files(t)); err != nil || len(d.Profiles) < 3 || len(d.Sequences) < 5 || d.Calendar.Last() < 2026 {
		t.Errorf("%+v %v", d, err)
	}
}

func TestProposing(t *testing.T) {
	for name, scene := range honourstest.Proposing {
		t.Run(name, func(t *testing.T) {
			m := honourstest.NewMemory()
			scene(t, honourstest.NewRig(t, m, m, files(t)))
		})
	}
}
