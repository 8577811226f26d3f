package rehearsal

import (
	"strings"
	"testing"
)

func follower(topics ...string) *Follower {
	f := &Follower{boards: map[string]*Board{}, numbers: map[uint32]name{}, closes: map[int]int{}, changed: make(chan struct{})}
	for _, t := range topics {
		f.boards[t] = newBoard(t)
	}
	return f
}

// What a follower does not notice the tests of the whole program do not either.
func TestFollowerNoticesBrokenPromises(t *testing.T) {
	const start = `{"t":3,"topic":"a","epoch":1,"from":0,"to":5,"snapshot":true,"head":{"phase":"open","frozen":false},"rows":[{"k":"1","pos":1},{"k":"2","pos":2}]}`
	for _, c := range []struct {
		name, message, says string
	}{
		{"goes on", `{"t":3,"to":6,"rows":[{"k":"2","pos":1}],"gone":["1"],"head":{"frozen":true}}`, ""},
		{"goes on by more than one", `{"t":3,"from":5,"to":9,"rows":[]}`, ""},
		{"the number again", `{"topic":"a","epoch":1,"t":3}`, ""},
		{"a hole", `{"t":3,"to":7,"rows":[]}`, "at 1/5 came 1/6"},
		{"a longer hole", `{"t":3,"from":6,"to":9,"rows":[]}`, "at 1/5 came 1/6"},
		{"a repetition", `{"t":3,"to":5,"rows":[]}`, "at 1/5 came 1/4"},
		{"a number of another", `{"t":4,"to":6,"rows":[]}`, "number 4, which nobody named"},
		{"a number that another topic has", `{"topic":"b","epoch":1,"t":3}`, "nobody asked for"},
		{"a new epoch, whole", `{"topic":"a","epoch":2,"from":0,"to":1,"snapshot":true,"rows":[]}`, ""},
		{"a beat that agrees", `{"beat":1,"n":{"a":5}}`, ""},
		{"a beat that does not", `{"beat":1,"n":{"a":6}}`, "the heartbeat says 6"},
		{"a beat of another's topic", `{"beat":1,"n":{"b":6}}`, "the heartbeat says 6"},
		{"another's topic", `{"topic":"b","epoch":1,"from":0,"to":1,"snapshot":true}`, "nobody asked for"},
		{"an error", `{"error":{"code":"live.missing","topic":"a"}}`, "live.missing"},
		{"no JSON", `{`, "read a frame"},
	} {
		f := follower("a")
		if _, err := f.take([]byte(start)); err != nil {
			t.Fatal(err)
		}
		_, err := f.take([]byte(c.message))
		if (c.says == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", c.name, err, c.says)
		}
	}
}

// A number that a new name gives to another epoch continues nothing of the old one.
func TestFollowerNoticesAnotherEpoch(t *testing.T) {
	f := follower("a")
	for i, m := range []string{
		`{"t":3,"topic":"a","epoch":1,"from":0,"to":5,"snapshot":true,"rows":[]}`,
		`{"topic":"a","epoch":2,"t":3}`,
		`{"t":3,"to":6,"rows":[]}`,
	} {
		if _, err := f.take([]byte(m)); (err != nil) != (i == 2) {
			t.Errorf("%s: %v", m, err)
		}
	}
}

func TestBoardIsBuiltFromFrames(t *testing.T) {
	f := follower("a")
	for _, m := range []string{
		`{"t":3,"topic":"a","epoch":1,"from":0,"to":5,"snapshot":true,"head":{"phase":"open","frozen":false},"rows":[{"k":"1","pos":1},{"k":"2","pos":2},{"k":"3","pos":3}]}`,
		`{"t":3,"from":5,"to":7,"rows":[{"k":"3","pos":1,"total":"9.00"}],"gone":["1"],"head":{"frozen":true}}`,
	} {
		if _, err := f.take([]byte(m)); err != nil {
			t.Fatal(err)
		}
	}
	b := f.Board("a")
	list := b.List()
	if len(list) != 2 || list[0].K != "3" || list[0].Total != "9.00" || list[1].K != "2" || b.N != 7 {
		t.Errorf("%d %+v", b.N, list)
	}
	if b.Says("phase") != "open" || !b.Is("frozen") || b.Says("frozen") != "" {
		t.Errorf("%s", b.Head)
	}
	if _, err := ReadBoard([]byte(`{"topic":"a","epoch":1,"from":1,"to":2,"rows":[]}`)); err == nil {
		t.Error("a frame counts as a snapshot")
	}
}
